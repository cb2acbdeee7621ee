"""`undo` as it is typed: what it takes back, what it says, and how it is tried."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from tests.conftest import Hands, Run, dump
from tests.support.answers import answered, task
from tests.support.terminal import on_terminal


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
    ended = two("undo", "c4", "--author", "Trần B", "--yes")
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


# --- what is asked about first ---


@pytest.fixture
def of_another(two: Run) -> Run:
    """Tasks 1 and 2, and c4 of somebody else."""
    two("update", "1", "2", "-p", "40", "--author", "Lê Văn A")
    return two


def test_a_command_of_somebody_else_is_not_taken_back_unasked(of_another: Run, workspace: Path) -> None:
    before = dump(workspace / "plantrack.db")
    ended = of_another("undo", "c4")
    assert (ended.code, ended.out) == (4, "")
    assert "[undo-of-other]" in ended.err
    assert "Lê Văn A" in ended.err
    assert dump(workspace / "plantrack.db") == before
    assert sorted(of_another("undo", "c4", "--yes").out.split()) == ["1", "2"]


def test_ones_own_is_taken_back_by_its_name_however_old_and_letter_case_is_no_other(
    two: Run, clock: Hands
) -> None:
    two("update", "1", "-p", "40", "--author", "người THỬ")
    clock.set("2024-09-01")
    assert two("undo", "c4").code == 0


def test_a_bare_undo_is_of_the_last_ten_minutes(two: Run, workspace: Path, clock: Hands) -> None:
    two("update", "1", "-p", "40")
    clock.now += timedelta(minutes=10)
    assert two("undo", "--dry-run").code == 0
    before = dump(workspace / "plantrack.db")
    clock.now += timedelta(seconds=1)
    ended = two("undo")
    assert (ended.code, ended.out) == (4, "")
    assert "[undo-old]" in ended.err
    assert "plantrack undo c4" in ended.err
    assert dump(workspace / "plantrack.db") == before
    assert two("undo", "-y").out == "1\n"


def test_a_bare_undo_after_ten_minutes_is_not_asked(two: Run, clock: Hands) -> None:
    two("update", "1", "-p", "40")
    clock.now += timedelta(minutes=10)
    assert two("undo").code == 0


def test_what_cannot_be_taken_back_is_refused_before_it_is_asked_about(of_another: Run) -> None:
    of_another("undo", "c4", "--yes")
    assert "[already-withdrawn]" in of_another("undo", "c4").err
    assert "[undo-plan]" in of_another("undo", "c1", "--author", "Trần B").err


def test_at_a_terminal_it_is_shown_and_asked_about(of_another: Run, workspace: Path) -> None:
    for answer in ("k\n", "\x04"):
        seen = on_terminal(workspace, "undo", "c4", typed=answer)
        asked = seen.partition("[c/K]")[0]
        assert "Lê Văn A" in asked
        assert "Hai" in asked
        assert "[declined]" in seen
    assert task(of_another, "1")["percent"] == 40
    assert "Đã hoàn tác lệnh c4" in on_terminal(workspace, "undo", "c4", typed="c\n")
    old = on_terminal(workspace, "--lang", "en", "undo", typed="y\n")
    assert "Take back command c3" in old, "one's own last, of long ago"
    assert "[y/N]" not in on_terminal(workspace, "--lang", "en", "undo", "c2"), "one's own, named"
