"""Many tasks at once: what is chosen, shown, asked, tried and refused, in one command with one undo."""

import contextlib
from pathlib import Path

import pytest

from plantrack.cli.session import Session
from plantrack.services.context import ContextRequest, open_context
from plantrack.services.verbs.add import NewTask, add
from plantrack.services.verbs.update import update
from plantrack.services.writing.status_updates import TypedUpdate
from plantrack.store.sqlite.connection import connect
from tests.conftest import Hands, Run, dump
from tests.support.answers import answered, task
from tests.support.once import once
from tests.support.terminal import on_terminal

#: Every command that takes many tasks, with what else it must be given.
VERBS = {
    "update": ("-p", "30"),
    "start": (),
    "submit": (),
    "done": (),
    "pause": (),
    "resume": (),
    "drop": ("-m", "thôi"),
    "extend": ("-d", "30/11/2024", "-m", "chờ"),
    "edit": ("--priority", "high"),
    "assign": ("--to", "Ví Thị Lan"),
    "unassign": ("--to", "Ví Thị Hoa"),
    "remove": ("-m", "nhập trùng"),
}
CLOSING = ("done", "drop", "remove")


@pytest.fixture
def six(run: Run, workspace: Path) -> Run:
    """Tasks 1 to 6, with somebody in charge; 4 is done."""

    def work() -> None:
        for title in ("Một", "Hai", "Ba", "Bốn", "Năm", "Sáu"):
            run("add", f"Việc {title}", "--area", "3", "--to", "Ví Thị Hoa", "--due", "30/9/2024")
        run("done", "4")

    once(workspace, work)
    return run


@pytest.fixture
def many(run: Run, workspace: Path) -> Run:
    """Tasks 1 to 21."""

    def work() -> None:
        for n in range(21):
            run("add", f"Việc số {n}", "--area", "3")

    once(workspace, work)
    return run


@pytest.mark.no_cover
@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("chosen", [("2-4",), ("--where", 'area:3 "viec"')])
def test_each_command_changes_what_a_range_or_a_filter_finds(
    six: Run, verb: str, chosen: tuple[str, ...]
) -> None:
    ended = six(verb, *chosen, *VERBS[verb], "--yes")
    assert ended.code == 0, ended.err
    assert ended.out.split() == (["2", "3"] if chosen == ("2-4",) else ["1", "2", "3", "5", "6"])
    undone = six("undo")
    assert undone.code == 0, undone.err
    assert sorted(undone.out.split()) == sorted(ended.out.split()), "one command, one undo"


@pytest.mark.no_cover
@pytest.mark.parametrize("verb", VERBS)
def test_what_closes_is_asked_above_one_and_the_rest_above_twenty(
    six: Run, workspace: Path, verb: str
) -> None:
    before = dump(workspace / "plantrack.db")
    ended = six(verb, "1-3", *VERBS[verb])
    if verb in CLOSING:
        assert (ended.code, ended.out) == (4, "")
        assert "[many-tasks]" in ended.err
        assert "--yes --expect 3" in ended.err
        assert dump(workspace / "plantrack.db") == before
        assert six(verb, "1-1", *VERBS[verb]).code == 0
    else:
        assert ended.code == 0


def test_more_than_twenty_are_asked_about_whatever_the_command(many: Run, workspace: Path) -> None:
    before = dump(workspace / "plantrack.db")
    for chosen in (("1-21",), ("--where", "area:3"), ("5", "1-21")):
        assert ("[many-tasks]" in many("update", *chosen, "-n", "họp").err) is (chosen[0] != "5")
    assert dump(workspace / "plantrack.db") != before
    assert many("update", *map(str, range(1, 22)), "-n", "họp").code == 0, "typed out"
    assert many("update", "-s", "done", "--where", "area:3", "--expect", "21", "--yes").code == 0


def test_a_status_that_closes_is_asked_about_as_its_short_form(six: Run) -> None:
    assert "[many-tasks]" in six("update", "1-3", "-s", "hoan-thanh").err
    assert six("update", "1-3", "-s", "in_progress").code == 0


@pytest.mark.parametrize(
    ("args", "code", "exit_code"),
    [
        (("done", "1-3", "--expect", "2", "--yes"), "expect-differs", 4),
        (("done", "--where", "area:3", "--expect", "2", "--yes"), "expect-differs", 4),
        (("done", "--expect", "x", "1"), "bad-number", 2),
        (("done", "3-1"), "range-backwards", 2),
        (("done", "1-5000"), "range-too-large", 2),
        (("done", "4-4"), "range-empty", 3),
        (("done", "1", "7-9"), "range-empty", 3),
        (("done", "--where", "blocked"), "where-finds-nothing", 3),
        (("done", "--where", "  "), "filter-empty", 2),
        (("done", "--where="), "option-needs-value", 2),
        (("done", "--where", "area:3", "1"), "options-exclude", 2),
        (("done", "1", "--where", "area:3"), "options-exclude", 2),
        (("done", "viec ba"), "words-find-one", 4),
        (("done", "viec"), "words-find-several", 4),
        (("done", "viec bon"), "unknown-task", 3),
        (("done", "1", "viec ba"), "unknown-task", 3),
        (("done", "18-7-2024"), "unknown-task", 3),
        (("done", "2024-07"), "range-backwards", 2),
        (("done", "HN-4"), "unknown-task", 3),
        (("done",), "missing-argument", 2),
        (("done", "--yes"), "missing-argument", 2),
    ],
)
def test_what_cannot_be_meant_changes_nothing(
    six: Run, workspace: Path, args: tuple[str, ...], code: str, exit_code: int
) -> None:
    before = dump(workspace / "plantrack.db")
    ended = six(*args)
    assert (ended.code, ended.out) == (exit_code, "")
    assert f"[{code}]" in ended.err
    assert dump(workspace / "plantrack.db") == before


