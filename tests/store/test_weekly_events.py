"""What pictures of a year are made from: each update by its day, less those that do not count."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plantrack.model.status import Status
from plantrack.store import tasks, weekly_events
from plantrack.store.commands import withdrawn_commands
from plantrack.store.connection import SQLite
from plantrack.store.facts import updates_in
from plantrack.store.scope import Scope
from plantrack.store.weekly_events import closings, days_not_counted, days_spoken_of
from tests.support import next_plan
from tests.support.random_work import COMMANDS, Do, day, worked
from tests.support.steps import PLAN, OpenContext

WORK = st.lists(COMMANDS, min_size=6, max_size=14)
ENDS = (Status.DONE, Status.DROPPED, Status.CARRIED_OVER)


@settings(max_examples=40)
@given(
    WORK, st.tuples(st.integers(0, 12), st.integers(0, 12)), st.none() | st.integers(0, 15), st.integers(1, 4)
)
def test_every_update_of_the_tasks_is_there_whatever_is_read_at_once(
    made_once: Path, monkeypatch: pytest.MonkeyPatch, work: list[Do], days: tuple[int, int], second: int | None, at_once: int
) -> None:  # fmt: skip
    monkeypatch.setattr(weekly_events, "TASKS_AT_ONCE", at_once)
    db = (ledger := worked(made_once / "plantrack.db", work)).db
    known_at = None if second is None else ledger.moment(second)
    first, last = map(day, sorted(days))
    told = Counter(
        (u.task, u.on) for u in updates_in(db, Scope.of_plan(PLAN, known_at)) if first <= u.on <= last
    )
    asked = tasks.all_of(db, PLAN)
    for uids in (asked, asked[:1], asked[1:]):
        found = Counter(row for batch in days_spoken_of(db, uids, first, last, known_at) for row in batch)
        assert {key: n for key, n in found.items() if key[0] in uids} == {
            key: n for key, n in told.items() if key[0] in uids
        }
    assert [*days_spoken_of(db, [], first, last, known_at)] == []


@settings(max_examples=40)
@given(WORK, st.integers(0, 12), st.none() | st.integers(0, 15))
def test_closings_are_the_updates_that_end_a_task(
    made_once: Path, work: list[Do], n: int, second: int | None
) -> None:
    db = (ledger := worked(made_once / "plantrack.db", work)).db
    known_at = None if second is None else ledger.moment(second)
    told = updates_in(db, Scope.of_plan(PLAN, known_at))
    ended = [(u.task, u.command, u.on, u.status) for u in told if u.status in ENDS and u.on <= day(n)]
    assert sorted(closings(db, day(n), known_at)) == sorted(ended)


@settings(max_examples=40)
@given(WORK)
def test_what_is_left_without_those_that_do_not_count_is_what_counts(made_once: Path, work: list[Do]) -> None:
    db = worked(made_once / "plantrack.db", work).db
    gone = withdrawn_commands(db)
    told = updates_in(db, Scope.of_plan(PLAN))
    withdrawn = sorted((u.task, u.on, u.recorded_at) for u in told if u.command in gone)
    assert sorted(days_not_counted(db, gone)) == withdrawn


def test_what_a_carry_over_wrote_does_not_count_taken_back_or_not(
    context_on: OpenContext, db: SQLite, workspace: Path
) -> None:
    next_plan.next_plan(context_on, workspace, 2025)
    task = next_plan.opened(context_on)
    next_plan.said(context_on, "2024-07-02", task, percent="10")
    done = next_plan.carried(context_on)
    assert done.command
    for withdrawn in ([], [done.command.uid]):
        found = days_not_counted(db, withdrawn)
        assert sorted(on for _, on, _ in found) == [next_plan.DAY] * 2, "each once, of both plans"
