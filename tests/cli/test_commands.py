"""The wiring of commands: streams, answers, files, languages, the workspace they work in."""

import json
import os
from pathlib import Path

import pytest

from plantrack.cli.commands import COMMANDS
from plantrack.cli.typer_adapter import load, params_of
from tests.conftest import Run


def test_a_command_that_writes_answers_with_labels_alone(run: Run) -> None:
    added = run("add", "Họp", "rà", "soát", "--area", "3")
    assert added.out == "1\n"
    assert "Họp rà soát" in added.err
    assert run("add", "--from-plan").out.split() == [str(n) for n in range(2, 14)]


def test_quiet_says_nothing_but_the_answer(run: Run) -> None:
    assert run("--quiet", "add", "Họp", "--area", "3") == (0, "1\n", "")


@pytest.mark.parametrize("path", COMMANDS)
def test_quiet_is_short_for_every_command(path: str) -> None:
    quiet = next(option for option in params_of(load(path).params).options if option.name == "quiet")
    assert quiet.names == ["-q", "--quiet"]


@pytest.mark.parametrize("args", [("-q", "list", "qua", "han"), ("list", "qua", "han", "-q"), ("list", "-q", "nd3"),
                                  ("plan", "-q", "check"), ("add", "Họp", "--area", "3", "-q")])  # fmt: skip
def test_quiet_is_short_before_and_after_the_command(run: Run, args: tuple[str, ...]) -> None:
    ended = run(*args)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out != ""
    assert run("update", "1", "--note", "-q").code == 2


def test_an_answer_in_json_has_the_tasks(run: Run) -> None:
    told = json.loads(run("add", "Họp", "--area", "3", "--format", "json").out)
    assert (told["command"], told["plan"], told["error"]) == ("add", "kh-468-2024", None)
    assert [t["label"] for t in told["data"]] == ["1"]


def test_globals_stand_before_or_after_the_command(run: Run) -> None:
    run("add", "Họp", "--area", "3")
    assert run("--lang", "en", "list").out == run("list", "--lang", "en").out != run("list").out


def test_the_language_is_asked_for_else_the_plan_s(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("progress").out.startswith("Tiến độ")
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    assert run("progress").out.startswith("Tiến độ"), "the plan's, whatever the locale"
    assert "Usage" in run("list", "--help").out, "help opens no database"
    monkeypatch.setenv("PLANTRACK_LANG", "vi")
    assert "Cách dùng" in run("list", "--help").out
    assert run("--lang", "en", "progress").out.startswith("Progress")


def test_ids_are_apart_by_spaces_or_commas(run: Run) -> None:
    for _ in range(3):
        run("add", "Họp", "--area", "3")
    assert run("update", "1,2", "3", "-p", "5").out.split() == ["1", "2", "3"]


def test_an_update_of_many_is_one_command_or_none(run: Run) -> None:
    run("add", "Họp", "--area", "3")
    assert run("update", "1", "99", "-p", "5").code == 3
    assert json.loads(run("show", "1", "--format", "json").out)["data"][0]["percent"] is None


def test_output_goes_whole_into_a_file_named_by_its_ending(run: Run, workspace: Path) -> None:
    for name, start in (("a.json", "{"), ("a.md", "# "), ("a.txt", "Tiến độ")):
        ended = run("progress", "--output", name)
        assert (ended.code, ended.out) == (0, "")
        assert (workspace / name).read_text("utf-8").startswith(start)
    assert run("weekly", "--week", "2024-W29", "--output", "w-{period}.md").code == 0
    assert (workspace / "w-2024-W29.md").is_file()


def test_a_file_that_cannot_be_written_stays_as_it_was(run: Run, workspace: Path) -> None:
    (workspace / "d.md").mkdir()
    ended = run("progress", "--output", "d.md")
    assert ended.code == 7
    assert "[output-failed]" in ended.err
    assert os.listdir(workspace / "d.md") == []
    assert not [p for p in workspace.iterdir() if p.name.startswith(".d.md")]


def test_a_workspace_is_found_from_a_folder_inside_it(run: Run, workspace: Path) -> None:
    inside = workspace / "a" / "b"
    inside.mkdir(parents=True)
    assert run("-C", str(inside), "list").code == 0


def test_an_unchanged_plan_is_said_to_be(run: Run) -> None:
    applied = run("plan", "apply", "--format", "json")
    assert applied.code == 0
    (plan,) = json.loads(applied.out)["data"]
    assert (plan["plan"], plan["revision"], plan["changed"]) == ("kh-468-2024", 1, False)


def test_a_plan_with_mistakes_is_not_applied_and_all_of_them_are_told(run: Run, workspace: Path) -> None:
    file = workspace / "plans" / "kh-468-2024.yaml"
    file.write_text(
        file.read_text("utf-8").replace("purpose:", "purpos:").replace('"2024-03-21"', "2024-03-21")
    )
    checked = run("plan", "check")
    assert checked.code == 5
    assert checked.out.count("lỗi[") == 2
    applied = run("plan", "apply")
    assert (applied.code, applied.out) == (5, "")
    assert applied.err.count("lỗi[") == 2
    in_json = run("plan", "apply", "--format", "json")
    assert sum(p["severity"] == "error" for p in json.loads(in_json.out)["problems"]) == 2


def test_undo_can_be_tried_first(run: Run) -> None:
    run("add", "Họp", "--area", "3")
    run("update", "1", "-p", "40")
    assert "c3" in run("undo", "--dry-run").err
    assert json.loads(run("show", "1", "--format", "json").out)["data"][0]["percent"] == 40
    assert run("undo").out == "1\n"
    assert json.loads(run("show", "1", "--format", "json").out)["data"][0]["percent"] is None


def test_the_same_report_twice_is_the_same_bytes(run: Run) -> None:
    run("add", "--from-plan")
    run("update", "3", "-p", "40", "-r", "đã họp", "-o", "18/7/2024")
    for form in ("plain", "table", "md", "json"):
        args = ["weekly", "--week", "2024-W29", "--format", form]
        assert run(*args).out == run(*args).out


def test_alone_the_program_gives_an_overview(run: Run) -> None:
    ended = run()
    assert (ended.code, ended.err) == (0, "")
    assert "plantrack init" in ended.out


def test_the_demonstration_names_no_command_that_would_ask_another_workspace(run: Run) -> None:
    made = run("demo", "vi-du")
    assert made.code == 0
    assert "plantrack list" not in made.out
    assert "plantrack list qua-han" in run("-C", "vi-du", "progress", "--as-of", "2024-07-21").out
    assert made.err.count(" -C vi-du ") == 2
