"""What is derived says what the facts say, after whatever was done; made again, it is the same to the letter."""

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from plantrack.model.history import END_OF_TIME, Assignment, Deadline, Facts, StateChange
from plantrack.model.status import OPEN, Role
from plantrack.model.withdrawal import withdrawn
from plantrack.services.context import AsOf, ContextRequest, open_context
from plantrack.services.verbs.undo import undo
from plantrack.services.verbs.update import update
from plantrack.services.writing.status_updates import TypedUpdate
from plantrack.store import derived_rows
from plantrack.store.commands import withdrawals
from plantrack.store.connection import Params
from plantrack.store.derived_rows import Derived, HolderRow, PastRow, derived, rebuild, write_derived
from plantrack.store.sqlite.connection import SQLite
from plantrack.store.task_rows import with_fields
from plantrack.store.tasks import own_row
from tests.conftest import Hands
from tests.store.test_task_rows import ROW
from tests.support.derived import all_derived
from tests.support.oracle import tasks_on, withdrawn_commands
from tests.support.random_work import COMMANDS, Do, day, worked
from tests.support.steps import PLAN, OpenContext, opened, said

WORK = st.lists(COMMANDS, min_size=4, max_size=16)
#: After every moment: what is known then is folded from the facts.


@given(WORK)
def test_made_again_it_is_what_was_written(made_once: Path, work: list[Do]) -> None:
    db = worked(made_once / "plantrack.db", work).db
    written = all_derived(db)
    for table in ("withdrawn_command", "task_past", "holder"):
        db.execute(f"DELETE FROM {table}")
    db.execute(
        "UPDATE task SET counted = 1, is_open = 0, status = 'paused', settled_on = '2001-01-01', title_key = ''"
    )
    rebuild(db)
    assert all_derived(db) == written


@given(WORK)
def test_it_says_of_each_day_what_the_facts_say(made_once: Path, work: list[Do]) -> None:
    db = worked(made_once / "plantrack.db", work).db
    assert withdrawn_commands(db) == withdrawn(withdrawals(db))
    state = ", ".join(f"x.{name}" for name in PastRow._fields[3:])
    for on in (*map(day, range(-1, 14)), END_OF_TIME):
        facts = sorted(tasks_on(db, PLAN, AsOf(on)))
        kept = db.query(
            f"SELECT x.uid, {state} FROM task AS x WHERE x.counted = 1 AND x.settled_on <= :day "
            f"UNION ALL SELECT x.task, {state} FROM task_past AS x JOIN task AS t ON t.uid = x.task "
            "WHERE t.counted = 1 AND x.first_day <= :day AND x.last_day >= :day ORDER BY 1",
            {"day": on},
        )
        assert kept == [(t.uid, *(getattr(t, name) for name in PastRow._fields[3:])) for t in facts]
        held = db.query(
            "SELECT h.task, h.role, h.party FROM holder AS h JOIN task AS t ON t.uid = h.task WHERE t.counted = 1 "
            "AND h.first_day <= :day AND h.last_day >= :day AND h.role NOT IN ('place', 'tag')",
            {"day": on},
        )
        roles = [(t.uid, role.value, party) for t in facts for role in Role for party in getattr(t, role)]
        assert sorted(held) == sorted(roles)


@given(WORK)
def test_what_is_open_counts_and_has_an_open_status(made_once: Path, work: list[Do]) -> None:
    rows = worked(made_once / "plantrack.db", work).db.query("SELECT is_open, counted, status FROM task")
    assert [is_open for is_open, _, _ in rows] == [counted * (status in OPEN) for _, counted, status in rows]


