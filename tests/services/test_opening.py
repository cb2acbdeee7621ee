"""What holds from the opening of a task, wherever that moves; and that no fact stands before it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from plantrack.services.context import Desk
from plantrack.services.verbs.add import add_from_plan
from plantrack.services.verbs.assign import Roles, assign, unassign
from plantrack.services.verbs.edit import Corrections, edit, extend
from plantrack.services.verbs.log import log
from plantrack.services.verbs.undo import undo
from plantrack.services.verbs.update import Report, update
from plantrack.store.connection import SQLite
from tests.services import next_plan
from tests.services.helpers import (
    Sit,
    applied,
    held,
    notes,
    opened,
    refused,
    said,
    stood,
    summed,
    with_activity_lines,
)

#: Monday; "last Thursday" of it is 11/7.
OPENED = "2024-07-15"


@pytest.fixture
def task(desk_on: Sit) -> str:
    """Open a task on Monday 15/7/2024, which UBDT leads and somebody is in charge of."""
    return opened(desk_on, OPENED, lead=("ubdt",), in_charge=("An",))


# --- a role given with the opening ---


def test_a_role_holds_from_the_opening_that_an_update_moves_back(desk_on: Sit, task: str) -> None:
    said(desk_on, OPENED, task, result="đã họp", on="11/7")
    then = stood(desk_on, task, as_of="2024-07-11")
    assert (then.opened_on, then.lead, then.in_charge) == ("2024-07-11", ("ubdt",), ("An",))


def test_the_weekly_summary_accuses_nobody_of_silence_for_it(desk_on: Sit, task: str) -> None:
    said(desk_on, OPENED, task, result="đã họp", on="11/7")
    week = summed(desk_on, on=OPENED)
    assert [(i.task.label, i.task.lead) for i in week.results] == [(task, ("ubdt",))]
    assert week.silent_organisations == ()


@pytest.mark.parametrize("day", ["2024-07-01", "2024-07-16"])
def test_a_role_holds_from_a_corrected_opening(desk_on: Sit, task: str, day: str) -> None:
    edit(desk_on("2024-07-18"), [task], Corrections(opened=day))
    assert stood(desk_on, task, as_of=day).lead == ("ubdt",)


def test_a_role_holds_from_the_opening_that_an_undo_gives_back(desk_on: Sit, task: str) -> None:
    edit(desk_on("2024-07-16"), [task], Corrections(opened="2024-07-16"))
    undo(desk_on("2024-07-17"), None)
    assert stood(desk_on, task, as_of=OPENED).lead == ("ubdt",)


def test_a_role_that_follows_the_plan_holds_from_a_moved_opening(desk_on: Sit, workspace: Path) -> None:
    applied(desk_on, "2024-03-26", workspace, with_activity_lines("ND3.1", 'lead: ["ubdt"]'))
    one = opened(desk_on, OPENED, activity="3.1")
    add_from_plan(desk_on("2024-07-16"))
    for label in (one, "2"):
        day = "2024-03-01"
        edit(desk_on("2024-07-18"), [label], Corrections(opened=day))
        assert stood(desk_on, label, as_of=day).lead == stood(desk_on, label).lead


def test_a_role_that_is_followed_later_is_a_correction_and_holds_so_too(
    desk_on: Sit, workspace: Path
) -> None:
    applied(desk_on, "2024-03-26", workspace, with_activity_lines("ND3.1", 'lead: ["ubdt"]'))
    task = opened(desk_on, OPENED, activity="3.1", lead=("hlhpn",))
    edit(desk_on("2024-07-16"), [task], Corrections(follow=("lead",)))
    said(desk_on, "2024-07-17", task, result="x", on="11/7")
    assert stood(desk_on, task, as_of="2024-07-11").lead == ("ubdt",)


def test_a_role_that_was_assigned_holds_from_its_day_only(desk_on: Sit, task: str) -> None:
    assign(desk_on(OPENED), [task], Roles(coordinating=("hlhpn",)))
    said(desk_on, OPENED, task, result="x", on="11/7")
    assert stood(desk_on, task, as_of="2024-07-12").coordinating == ()


def test_a_role_of_the_opening_ends_on_the_day_it_is_taken_away(desk_on: Sit, task: str) -> None:
    unassign(desk_on("2024-07-16"), [task], Roles(lead=("ubdt",), on="2024-07-15"))
    said(desk_on, "2024-07-17", task, result="x", on="11/7")
    assert [stood(desk_on, task, as_of=f"2024-07-{d}").lead for d in (11, 14, 15)] == [
        ("ubdt",),
        ("ubdt",),
        (),
    ]


def test_nobody_leaves_a_role_before_the_opening(desk_on: Sit, db: SQLite, task: str) -> None:
    before = held(db)
    with refused("not-assigned"):
        unassign(desk_on("2024-07-18"), [task], Roles(lead=("ubdt",), on="2024-07-01"))
    assert held(db) == before


def test_the_log_gives_it_the_first_opening_day(desk_on: Sit, task: str) -> None:
    said(desk_on, OPENED, task, result="x", on="11/7")
    days = {e.field: e.on for e in log(desk_on(), task).entries if e.command == "c2"}
    assert days == {"title": OPENED, "area": OPENED, "lead": OPENED, "in_charge": OPENED}


# --- no fact before the opening ---

FACTS: dict[str, Callable[[Desk, str, str], object]] = {
    "update": lambda desk, task, on: update(desk, [task], Report(result="x", on=on)),
    "assignment": lambda desk, task, on: assign(desk, [task], Roles(coordinating=("hlhpn",), on=on)),
    "unassignment": lambda desk, task, on: unassign(desk, [task], Roles(in_charge=("An",), on=on)),
    "extension": lambda desk, task, on: extend(desk, [task], "2024-08-31", "chờ", on),
}


@pytest.mark.parametrize("kind", FACTS)
def test_an_opening_is_not_corrected_past_any_fact(desk_on: Sit, db: SQLite, task: str, kind: str) -> None:
    FACTS[kind](desk_on("2024-07-18"), task, "2024-07-16")
    before = held(db)
    with refused("opened-after-updates") as caught:
        edit(desk_on("2024-07-18"), [task], Corrections(opened="2024-07-17"))
    assert caught.value.params["day"] == "2024-07-16"
    assert held(db) == before
    edit(desk_on("2024-07-18"), [task], Corrections(opened="2024-07-16"))
    assert stood(desk_on, task).opened_on == "2024-07-16"


@pytest.mark.parametrize("kind", FACTS)
def test_an_undo_leaves_the_opening_at_the_first_fact_that_stands(desk_on: Sit, task: str, kind: str) -> None:
    edit(desk_on("2024-07-16"), [task], Corrections(opened="2024-07-01"))  # c3
    FACTS[kind](desk_on("2024-07-18"), task, "2024-07-05")
    done = undo(desk_on("2024-07-19"), "c3")[1]
    assert "opening-moved" in notes(done)
    assert stood(desk_on, task).opened_on == "2024-07-05"


def test_an_opening_far_back_is_kept_by_an_undo(desk_on: Sit, task: str) -> None:
    edit(desk_on("2024-07-16"), [task], Corrections(opened="2024-04-01"))  # c3
    said(desk_on, "2024-07-16", task, result="x", on="2024-04-02")
    undo(desk_on("2024-07-19"), "c3")
    assert stood(desk_on, task).opened_on == "2024-04-02"


def test_a_withdrawn_fact_holds_no_opening_and_brought_back_it_does(desk_on: Sit, task: str) -> None:
    assign(desk_on("2024-07-16"), [task], Roles(coordinating=("hlhpn",)))  # c3
    undo(desk_on("2024-07-17"), "c3")  # c4
    edit(desk_on("2024-07-18"), [task], Corrections(opened="2024-07-18"))
    assert stood(desk_on, task).opened_on == "2024-07-18"
    undo(desk_on("2024-07-19"), "c4")
    assert stood(desk_on, task).opened_on == "2024-07-16"


def test_what_the_plan_changes_before_a_clock_that_was_ahead_counts_from_the_opening(
    desk_on: Sit, workspace: Path
) -> None:
    task = opened(desk_on, OPENED, activity="3.1")
    lines = ('lead: ["ubdt"]', 'due: "2024-Q4"')
    applied(desk_on, "2024-07-01", workspace, with_activity_lines("ND3.1", *lines))
    then = stood(desk_on, task, as_of=OPENED)
    assert (then.lead, then.due) == (("ubdt",), "2024-12-31")


def test_extensions_that_were_carried_over_are_older_than_the_opening(desk_on: Sit, workspace: Path) -> None:
    next_plan.next_plan(desk_on, workspace, 2025)
    old = next_plan.opened(desk_on, due="2024-09-30")
    extend(desk_on("2024-10-01", plan="kh-468-2024"), [old], "2024-11-30", "chờ")
    new = next_plan.carried(desk_on).tasks[0]
    desk = desk_on(next_plan.DAY, plan=next_plan.NEW)
    edit(desk, [new.label], Corrections(opened=new.opened_on, title="Khác"))
    undo(desk_on(next_plan.DAY, plan=next_plan.NEW), None)
    assert next_plan.stood(desk_on, new.label).opened_on == new.opened_on == next_plan.DAY
