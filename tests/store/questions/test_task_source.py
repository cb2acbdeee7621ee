"""The tasks of a day: one text asks the row and what it was before; asked again, narrowed, counted, read in chunks."""

from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.model import grouping
from plantrack.model.counting import Cutoffs
from plantrack.model.filters import Filter, Term
from plantrack.model.plan import Reporting
from plantrack.model.status import Status
from plantrack.model.task import Task
from plantrack.services.context import AsOf
from plantrack.services.verbs.add import NewTask, add
from plantrack.services.verbs.edit import extend, remove
from plantrack.store.connection import Asked, Row
from plantrack.store.questions import task_source
from plantrack.store.questions.filter_fields import STALE
from plantrack.store.questions.task_source import BY_LABEL, OPEN, TaskRows, TaskSource, Which, ask_tasks
from plantrack.store.sqlite.connection import SQLite
from tests.support import oracle
from tests.support.random_work import COMMANDS, DAYS, Do, day, worked
from tests.support.statements import Listening, way
from tests.support.steps import PLAN, OpenContext, labels, opened, said

WORK = st.lists(COMMANDS, min_size=4, max_size=12)
SECOND = st.none() | st.integers(0, 13)


def source(db: SQLite, on: str, *, past: bool = True, plan: str = PLAN) -> TaskSource:
    """Return the tasks of the plan on a day."""
    return TaskSource(db, plan, Cutoffs.at(on, Reporting()), past)


def by_due(task: Task) -> tuple[str, str, int]:
    return task.due or "9999", task.site, task.number


def asked(db: SQLite, on: str, *, past: bool) -> list[Row]:
    """Return number, status and due day of the tasks that are not done."""
    sql = ask_tasks("t.number, t.status, t.due", "t.status <> 'done'", "ORDER BY t.number", past=past)
    return db.query(sql, {"plan": PLAN, "day": on})


# --- which they are, and what they were ---


@given(WORK, DAYS, SECOND)
def test_they_are_what_the_facts_say_of_any_day_as_known_at_any_moment(
    made_once: Path, work: list[Do], on: str, second: int | None
) -> None:
    db = (ledger := worked(made_once / "plantrack.db", work)).db
    known = None if second is None else ledger.moment(second)
    clock = Cutoffs.at(on, Reporting())
    there = oracle.tasks_on(db, PLAN, AsOf(on, known), clock)
    assert oracle.stood(db, PLAN, AsOf(on, known), clock) == there
    bare = oracle.tasks_on(db, PLAN, AsOf(on, known))
    assert oracle.stood(db, PLAN, AsOf(on, known)) == bare
    with oracle.as_known(db, known):
        assert [t._replace(deadline_state=None, stale=False) for t in source(db, on).rows(BY_LABEL)] == bare
        assert source(db, on, plan="kh-khác").uids() == []


@given(WORK, SECOND)
def test_after_the_last_fact_the_rows_alone_say_the_same(
    made_once: Path, work: list[Do], second: int | None
) -> None:
    db = (ledger := worked(made_once / "plantrack.db", work)).db
    with oracle.as_known(db, None if second is None else ledger.moment(second)):
        for narrow in ("1 = 1", OPEN, "t.due < :day", "t.blocked_since IS NOT NULL"):
            now, then = (source(db, day(20), past=past).where(narrow) for past in (False, True))
            assert now.uids() == then.uids()
            assert [*now.rows(BY_LABEL)] == [*then.rows(BY_LABEL)]
            assert now.query("t.uid, t.status, t.due, t.is_open", "ORDER BY t.uid") == then.query(
                "t.uid, t.status, t.due, t.is_open", "ORDER BY t.uid"
            )


