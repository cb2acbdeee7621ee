"""What is said on stderr: broken at words on a terminal, never too much of it, and nothing that a terminal obeys."""

from pathlib import Path

import pytest

from plantrack.cli.commands import COMMANDS
from plantrack.cli.synonyms import SYNONYMS, meant
from plantrack.i18n.words import Words
from plantrack.render.layout.text_width import cell_width, wrapped
from tests.conftest import Run
from tests.support.terminal import on_terminal

LONG = "Việc có tên rất dài để xem lời đáp được ngắt dòng theo từ trên một màn hình hẹp"


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    "args",
    [
        ["add", LONG, "--area", "3", "--due", "5/1/2024"],
        ["add", LONG, "--area", "9"],
        ["list", "--areo"],
        ["finish"],
    ],
)
def test_talk_is_broken_at_words_on_a_terminal(workspace: Path, args: list[str], language: str) -> None:
    wide = on_terminal(workspace, "--lang", language, *args, "--width", "1000")
    narrow = on_terminal(workspace, "--lang", language, *args, "--width", "50")
    lines = narrow.replace("\r", "").split("\n")
    assert max(map(cell_width, lines)) <= 50
    assert len(lines) > len(wide.split("\n"))
    if args[0] != "add" or "9" in args:  # the same again adds another task
        assert narrow.split() == wide.split()


def test_talk_in_a_pipe_is_whole(run: Run) -> None:
    assert LONG in run("add", LONG, "--area", "3", "--width", "40").err


def test_a_line_is_broken_at_its_spaces_only() -> None:
    assert wrapped("  12  ND3  ba bốn năm", 12) == "  12  ND3\n  ba bốn năm"
    assert wrapped("plantrack-không-ngắt x", 5) == "plantrack-không-ngắt\nx"
    assert wrapped("vừa", 80) == "vừa"
    assert wrapped("", 80) == ""


def test_a_terminal_is_told_in_words_and_gets_no_labels(workspace: Path, run: Run) -> None:
    seen = on_terminal(workspace, "add", "Họp", "--area", "3").replace("\r", "")
    assert "1  ND3  Họp" in seen
    assert "1" not in seen.split("\n"), seen
    assert on_terminal(workspace, "--quiet", "update", "1", "-p", "5") == ""
    assert '"label": "1"' in on_terminal(workspace, "update", "1", "-p", "6", "--format", "json")
    assert run("add", "Hội thảo", "--area", "4").out == "2\n"


def test_of_many_remarks_three_are_told_and_the_rest_is_counted(run: Run) -> None:
    for n in range(5):
        run("add", f"Việc {'abcde'[n]}", "--area", "3")
    run("update", "1", "2", "3", "4", "5", "-p", "60")
    told = run("--lang", "en", "update", "1", "2", "3", "4", "5", "-p", "20", "-o", "1/8/2024").err
    assert told.count("goes back from 60% to 20%") == 3
    assert "2 more remarks of this kind." in told
    assert "more remark" not in run("--lang", "en", "update", "1", "2", "3", "-p", "10").err


def test_of_many_notes_of_one_kind_three_are_told_and_the_rest_is_counted(run: Run) -> None:
    for n in range(5):
        run("add", f"Việc {'abcde'[n]}", "--area", "3")
    run("done", "1", "2", "3", "4")
    again = run("--lang", "en", "done", "1", "2", "3", "4").err
    assert again.count("there was nothing new to record") == 3
    assert "1 more remark of this kind." in again


def test_the_reply_counts_the_tasks_that_were_changed(run: Run) -> None:
    for title in ("Một", "Hai", "Ba"):
        run("add", title, "--area", "3")
    run("done", "1", "2")
    ended = run("--lang", "en", "done", "1", "2", "3")
    assert ended.out == "1\n2\n3\n", "a script gets the tasks that it named"
    assert "Updated 1 task: 3 (" in ended.err
    assert "  1  ND3" not in ended.err
    run("assign", "1", "2", "--lead", "ubdt")
    ended = run("--lang", "en", "assign", "1", "2", "3", "--lead", "ubdt")
    assert "1 task: 3 (" in ended.err
    assert "tasks: 1, 2, 3 (" in run("--lang", "en", "assign", "1", "2", "3", "--with", "hlhpn").err


def test_an_undo_that_leaves_no_task_tells_of_none(run: Run) -> None:
    run("add", "Một", "--area", "3")
    ended = run("--lang", "en", "undo")
    assert "0 tasks" not in ended.err
    assert "plantrack undo c3" in ended.err
    assert "1" in ended.err.splitlines()[-1], "the task that counts no more"


def test_an_undo_behind_later_commands_does_not_say_that_the_task_is_as_before(run: Run) -> None:
    run("add", "Một", "--area", "3")
    run("update", "1", "-p", "20")
    run("update", "1", "-p", "40")
    ended = run("--lang", "en", "undo", "c3")
    assert "back as" not in ended.err
    assert "The undo is recorded for 1 task (command c5;" in ended.err


def test_names_of_files_are_shown_as_in_errors(run: Run, workspace: Path) -> None:
    name = "a\x1b[31m\nb.md"
    ended = run("progress", "--output", name)
    assert ended.code == 0
    assert "a\\x1b[31m\\nb.md" in ended.err
    assert len(ended.err.splitlines()) == 1
    folder = workspace.parent / "c\x1b[2Jd"
    ended = run("init", str(folder))
    assert ended.code == 0
    assert "\x1b" not in ended.err
    for args in (
        ["demo", "d\x1be"],
        ["plan", "new", "e\x1bf.yaml", "--from", "kh-468-2024", "--year", "2025"],
    ):
        ended = run("-C", str(folder), *args)
        assert ended.code == 0
        assert "\x1b" not in ended.err


# Words for commands.


def test_synonyms_lead_to_commands_and_are_none() -> None:
    for word, command in SYNONYMS.items():
        assert word not in COMMANDS
        assert command in COMMANDS or command == "help plan-file"
        assert meant(word.split()) == (word, (command,))


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("close 3", "done"), ("finish 3", "done"), ("finished 3", "done"), ("Hoàn thành 3", "done"),
        ("hoan tat 3", "done"), ("comment 3", "update"), ("note 3", "update"), ("tien do", "progress"),
        ("báo cáo", "report"), ("xem 3", "show"), ("tìm họp", "list"), ("search họp", "list"),
        ("delete 3", "remove"), ("rm 3", "remove"), ("apply", "plan apply"), ("plan aply", "plan apply"),
        ("lisst", "list"),
    ],
)  # fmt: skip
def test_a_word_for_a_command_leads_to_it(run: Run, typed: str, command: str) -> None:
    for language in ("vi", "en"):
        ended = run("--lang", language, *typed.split())
        assert ended.code == 2
        assert Words(language)("hint.near.unknown-verb", near=command) in ended.err


@pytest.mark.parametrize("typed", ["xyz", "zzzz", "q"])
def test_what_is_near_to_nothing_is_offered_nothing(run: Run, typed: str) -> None:
    assert Words("vi")("hint.near.unknown-verb", near="").split("`")[0] not in run(typed).err


def test_the_manual_knows_them_too(run: Run) -> None:
    assert "done" in run("help", "hoàn", "thành").err
