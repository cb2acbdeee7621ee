"""What pictures of a year are made from: what was said by its day and by who leads, and what closed a task."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from plantrack.model.counting import Cutoffs
from plantrack.model.status import Status
from plantrack.services.context import AsOf
from plantrack.services.verbs.undo import undo
from plantrack.store.facts import updates_in
from plantrack.store.questions.task_source import TaskSource
from plantrack.store.questions.weekly_events import ask_closings, ask_leads, spoken, spoken_by_lead
from plantrack.store.scope import Scope
from plantrack.store.sqlite.connection import SQLite
from tests.support import next_plan
from tests.support.oracle import as_known, gone_at, tasks_on, whole_plan
from tests.support.random_work import COMMANDS, Do, day, worked
from tests.support.steps import PLAN, OpenContext, command_of

WORK = st.lists(COMMANDS, min_size=6, max_size=14)
ENDS = (Status.DONE, Status.DROPPED, Status.CARRIED_OVER)


def source(db: SQLite, on: str, plan: str = PLAN) -> TaskSource:
    """Return the tasks of a plan on a day."""
    return TaskSource(db, plan, Cutoffs(on, on, on), past=True)


def counted(found: Iterable[tuple[str | None, str, int]]) -> Counter[tuple[str | None, str]]:
    """Return how many there are of each, which is said once."""
    rows = [*found]
    assert len({row[:2] for row in rows}) == len(rows)
    return Counter({(key, on): n for key, on, n in rows})


@given(
    WORK,
    st.tuples(st.integers(0, 12), st.integers(0, 12)),
    st.integers(0, 12),
    st.none() | st.integers(0, 15),
    st.sampled_from(["1 = 1", "t.area = 'ND1'", "t.is_open = 1"]),
)
def test_each_update_that_counts_is_told_by_its_day_and_of_each_who_leads_its_task(
    made_once: Path, work: list[Do], days: tuple[int, int], n: int, second: int | None, condition: str
) -> None:
    db = (ledger := worked(made_once / "plantrack.db", work)).db
    known_at = None if second is None else ledger.moment(second)
    first, last = map(day, sorted(days))
    passes = {"t.area = 'ND1'": lambda t: t.area == "ND1", "t.is_open = 1": lambda t: t.is_open}
    there = [t for t in tasks_on(db, PLAN, AsOf(day(n), known_at)) if passes.get(condition, bool)(t)]
    gone, by_uid = gone_at(db, known_at), {task.uid: task for task in there}
    told = [
        u
        for u in updates_in(db, whole_plan(PLAN))
        if u.task in by_uid and first <= u.on <= last and u.command not in gone
        if known_at is None or u.recorded_at <= known_at
    ]
    with as_known(db, known_at):
        asked = source(db, day(n)).where(condition)
        assert counted(spoken(asked, first, last)) == Counter((None, u.on) for u in told)
        assert counted(spoken_by_lead(asked, first, last)) == Counter(
            (lead, u.on) for u in told for lead in by_uid[u.task].lead or (None,)
        )
        assert sorted(ask_leads(asked)()) == sorted((t.uid, lead) for t in there for lead in t.lead)


@given(WORK, st.integers(0, 12), st.none() | st.integers(0, 15))
def test_closings_are_the_updates_that_end_a_task_and_count(
    made_once: Path, work: list[Do], n: int, second: int | None
) -> None:
    db = (ledger := worked(made_once / "plantrack.db", work)).db
    known_at = None if second is None else ledger.moment(second)
    gone = gone_at(db, known_at)
    ended = [
        (u.task, u.on, u.status)
        for u in updates_in(db, whole_plan(PLAN))
        if u.status in ENDS and u.on <= day(n) and u.command not in gone
        if known_at is None or u.recorded_at <= known_at
    ]
    with as_known(db, known_at):
        assert sorted(ask_closings(db, day(n))()) == sorted(ended)


def test_what_a_carry_over_wrote_is_not_said_taken_back_or_not(
    context_on: OpenContext, db: SQLite, workspace: Path
) -> None:
    next_plan.next_plan(context_on, workspace, 2025)
    task = next_plan.opened(context_on)
    next_plan.said(context_on, "2024-07-02", task, percent="10")
    done = next_plan.carried(context_on)
    written = [u.on for u in updates_in(db, Scope.of_commands([command_of(done).uid]))]
    assert written == [next_plan.DAY] * 2, "it wrote in both plans"

    def told() -> list[list[tuple[None, str, int]]]:
        return [
            spoken(source(db, "2025-02-01", plan), "2024-01-01", "2025-12-31")
            for plan in (PLAN, next_plan.NEW)
        ]

    assert told() == [[(None, "2024-07-02", 1)], []]
    assert [row[2] for row in ask_closings(db, "2025-12-31")()] == [Status.CARRIED_OVER]
    next_plan.said(context_on, "2025-01-12", done.tasks[0].label, result="xong")
    assert told() == [[(None, "2024-07-02", 1)], [(None, "2025-01-12", 1)]]
    for label in ("", command_of(done).label):
        undo(context_on("2025-01-13"), label or None)
    assert told() == [[(None, "2024-07-02", 1)], []]
    assert ask_closings(db, "2025-12-31")() == []