def test_a_past_day_has_the_tasks_as_they_stood(db: SQLite, context_on: OpenContext) -> None:
    opened(context_on, "2024-07-01", due="10/7/2024")
    opened(context_on, "2024-07-03", due="10/7/2024")
    opened(context_on, "2024-07-03")
    said(context_on, "2024-07-05", "1", "done")
    extend(context_on("2024-07-06"), ["2"], "20/7/2024", "chờ")
    remove(context_on("2024-07-06"), ["3"], "nhầm")
    for on, there in (
        ("2024-06-30", []),
        ("2024-07-02", [(1, "not_started", "2024-07-10")]),
        ("2024-07-04", [(1, "not_started", "2024-07-10"), (2, "not_started", "2024-07-10")]),
        ("2024-07-05", [(2, "not_started", "2024-07-10")]),
        ("2024-07-06", [(2, "not_started", "2024-07-20")]),
    ):
        assert [tuple(row) for row in asked(db, on, past=True)] == there
    assert asked(db, "2024-07-06", past=False) == asked(db, "2024-07-06", past=True)


def test_of_a_past_day_only_what_is_asked_for_is_read() -> None:
    sql = ask_tasks("COUNT(*)", "t.area = :area", past=True)
    assert "SELECT o.area FROM task AS o" in sql
    assert "settled_on" in sql
    assert "p.status" not in sql


@pytest.mark.parametrize("narrow", [OPEN, f"{OPEN} AND {STALE}"])
def test_of_a_past_day_open_work_is_walked_by_its_index(db: SQLite, narrow: str) -> None:
    listening = Listening(db)
    source(listening, "2024-07-04").where(narrow).uids(limit=20)
    assert way(db, listening.asked[-1]).indexes == {"task_open", "task_past_on", "task_1"}


# --- asked in the ways there are ---


@given(WORK, DAYS, st.booleans(), st.none() | st.integers(0, 4))
def test_counted_named_and_read_they_are_the_same(
    made_once: Path, work: list[Do], on: str, only_open: bool, limit: int | None
) -> None:
    db = worked(made_once / "plantrack.db", work).db
    clock = Cutoffs.at(on, Reporting())
    there = [t for t in oracle.tasks_on(db, PLAN, AsOf(on), clock) if t.is_open or not only_open]
    found = source(db, on)
    found = found.where(OPEN) if only_open else found
    in_order = sorted(there, key=by_due)
    assert found.size() == len(found.uids()) == len(there)
    assert found.uids() == [t.uid for t in in_order]
    assert found.uids(limit=limit) == [t.uid for t in in_order][:limit]
    assert [*found.rows(limit=limit)] == in_order[:limit]
    assert [*found.rows(BY_LABEL)] == there
    assert found.read([t.uid for t in there[::-1]]) == there[::-1]
    assert found.read([]) == []


@given(
    st.lists(st.tuples(st.integers(0, 4), st.none() | st.sampled_from(["5/7/2024", "6/7/2024"])), max_size=6)
)
def test_with_ranks_the_lowest_come_first(made_once: Path, given_ranks: list[tuple[int, str | None]]) -> None:
    """Rank 4 stands for tasks that are not named."""
    work = [
        Do("add", partial(add, new=NewTask("Việc", area="3", due=due, on=day(0)))) for _, due in given_ranks
    ]
    db = worked(made_once / "plantrack.db", work).db
    every = [*source(db, day(5)).rows(BY_LABEL)]
    ranks = {t.uid: rank for t, (rank, _) in zip(every[1:], given_ranks, strict=True) if rank < 4}
    there = sorted((t for t in every if t.uid in ranks), key=lambda t: (ranks[t.uid], by_due(t)))
    for past in (False, True):
        found = source(db, day(5), past=past).among([*ranks])._replace(ask_ranks=lambda _: lambda: ranks)
        assert [*found.rows()] == there
        assert [*found.where("t.number > :least", {"least": 2}).rows(limit=2)] == [
            t for t in there if t.number > 2
        ][:2]
        assert found.uids(BY_LABEL) == [t.uid for t in every if t.uid in ranks]
        assert found.size() == len(ranks)
        for limit in range(1, 4):
            first = found.rows(limit=limit)
            assert [*first] == there[:limit]
            assert (first.total(), first.is_cut) == (len(there), len(there) > limit)