def test_all_that_is_kept_of_a_task() -> None:
    row = with_fields(ROW, {"places": "Xã-1, xã 1, Xã 2", "tags": "gấp"})
    moment = "2024-07-06T01:00:00.000Z"
    facts = Facts(
        [StateChange("u", "C5", "2024-07-20", moment, "in_progress", 30)],
        [Deadline("d", "C5", "u", None, moment, "2024-07-30")],
        [
            Assignment("a", "C5", "u", Role.LEAD, "ubdt", None, moment),
            Assignment("b", "C5", "u", Role.LEAD, "ubdt", "2024-07-25", moment, holds=False),
        ],
        [],
    )
    kept = derived(row, facts, {})
    assert (kept.row.status, kept.row.percent, kept.row.due) == ("in_progress", 30, "2024-07-30")
    assert (kept.row.settled_on, kept.row.lead, kept.row.counted, kept.row.is_open) == (
        "2024-07-20",
        "",
        1,
        1,
    )
    assert [(p.first_day, p.last_day, p.status, p.due) for p in kept.past] == [
        ("2024-07-02", "2024-07-19", "not_started", "2024-07-30")
    ]
    assert kept.holders == (
        HolderRow("u", "lead", "ubdt", "2024-07-02", "2024-07-24"),
        HolderRow("u", "place", "xa 1", "2024-07-02", END_OF_TIME),
        HolderRow("u", "place", "xa 2", "2024-07-02", END_OF_TIME),
        HolderRow("u", "tag", "gap", "2024-07-02", END_OF_TIME),
    )
    gone = derived(row, facts, {"C3": 6}).row
    assert (gone.counted, gone.is_open, gone.status) == (0, 0, "in_progress")


class Writing(SQLite):
    """Counts the rows that are written, by the first words of a statement."""

    def __init__(self, db: SQLite) -> None:
        super().__init__(db.driver, db.path)
        self.rows: Counter[str] = Counter()

    def execute(self, sql: str, params: Params | None = None) -> None:
        before = self.driver.total_changes
        super().execute(sql, params)
        self._count(sql, before)

    def executemany(self, sql: str, rows: Iterable[Params]) -> None:
        before = self.driver.total_changes
        super().executemany(sql, rows)
        self._count(sql, before)

    def _count(self, sql: str, before: int) -> None:
        if table := re.match(r"(INSERT INTO|DELETE FROM) (task_past|holder)", sql):
            self.rows[table[0]] += self.driver.total_changes - before


def test_only_what_became_otherwise_is_written(context_on: OpenContext, db: SQLite, clock: Hands) -> None:
    opened(context_on, "2024-07-01", lead=("ubdt",), in_charge=("An",), tags=("gấp",))
    for n in range(2, 9):
        said(context_on, f"2024-07-0{n}", "1", percent=str(n))
    writing = Writing(db)
    clock.set("2024-07-10")
    context = open_context(writing, ContextRequest(author="Người thử"), clock)
    update(context, ["1"], TypedUpdate(percent="90"))
    assert writing.rows == {"INSERT INTO task_past": 1}
    undo(context, None)
    assert writing.rows == {"INSERT INTO task_past": 1, "DELETE FROM task_past": 1}


def test_a_row_that_is_there_already_takes_the_new_values(context_on: OpenContext, db: SQLite) -> None:
    opened(context_on, "2024-07-01", lead=("ubdt",))
    ((task,),) = db.query("SELECT task FROM holder")
    write_derived(
        db,
        [],
        [Derived(own_row(db, task), (), (HolderRow(task, "lead", "ubdt", "2024-07-01", "2024-07-02"),))],
    )
    assert db.query("SELECT last_day FROM holder") == [("2024-07-02",)]


def test_any_number_of_tasks_is_made_again_a_part_at_a_time(context_on: OpenContext, db: SQLite) -> None:
    for n in range(5):
        opened(context_on, "2024-07-01", f"Việc {n}", lead=("ubdt",))
    written, at_once = all_derived(db), derived_rows._AT_ONCE
    try:
        derived_rows._AT_ONCE = 2
        rebuild(db)
    finally:
        derived_rows._AT_ONCE = at_once
    assert all_derived(db) == written