def test_what_a_range_left_out_is_listed(six: Run) -> None:
    ended = six("--lang", "en", "update", "3-9", "-n", "họp")
    assert ended.out.split() == ["3", "5", "6"]
    assert "leaves out closed tasks: 4." in ended.err
    assert "7-9" in ended.err


def test_words_are_answered_with_the_number_to_type(six: Run) -> None:
    assert "plantrack done 3" in six("done", "viec", "ba").err
    assert six("done", "viec", "ba", "--yes").out == "3\n"


@pytest.mark.no_cover
def test_a_trial_says_what_would_be_and_changes_nothing(six: Run, workspace: Path) -> None:
    before = dump(workspace / "plantrack.db")
    for verb, more in VERBS.items():
        ended = six("--lang", "en", verb, "1-3", *more, "--dry-run")
        assert (ended.code, ended.out.split()) == (0, ["1", "2", "3"])
        assert "nothing is recorded" in ended.err
        assert "plantrack undo" not in ended.err
    (tried,) = answered(six, "done", "1", "--dry-run")
    assert tried["status"] == "done"
    assert "[task-not-closed]" in six("reopen", "1", "-m", "x", "--dry-run").err, "refused as it would be"
    assert "[expect-differs]" in six("done", "1-3", "--expect", "7", "--dry-run").err
    assert dump(workspace / "plantrack.db") == before


def test_a_trial_of_what_is_so_already_says_that(six: Run) -> None:
    assert "plantrack undo" not in six("done", "4", "--dry-run").err


def test_adding_can_be_tried_and_the_number_is_given_again(six: Run) -> None:
    assert six("add", "Mới", "--area", "3", "--dry-run").out == "7\n"
    assert six("add", "Mới", "--area", "3").out == "7\n"


def test_work_is_handed_over_in_one_command(six: Run) -> None:
    ended = six("assign", "--where", 'to:"Ví Thị Hoa"', "--to", "Ví Thị Lan", "--instead")
    assert ended.out.split() == ["1", "2", "3", "5", "6"]
    assert task(six, "1")["in_charge"] == ["Ví Thị Lan"]
    assert task(six, "4")["in_charge"] == ["Ví Thị Hoa"], "what is done stays whose it was"


def test_no_lock_is_held_while_it_is_asked_and_what_was_shown_is_what_is_changed(
    six: Run, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def yes_later(session: Session, question: str) -> bool:
        asked.append(question)
        with contextlib.closing(connect(workspace / "plantrack.db")) as db:
            other = open_context(db, ContextRequest(author="Người khác"), session.clock)
            add(other, NewTask("Việc mới", area="3"))
            update(other, ["2"], TypedUpdate(percent="70"))
        return True

    monkeypatch.setattr("plantrack.cli.standard_input.can_ask", lambda: True)
    monkeypatch.setattr("plantrack.cli.standard_input.says_yes", yes_later)
    assert six("done", "--where", "area:3").out.split() == ["1", "2", "3", "5", "6"]
    assert len(asked) == 1
    assert "Việc mới" not in asked[0]
    assert task(six, "7")["status"] == "not_started"


# --- at a terminal ---


@pytest.fixture
def later(clock: Hands, six: Run) -> Run:
    """Six tasks, looked at after what the process on a terminal records, whose clock is the real one."""
    clock.set("2099-01-01")
    return six


def test_at_a_terminal_they_are_shown_and_asked_about(workspace: Path, later: Run) -> None:
    for answer, is_done in (("k\n", False), ("\n", False), ("\x04", False), ("có\n", True)):
        seen = on_terminal(workspace, "done", "1-3", typed=answer)
        assert "Việc Hai" in seen
        assert "[c/K]" in seen
        assert ("[declined]" in seen) is not is_done
        assert (task(later, "1")["status"] == "done") is is_done


def test_of_many_the_first_are_shown_and_the_rest_counted(workspace: Path, many: Run) -> None:
    seen = on_terminal(workspace, "--lang", "en", "update", "--where", "area:3", "-p", "5", typed="n\n")
    assert "Việc số 9" in seen
    assert "Việc số 10" not in seen
    assert "11 more tasks" in seen
    assert "these 21 tasks" in seen
    assert many("show", "1", "--format", "json").out.count('"percent": 5') == 0


def test_words_are_taken_after_a_yes_that_shows_the_task(workspace: Path, later: Run) -> None:
    seen = on_terminal(workspace, "update", "viec", "ba", "-p", "50", typed="c\n")
    assert "Việc Ba" in seen.partition("[c/K]")[0]
    assert task(later, "3")["percent"] == 50
    on_terminal(workspace, "update", "viec", "hai", "-p", "50", typed="k\n")
    assert task(later, "2")["percent"] is None


def test_nothing_is_asked_of_what_was_typed_out_nor_where_yes_was_said(workspace: Path, later: Run) -> None:
    assert "[c/K]" not in on_terminal(workspace, "done", "1", "2")
    assert "[c/K]" not in on_terminal(workspace, "done", "3-6", "-y")
    assert [task(later, n)["status"] for n in "12356"] == ["done"] * 5
