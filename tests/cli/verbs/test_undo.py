"""`undo` as it is typed: what it takes back, what it says, and how it is tried."""

import json
from pathlib import Path

from tests.conftest import Run, dump
from tests.support.answers import answered, task


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


def test_undo_can_be_tried_first(run: Run) -> None:
    run("add", "Họp", "--area", "3")
    run("update", "1", "-p", "40")
    assert "c3" in run("undo", "--dry-run").err
    assert json.loads(run("show", "1", "--format", "json").out)["data"][0]["percent"] == 40
    assert run("undo").out == "1\n"
    assert json.loads(run("show", "1", "--format", "json").out)["data"][0]["percent"] is None


def test_a_whole_command_is_taken_back_by_its_name(two: Run) -> None:
    two("update", "1", "2", "-p", "40")
    two("update", "1", "-r", "đã họp")
    ended = two("--lang", "en", "undo", "c4")
    assert sorted(ended.out.split()) == ["1", "2"]
    assert [task(two, label)["percent"] for label in "12"] == [None, None]
    assert "command c4" in ended.err


def test_it_is_said_what_was_taken_back_of_whom_and_when(two: Run) -> None:
    two("update", "1", "-p", "40", "--author", "Lê Văn A")
    ended = two("undo", "c4", "--author", "Trần B")
    assert "c4" in ended.err
    assert "Lê Văn A" in ended.err
    assert "09:00 ngày 01/08/2024" in ended.err


def test_a_trial_shows_what_would_be_taken_back_as_the_log_does(two: Run, workspace: Path) -> None:
    two("update", "1", "-p", "40")
    before = dump(workspace / "plantrack.db")
    (change,) = [entry for entry in answered(two, "undo", "c4", "--dry-run") if entry["field"] == "percent"]
    assert (change["task"], change["old"], change["new"]) == ("1", None, "40")
    assert dump(workspace / "plantrack.db") == before


def test_an_undo_is_undone(two: Run) -> None:
    two("update", "1", "-p", "40")
    two("undo")
    assert two("undo", "c5").code == 0
    assert task(two, "1")["percent"] == 40
