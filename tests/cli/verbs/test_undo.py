"""`undo` as it is typed: what it takes back, what it says, and how it is tried."""

import json

from tests.conftest import Run


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
