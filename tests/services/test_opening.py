"""What holds from the opening of a task, wherever that moves; and that no fact stands before it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from plantrack.services.context import Context
from plantrack.services.verbs.add import add_from_plan
from plantrack.services.verbs.assign import Roles, assign, unassign
from plantrack.services.verbs.edit import Corrections, edit, extend
from plantrack.services.verbs.log import log
from plantrack.services.verbs.undo import undo
from plantrack.services.verbs.update import update
from plantrack.services.writing.status_updates import TypedUpdate
from plantrack.store.sqlite.connection import SQLite
from tests.support import next_plan
from tests.support.steps import (
    OpenContext,
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
def task(context_on: OpenContext) -> str:
    """Open a task on Monday 15/7/2024, which UBDT leads and somebody is in charge of."""
    return opened(context_on, OPENED, lead=("ubdt",), in_charge=("An",))


# --- a role given with the opening ---


def test_a_role_holds_from_the_opening_that_an_update_moves_back(context_on: OpenContext, task: str) -> None:
    said(context_on, OPENED, task, result="đã họp", on="11/7")
    then = stood(context_on, task, as_of="2024-07-11")
    assert (then.opened_on, then.lead, then.in_charge) == ("2024-07-11", ("ubdt",), ("An",))


def test_the_weekly_summary_accuses_nobody_of_silence_for_it(context_on: OpenContext, task: str) -> None:
    said(context_on, OPENED, task, result="đã họp", on="11/7")
    week = summed(context_on, on=OPENED)
    assert [(i.task.label, i.task.lead) for i in week.results] == [(task, ("ubdt",))]
    assert week.silent_organisations == ()


@pytest.mark.parametrize("day", ["2024-07-01", "2024-07-16"])
def test_a_role_holds_from_a_corrected_opening(context_on: OpenContext, task: str, day: str) -> None:
    edit(context_on("2024-07-18"), [task], Corrections(opened=day))
    assert stood(context_on, task, as_of=day).lead == ("ubdt",)


def test_a_role_holds_from_the_opening_that_an_undo_gives_back(context_on: OpenContext, task: str) -> None:
    edit(context_on("2024-07-16"), [task], Corrections(opened="2024-07-16"))
    undo(context_on("2024-07-17"), None)
    assert stood(context_on, task, as_of=OPENED).lead == ("ubdt",)


def test_a_role_that_follows_the_plan_holds_from_a_moved_opening(
    context_on: OpenContext, workspace: Path
) -> None:
    applied(context_on, "2024-03-26", workspace, with_activity_lines("ND3.1", 'lead: ["ubdt"]'))
    one = opened(context_on, OPENED, activity="3.1")
    add_from_plan(context_on("2024-07-16"))
    for label in (one, "2"):
        day = "2024-03-01"
        edit(context_on("2024-07-18"), [label], Corrections(opened=day))
        assert stood(context_on, label, as_of=day).lead == stood(context_on, label).lead


def test_a_role_that_is_followed_later_is_a_correction_and_holds_so_too(
    context_on: OpenContext, workspace: Path
) -> None:
    applied(context_on, "2024-03-26", workspace, with_activity_lines("ND3.1", 'lead: ["ubdt"]'))
    task = opened(context_on, OPENED, activity="3.1", lead=("hlhpn",))
    edit(context_on("2024-07-16"), [task], Corrections(follow=("lead",)))
    said(context_on, "2024-07-17", task, result="x", on="11/7")
    assert stood(context_on, task, as_of="2024-07-11").lead == ("ubdt",)


def test_a_role_that_was_assigned_holds_from_its_day_only(context_on: OpenContext, task: str) -> None:
    assign(context_on(OPENED), [task], Roles(coordinating=("hlhpn",)))
    said(context_on, OPENED, task, result="x", on="11/7")
    assert stood(context_on, task, as_of="2024-07-12").coordinating == ()


def test_a_role_of_the_opening_ends_on_the_day_it_is_taken_away(context_on: OpenContext, task: str) -> None:
    unassign(context_on("2024-07-16"), [task], Roles(lead=("ubdt",), on="2024-07-15"))
    said(context_on, "2024-07-17", task, result="x", on="11/7")
    assert [stood(context_on, task, as_of=f"2024-07-{d}").lead for d in (11, 14, 15)] == [
        ("ubdt",),
        ("ubdt",),
        (),
    ]


def test_nobody_leaves_a_role_before_the_opening(context_on: OpenContext, db: SQLite, task: str) -> None:
    before = held(db)
    with refused("not-assigned"):
        unassign(context_on("2024-07-18"), [task], Roles(lead=("ubdt",), on="2024-07-01"))
    assert held(db) == before


def test_the_log_gives_it_the_first_opening_day(context_on: OpenContext, task: str) -> None:
    said(context_on, OPENED, task, result="x", on="11/7")
    days = {e.field: e.on for e in log(context_on(), [task]).entries if e.command == "c2"}
    assert days == {"title": OPENED, "area": OPENED, "lead": OPENED, "in_charge": OPENED}


# --- no fact before the opening ---

FACTS: dict[str, Callable[[Context, str, str], object]] = {
    "update": lambda context, task, on: update(context, [task], TypedUpdate(result="x", on=on)),
    "assignment": lambda context, task, on: assign(context, [task], Roles(coordinating=("hlhpn",), on=on)),
    "unassignment": lambda context, task, on: unassign(context, [task], Roles(in_charge=("An",), on=on)),
    "extension": lambda context, task, on: extend(context, [task], "2024-08-31", "chờ", on),
}


@pytest.mark.parametrize("kind", FACTS)
def test_an_opening_is_not_corrected_past_any_fact(
    context_on: OpenContext, db: SQLite, task: str, kind: str
) -> None:
    FACTS[kind](context_on("2024-07-18"), task, "2024-07-16")
    before = held(db)
    with refused("opened-after-updates") as caught:
        edit(context_on("2024-07-18"), [task], Corrections(opened="2024-07-17"))
    assert caught.value.params["day"] == "2024-07-16"
    assert held(db) == before
    edit(context_on("2024-07-18"), [task], Corrections(opened="2024-07-16"))
    assert stood(context_on, task).opened_on == "2024-07-16"


@pytest.mark.parametrize("kind", FACTS)
def test_an_undo_leaves_the_opening_at_the_first_fact_that_stands(
    context_on: OpenContext, task: str, kind: str
) -> None:
    edit(context_on("2024-07-16"), [task], Corrections(opened="2024-07-01"))  # c3
    FACTS[kind](context_on("2024-07-18"), task, "2024-07-05")
    done = undo(context_on("2024-07-19"), "c3")[1]
    assert "opening-moved" in notes(done)
    assert stood(context_on, task).opened_on == "2024-07-05"


def test_an_opening_far_back_is_kept_by_an_undo(context_on: OpenContext, task: str) -> None:
    edit(context_on("2024-07-16"), [task], Corrections(opened="2024-04-01"))  # c3
    said(context_on, "2024-07-16", task, result="x", on="2024-04-02")
    undo(context_on("2024-07-19"), "c3")
    assert stood(context_on, task).opened_on == "2024-04-02"


def test_a_withdrawn_fact_holds_no_opening_and_brought_back_it_does(
    context_on: OpenContext, task: str
) -> None:
    assign(context_on("2024-07-16"), [task], Roles(coordinating=("hlhpn",)))  # c3
    undo(context_on("2024-07-17"), "c3")  # c4
    edit(context_on("2024-07-18"), [task], Corrections(opened="2024-07-18"))
    assert stood(context_on, task).opened_on == "2024-07-18"
    undo(context_on("2024-07-19"), "c4")
    assert stood(context_on, task).opened_on == "2024-07-16"


def test_what_the_plan_changes_before_a_clock_that_was_ahead_counts_from_the_opening(
    context_on: OpenContext, workspace: Path
) -> None:
    task = opened(context_on, OPENED, activity="3.1")
    lines = ('lead: ["ubdt"]', 'due: "2024-Q4"')
    applied(context_on, "2024-07-01", workspace, with_activity_lines("ND3.1", *lines))
    then = stood(context_on, task, as_of=OPENED)
    assert (then.lead, then.due) == (("ubdt",), "2024-12-31")


def test_extensions_that_were_carried_over_are_older_than_the_opening(
    context_on: OpenContext, workspace: Path
) -> None:
    next_plan.next_plan(context_on, workspace, 2025)
    old = next_plan.opened(context_on, due="2024-09-30")
    extend(context_on("2024-10-01", plan="kh-468-2024"), [old], "2024-11-30", "chờ")
    new = next_plan.carried(context_on).tasks[0]
    context = context_on(next_plan.DAY, plan=next_plan.NEW)
    edit(context, [new.label], Corrections(opened=new.opened_on, title="Khác"))
    undo(context_on(next_plan.DAY, plan=next_plan.NEW), None)
    assert next_plan.stood(context_on, new.label).opened_on == new.opened_on == next_plan.DAY