def test_no_more_are_ranked_than_have_to_be(
    db: SQLite, context_on: OpenContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(context_on("2024-07-01"), NewTask("", area="3"), [f"Việc {n}" for n in range(7)])
    monkeypatch.setattr(task_source, "RANKED_AT_ONCE", 2)
    ranked: list[int] = []

    def ask_ranks(which: Which) -> Asked[dict[str, int]]:
        theirs, params = which("t.uid")
        rows = db.query(f"SELECT t.uid, t.number FROM task AS t WHERE {theirs}", params)
        ranked.extend(number for _, number in rows)
        return lambda: {uid: int(number not in (3, 4)) for uid, number in rows}

    found = source(db, day(20))._replace(ask_ranks=ask_ranks)
    assert labels(found.rows(limit=2)) == ["3", "4"]
    assert sorted(ranked) == [1, 2, 3, 4]
    assert labels(found.rows()) == ["3", "4", "1", "2", "5", "6", "7"]


@pytest.mark.parametrize("past", [True, False])
def test_with_a_limit_all_are_counted_and_it_is_known_whether_there_are_more(
    db: SQLite, context_on: OpenContext, past: bool
) -> None:
    add(context_on("2024-07-01"), NewTask("", area="3"), [f"Việc {n}" for n in range(3)])
    for limit, shown, is_cut in ((1, 1, True), (2, 2, True), (3, 3, False), (None, 3, False)):
        rows = source(db, day(20), past=past).rows(limit=limit)
        assert (len(rows), rows.is_cut, rows.total()) == (shown, is_cut, 3)


@pytest.mark.parametrize("past", [True, False])
def test_by_due_day_those_without_come_last_and_labels_count_as_numbers(
    db: SQLite, context_on: OpenContext, past: bool
) -> None:
    for due in ("20/7/2024", None, *["10/7/2024"] * 9):
        opened(context_on, "2024-07-01", due=due)
    found = source(db, day(20), past=past)
    assert labels(found.rows()) == [*map(str, range(3, 12)), "1", "2"]
    assert labels(found.rows(BY_LABEL, 3)) == ["1", "2", "3"]
    assert labels(found.rows("t.number DESC", 2)) == ["11", "10"]


def test_rows_are_found_once_and_read_as_often_as_they_are_walked(
    db: SQLite, context_on: OpenContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(context_on("2024-07-01"), NewTask("", area="3"), [f"Việc {n}" for n in range(7)])
    monkeypatch.setattr(grouping, "CHUNK", 3)
    rows = source(db, day(20)).rows()
    assert [len(some) for some in rows.chunks()] == [3, 3, 1]
    assert len(rows) == 7
    first = [*rows]
    assert [task for some in rows.chunks() for task in some] == first == [*rows]
    said(context_on, "2024-07-02", "2", "done")
    opened(context_on, "2024-07-02")
    assert len(rows) == 7
    assert [task.label for task in rows if task.status is Status.DONE] == ["2"], (
        "which they are is kept, not what they are"
    )


def test_rows_are_not_asked_for_before_they_are_needed(db: SQLite) -> None:
    asked_for: list[str] = []

    def find() -> list[str]:
        asked_for.append("once")
        return []

    rows = TaskRows(source(db, day(1)), lambda: find)
    assert asked_for == []
    assert (len(rows), [*rows], [*rows.chunks()]) == (0, [], [])
    assert asked_for == ["once"]


# --- narrowed ---


def test_conditions_and_filters_narrow_one_another_whatever_their_parameters(
    db: SQLite, context_on: OpenContext
) -> None:
    for area, lead in (("2", "ubdt"), ("3", "ubdt"), ("3", "hlhpn"), ("3", "ubdt")):
        opened(context_on, "2024-07-01", area=area, lead=(lead,))
    said(context_on, "2024-07-02", "4", "done")
    every = source(db, day(5))
    led = every.passing(Filter((Term("lead", "", ("ubdt",)),)))
    assert labels(led.rows()) == ["1", "2", "4"]
    of_area = led.passing(Filter((Term("area", "", ("ND3",)),)))
    assert labels(of_area.rows()) == ["2", "4"]
    assert labels(of_area.where("t.status = :status", {"status": "done"}).rows()) == ["4"]
    assert labels(of_area.where("t.status = :status", {"status": "done"}).where(OPEN).rows()) == []
    assert labels(every.where("(t.area = 'ND2' OR t.number = 3)").passing(Filter()).rows()) == ["1", "3"]
    assert every.passing(Filter()) is every
    assert labels(every.rows()) == ["1", "2", "3", "4"], "a narrowed one is another one"
