"""An organisation leads a task or coordinates it, on one day not both; what follows the plan gives way."""

from pathlib import Path
from typing import Any

import pytest

from plantrack.services.verbs.add import add_from_plan
from plantrack.services.verbs.assign import Roles, assign, unassign
from plantrack.services.verbs.edit import Corrections, edit
from plantrack.services.verbs.list import list_tasks
from plantrack.services.verbs.plan.diff import diff
from plantrack.services.verbs.undo import undo, what_undo_would_do
from plantrack.services.writing.command_rules import CommandResult
from plantrack.store import commands
from plantrack.store.facts import assignments_in
from plantrack.store.scope import Scope
from plantrack.store.sqlite.connection import SQLite
from tests.support.steps import (
    PLAN_FILE,
    OpenContext,
    applied,
    held,
    notes,
    opened,
    refused,
    said,
    stood,
    with_activity_lines,
)

OPENED = "2024-07-01"
LED = with_activity_lines("ND3.1", 'lead: ["ubdt"]', 'coordinating: ["hlhpn"]')


def given(sit: OpenContext, day: str, task: str = "1", **roles: Any) -> CommandResult:
    """Assign on a day."""
    return assign(sit(day), [task], Roles()._replace(**roles))


def roles(
    sit: OpenContext, task: str = "1", as_of: str | None = None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return who leads and who coordinates."""
    then = stood(sit, task, as_of)
    return then.lead, then.coordinating


# --- by a person's word ---


@pytest.mark.parametrize("verb", ["add", "assign"])
def test_both_roles_in_one_command_are_refused(context_on: OpenContext, db: SQLite, verb: str) -> None:
    opened(context_on, OPENED)
    before = held(db)
    both: dict[str, Any] = {"lead": ("ubdt",), "coordinating": ("UBDT", "hlhpn")}
    with refused("both-roles-named") as caught:
        if verb == "add":
            opened(context_on, OPENED, **both)
        else:
            given(context_on, "2024-07-05", **both)
    assert (caught.value.exit_code, caught.value.params["party"]) == (4, "ubdt")
    assert held(db) == before


@pytest.mark.parametrize("first", ["lead", "coordinating"])
@pytest.mark.parametrize("on", ["2024-06-20", "2024-07-03", "2024-07-05"])
def test_the_other_role_in_a_later_command_is_refused(
    context_on: OpenContext, db: SQLite, first: str, on: str
) -> None:
    named: Any = {first: ("ubdt",)}
    opened(context_on, OPENED, **named)
    before = held(db)
    other: Any = {"coordinating" if first == "lead" else "lead": ("ubdt",)}
    with refused("both-roles-held") as caught:
        given(context_on, "2024-07-05", **other, on=on)
    option = "--lead" if first == "lead" else "--with"
    assert (caught.value.exit_code, caught.value.params["option"]) == (4, option)
    assert held(db) == before


def test_a_role_that_would_meet_the_other_on_a_later_day_is_refused(context_on: OpenContext) -> None:
    opened(context_on, OPENED)
    given(context_on, "2024-07-10", lead=("ubdt",))
    with refused("both-roles-held") as caught:
        given(context_on, "2024-07-12", coordinating=("ubdt",), on="2024-07-05")
    assert caught.value.params["day"] == "2024-07-10"


def test_the_way_out_leads_out(context_on: OpenContext) -> None:
    opened(context_on, OPENED, lead=("ubdt",))
    unassign(context_on("2024-07-05"), ["1"], Roles(lead=("ubdt",)))
    given(context_on, "2024-07-05", coordinating=("ubdt",))
    assert roles(context_on) == ((), ("ubdt",))
    given(context_on, "2024-07-06", coordinating=("hlhpn",), lead=("ubdt",), instead=True)
    assert roles(context_on) == (("ubdt",), ("hlhpn",))


def test_one_task_of_several_that_is_refused_refuses_all(context_on: OpenContext, db: SQLite) -> None:
    opened(context_on, OPENED)
    opened(context_on, OPENED, lead=("ubdt",))
    before = held(db)
    with refused("both-roles-held"):
        assign(context_on("2024-07-05"), ["1", "2"], Roles(coordinating=("ubdt",)))
    assert held(db) == before


def test_an_undo_brings_back_no_second_role(context_on: OpenContext, db: SQLite) -> None:
    opened(context_on, OPENED, lead=("ubdt",))
    unassign(context_on("2024-07-05"), ["1"], Roles(lead=("ubdt",)))  # c3
    given(context_on, "2024-07-06", coordinating=("ubdt",))  # c4
    before = held(db)
    for door in (what_undo_would_do, undo):
        with refused("undo-both-roles"):
            door(context_on("2024-07-07"), "c3")
    assert held(db) == before
    undo(context_on("2024-07-07"), "c4")
    undo(context_on("2024-07-07"), "c3")
    assert roles(context_on) == (("ubdt",), ())


# --- what follows the plan gives way ---


def test_a_role_from_the_plan_gives_way_to_the_one_named_when_a_task_is_added(
    context_on: OpenContext, workspace: Path
) -> None:
    applied(context_on, "2024-03-26", workspace, LED)
    opened(context_on, OPENED, activity="3.1", lead=("hlhpn",))
    opened(context_on, OPENED, activity="3.1", coordinating=("ubdt",))
    assert (roles(context_on, "1"), roles(context_on, "2")) == ((("hlhpn",), ()), ((), ("ubdt",)))


@pytest.mark.parametrize("instead", [True, False])
def test_a_role_from_the_plan_gives_way_to_one_that_is_assigned(
    context_on: OpenContext, workspace: Path, instead: bool
) -> None:
    applied(context_on, "2024-03-26", workspace, LED)
    opened(context_on, OPENED, activity="3.1")
    done = given(context_on, "2024-07-05", coordinating=("ubdt",), instead=instead)
    assert notes(done) == ["role-gave-way", *(["role-replaced"] if instead else [])]
    assert roles(context_on, as_of="2024-07-04") == (("ubdt",), ("hlhpn",))
    assert roles(context_on) == ((), ("ubdt",) if instead else ("hlhpn", "ubdt"))
    with refused("both-roles-held"):  # what was just said is nobody's inheritance
        given(context_on, "2024-07-06", lead=("ubdt",))


def test_what_gave_way_is_no_difference_from_the_plan(context_on: OpenContext, workspace: Path) -> None:
    applied(context_on, "2024-03-26", workspace, LED)
    opened(context_on, OPENED, activity="3.1")
    given(context_on, "2024-07-05", coordinating=("ubdt",))
    (found,) = diff(context_on("2024-07-06").db, [workspace / PLAN_FILE], workspace)
    assert not found.differs


def test_a_role_that_is_to_follow_again_gives_way(context_on: OpenContext, workspace: Path) -> None:
    applied(context_on, "2024-03-26", workspace, LED)
    opened(context_on, OPENED, activity="3.1", lead=("hlhpn",), coordinating=("bdttg",))
    edit(context_on("2024-07-05"), ["1"], Corrections(follow=("coordinating",)))
    assert roles(context_on) == (("hlhpn",), ())
    edit(context_on("2024-07-06"), ["1"], Corrections(follow=("lead", "coordinating")))
    assert roles(context_on) == (("ubdt",), ("hlhpn",))


def test_a_followed_role_is_held_where_the_other_one_was_left(
    context_on: OpenContext, workspace: Path
) -> None:
    """HLHPN leads by a person's word for ten days; from the plan it coordinates, but for those."""
    applied(context_on, "2024-03-26", workspace, LED)
    opened(context_on, OPENED, activity="3.1", lead=("hlhpn",), coordinating=("bdttg",))
    given(context_on, "2024-07-11", lead=("ubdt",), instead=True)
    edit(context_on("2024-07-15"), ["1"], Corrections(follow=("coordinating",)))
    assert roles(context_on, as_of="2024-07-10") == (("hlhpn",), ())
    assert roles(context_on, as_of="2024-07-11") == (("ubdt",), ("hlhpn",))


def test_a_revision_gives_no_second_role(context_on: OpenContext, workspace: Path) -> None:
    opened(context_on, OPENED, activity="3.1", lead=("hlhpn",))
    applied(context_on, "2024-07-05", workspace, LED)
    assert roles(context_on) == (("hlhpn",), ())


def test_a_revision_may_exchange_roles(context_on: OpenContext, workspace: Path) -> None:
    applied(context_on, "2024-03-26", workspace, LED)
    opened(context_on, OPENED, activity="3.1")
    swap = (
        'lead: ["ubdt"]\n        coordinating: ["hlhpn"]',
        'lead: ["hlhpn"]\n        coordinating: ["ubdt"]',
    )
    applied(context_on, "2024-07-05", workspace, swap)
    assert roles(context_on) == (("hlhpn",), ("ubdt",))


@pytest.mark.parametrize(
    ("own", "held_roles"),
    [
        (('lead: ["hlhpn"]',), (("hlhpn",), ())),
        (('coordinating: ["ubdt"]',), ((), ("ubdt",))),
        (('lead: ["ubdt"]', 'coordinating: ["ubdt", "hlhpn"]'), (("ubdt",), ("hlhpn",))),
    ],
)
def test_what_an_activity_has_from_its_area_gives_way_to_its_own(
    context_on: OpenContext, workspace: Path, own: tuple[str, ...], held_roles: tuple[object, ...]
) -> None:
    of_area = (
        '  - code: "ND3"\n',
        '  - code: "ND3"\n    lead: ["ubdt"]\n    coordinating: ["hlhpn"]\n',
    )
    applied(context_on, "2024-03-26", workspace, of_area, with_activity_lines("ND3.1", *own))
    add_from_plan(context_on(OPENED))
    (task,) = list_tasks(context_on(), ["activity:3.1"]).tasks
    assert (task.lead, task.coordinating) == held_roles


# --- what stands from before ---


@pytest.fixture
def old(context_on: OpenContext, monkeypatch: pytest.MonkeyPatch) -> str:
    """A task that an organisation leads and coordinates, recorded before that was refused."""
    label = opened(context_on, OPENED, lead=("ubdt",))
    with monkeypatch.context() as before:
        before.setattr("plantrack.services.verbs.assign.refuse_both_roles", lambda writer, row: None)
        given(context_on, "2024-07-02", coordinating=("ubdt",))
    return label


def test_what_stands_stays_and_is_warned_of(context_on: OpenContext, old: str) -> None:
    assert notes(said(context_on, "2024-07-05", old, result="x")) == ["both-roles-stand"]
    assert notes(given(context_on, "2024-07-06", in_charge=("An",))) == ["both-roles-stand"]
    assert roles(context_on) == (("ubdt",), ("ubdt",))
    unassign(context_on("2024-07-07"), [old], Roles(coordinating=("ubdt",)))
    assert notes(said(context_on, "2024-07-08", old, result="x")) == []


def test_what_stands_can_be_taken_back(context_on: OpenContext, db: SQLite, old: str) -> None:
    undo(context_on("2024-07-05"), "c3")
    assert roles(context_on) == (("ubdt",), ())
    uid = db.query("SELECT uid FROM task")[0][0]
    assert len(assignments_in(db, Scope.of([uid]))) == 2
    assert len(commands.withdrawals(db)) == 1
