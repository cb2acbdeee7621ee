"""Facts: read as they were recorded, of what counts only, and known at a moment; nothing of them is lost."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.model.history import Assignment, Deadline, Facts, Update, fact_order, state_change
from plantrack.model.status import Role, Status
from plantrack.services.verbs.undo import undo
from plantrack.store import people
from plantrack.store.commands import withdrawals
from plantrack.store.facts import (
    Change,
    assignments_in,
    changes_in,
    deadlines_in,
    facts_of,
    insert_assignments,
    insert_changes,
    insert_deadlines,
    insert_updates,
    last_updates,
    parts_in,
    updates_in,
)
from plantrack.store.people import PersonFact
from plantrack.store.scope import Saying, Scope
from plantrack.store.sqlite.connection import SQLite
from tests.support.engines import taken_back
from tests.support.oracle import all_of, as_known, gone_at, whole_plan, withdrawn_commands
from tests.support.random_work import COMMANDS, Do, day, worked
from tests.support.steps import PLAN, OpenContext, command_uids, moment_of, opened, said

WORK = st.lists(COMMANDS, min_size=4, max_size=12)
MOMENT = "2024-07-01T02:00:00.000Z"
TEXT = st.none() | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1)


@pytest.fixture
def task(context_on: OpenContext, db: SQLite) -> str:
    """Open a task on 1/7/2024, of which nothing more is known; give its uid."""
    opened(context_on, "2024-07-01")
    return all_of(db, PLAN)[0]


def uid(n: int) -> str:
    return f"{n:026}"


# --- in and out again ---


@given(
    st.fixed_dictionaries(
        {
            **dict.fromkeys(("result", "next", "blocked", "proposal", "answered", "reason", "note"), TEXT),
            **dict.fromkeys(("told_by", "evidence"), TEXT),
            "status": st.none() | st.sampled_from(Status),
            "percent": st.none() | st.integers(0, 100),
            "unblocked": st.booleans(),
        }
    )
)
def test_an_update_is_read_as_it_was_recorded(
    context_on: OpenContext, db: SQLite, said_of: dict[str, Any]
) -> None:
    with taken_back(db):
        opened(context_on, "2024-07-01")
        (task,) = all_of(db, PLAN)
        (by,) = command_uids(db, 2)
        update = Update(uid(1), by, task, day(3), MOMENT, "Người thử", 2, **said_of)
        insert_updates(db, [update])
        assert updates_in(db, Scope.of([task])) == [update]
        (step,) = facts_of(db, Scope.of([task]))[task].updates
        assert step == state_change(update)


def test_deadlines_are_read_in_the_order_in_which_they_were_recorded(db: SQLite, task: str) -> None:
    (by,) = command_uids(db, 2)
    facts = [
        Deadline(uid(1), by, task, None, MOMENT, "2024-07-20", "T7"),
        Deadline(uid(3), by, task, day(9), MOMENT, None, None, "không hạn nữa"),
        Deadline(uid(2), by, task, day(5), MOMENT[:-2] + "1Z", "2024-07-31", None, "chờ"),
    ]
    (opening,) = deadlines_in(db, Scope.of([task]))
    insert_deadlines(db, facts[::-1])
    read = deadlines_in(db, Scope.of([task]))
    assert facts_of(db, Scope.of([task]))[task].deadlines == read
    assert [d for d in read if d != opening] == facts


def test_assignments_are_read_in_their_order_whatever_came_first(db: SQLite, task: str) -> None:
    (by,) = command_uids(db, 2)
    people.add_people(db, {"Đào An": PersonFact(uid(7), by, uid(8), MOMENT, "Đào An")})
    facts = [
        Assignment(uid(1), by, task, Role.IN_CHARGE, "Đào An", day(4), MOMENT, who=uid(8)),
        Assignment(uid(2), by, task, Role.LEAD, "ubdt", None, MOMENT[:-2] + "1Z", who="ubdt"),
        Assignment(uid(3), by, task, Role.LEAD, "ubdt", day(2), MOMENT[:-2] + "1Z", holds=False, who="ubdt"),
        Assignment(uid(4), by, task, Role.COORDINATING, "hlhpn", day(2), MOMENT, who="hlhpn"),
    ]
    insert_assignments(db, facts)
    read = assignments_in(db, Scope.of([task]))
    assert read == sorted(facts, key=fact_order)
    assert facts_of(db, Scope.of([task]))[task].assignments == read


def test_corrections_are_read_from_the_oldest_on(db: SQLite, task: str) -> None:
    (by,) = command_uids(db, 2)
    changes = [
        Change(uid(n), by, task, f"2024-07-0{n}T02:00:00.000Z", "title", old, new)
        for n, (old, new) in enumerate((("A", "B"), ("B", None), (None, "D")), 2)
    ]
    insert_changes(db, changes[::-1])
    assert changes_in(db, Scope.of([task])) == changes


def test_nothing_is_written_of_nothing(db: SQLite) -> None:
    before = db.driver.total_changes
    insert_updates(db, [])
    insert_deadlines(db, [])
    insert_assignments(db, [])
    insert_changes(db, [])
    assert db.driver.total_changes == before


# --- what counts ---


def test_what_was_taken_back_does_not_count_from_then_on(context_on: OpenContext, db: SQLite) -> None:
    opened(context_on, "2024-07-01")
    done = said(context_on, "2024-07-02", "1", percent="10")
    _, first = undo(context_on("2024-07-03"), None)
    _, second = undo(context_on("2024-07-04"), first.command.label if first.command else None)
    (task,) = all_of(db, PLAN)
    one, two, three = command_uids(db, 3, 4, 5)
    assert {(w.target, w.command) for w in withdrawals(db)} == {(one, two), (two, three)}

    def counting(known_at: str | None) -> tuple[set[str], int]:
        with as_known(db, known_at):
            return {*withdrawn_commands(db)}, len(facts_of(db, Scope.of([task]))[task].updates)

    moments = [moment_of(done), moment_of(first), moment_of(second), None]
    assert [counting(moment) for moment in moments] == [(set(), 1), ({one}, 0), ({two}, 1), ({two}, 1)]
    assert len(updates_in(db, Scope.of([task]))) == 1, "it is still there to be read"


@given(WORK, st.none() | st.integers(0, 13))
def test_what_counts_is_what_was_known_and_not_taken_back(
    made_once: Path, work: list[Do], second: int | None
) -> None:
    db = (ledger := worked(made_once / "plantrack.db", work)).db
    known_at = None if second is None else ledger.moment(second)
    gone = gone_at(db, known_at)
    with as_known(db, known_at):
        counting = facts_of(db, whole_plan(PLAN))
        assert withdrawn_commands(db) == gone
        assert facts_of(db, whole_plan(PLAN), gone) == counting
    for task in all_of(db, PLAN):
        mine = counting.get(task, Facts([], [], [], []))
        readers: list[tuple[Any, Any]] = [
            *zip((updates_in, deadlines_in, assignments_in, parts_in), mine, strict=True)
        ]
        for read, found in readers:
            facts = read(db, Scope.of([task]))
            known = [f for f in facts if known_at is None or f.recorded_at <= known_at]
            standing = [f for f in known if f.command not in gone]
            assert [(f.on, f.recorded_at) for f in found] == [(f.on, f.recorded_at) for f in standing]


# --- the last of them ---

SAYS: dict[Saying, str] = {"uid": "uid", "result": "result", "next_step": "next", "blocked": "blocked"}


@given(WORK, st.integers(0, 12), st.none() | st.integers(0, 13), st.sampled_from([*SAYS]))
def test_the_last_update_is_the_last_that_counts_and_says_it(
    made_once: Path, work: list[Do], n: int, second: int | None, saying: Saying
) -> None:
    db = (ledger := worked(made_once / "plantrack.db", work)).db
    known_at = None if second is None else ledger.moment(second)
    uids, gone = all_of(db, PLAN), gone_at(db, known_at)
    expected = {
        u.task: u
        for u in updates_in(db, Scope.of(uids))
        if known_at is None or u.recorded_at <= known_at
        if u.on <= day(n) and u.command not in gone and getattr(u, SAYS[saying]) is not None
    }
    with as_known(db, known_at):
        assert last_updates(db, uids, saying, day(n)) == expected
        assert last_updates(db, [], saying, day(n)) == {}
