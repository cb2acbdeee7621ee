"""One run of the program: where, who, in which language, in which form, how wide."""

from pathlib import Path

import pytest

from plantrack.render.layout.text_width import cell_width
from tests.conftest import Run
from tests.support.processes import shell
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


def test_the_language_is_asked_for_else_the_plan_s(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("progress").out.startswith("Tiến độ")
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    assert run("progress").out.startswith("Tiến độ"), "the plan's, whatever the locale"
    assert "Usage" in run("list", "--help").out, "help opens no database"
    monkeypatch.setenv("PLANTRACK_LANG", "vi")
    assert "Cách dùng" in run("list", "--help").out
    assert run("--lang", "en", "progress").out.startswith("Progress")


def test_a_workspace_is_found_from_a_folder_inside_it(run: Run, workspace: Path) -> None:
    inside = workspace / "a" / "b"
    inside.mkdir(parents=True)
    assert run("-C", str(inside), "list").code == 0


def test_no_workspace(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    ended = run("list")
    assert ended.code == 3
    assert "plantrack init" in ended.err


@pytest.mark.parametrize(
    "args",
    [
        ["list"], ["progress"], ["add", "x", "--area", "3"], ["weekly", "--format", "json"],
        ["report", "--format", "csv"], ["weekly", "--output", "a.xlsx"], ["weekly", "--format", "ics"], ["help"],
    ],
)  # fmt: skip
def test_two_languages_elsewhere_are_refused(args: list[str], run: Run) -> None:
    ended = run(*args, "--lang", "vi,en")
    assert ended.code == 2
    assert "one-language" in ended.err


@pytest.mark.parametrize("lang", ["vi,fr", "vi,", ",", "vien"])
def test_a_language_that_there_is_not_is_refused(lang: str, run: Run) -> None:
    ended = run("weekly", "--lang", lang)
    assert ended.code == 2
    assert "unknown-language" in ended.err


@pytest.mark.parametrize("verb", ["list", "plan check", "weekly"])
@pytest.mark.parametrize("file", ["plantrack.db", "plans/kh-468-2024.yaml", "plans/../plantrack.db", "link"])
def test_no_answer_is_written_over_what_it_is_made_from(workspace: Path, verb: str, file: str) -> None:
    (workspace / "link").symlink_to("plantrack.db")
    own = [workspace / "plantrack.db", workspace / "plans/kh-468-2024.yaml"]
    before = [part.read_bytes() for part in own]
    done = shell(f"$P {verb} --format json --output {file}", workspace)
    assert (done.returncode, "[output-is-source]" in done.stderr) == (2, True), done.stderr
    assert [part.read_bytes() for part in own] == before
