"""Tasks in memory are what the store reads one by one, before and with what is added."""

import pytest

from plantrack.model.history import StateChange
from plantrack.model.status import Role, Status
from plantrack.services.context import AsOf
from plantrack.services.verbs.assign import Roles, assign
from plantrack.services.verbs.edit import extend, remove
from plantrack.services.verbs.undo import undo
from plantrack.services.writing.loaded_tasks import LoadedTasks
from plantrack.store import tasks
from plantrack.store.sqlite.connection import SQLite
from tests.support.oracle import stood, task_on
from tests.support.steps import PLAN, OpenContext, opened, said

DAYS = ("2024-07-01", "2024-07-05", "2024-07-10", "2024-08-01")


@pytest.fixture
def uids(context_on: OpenContext, db: SQLite) -> list[str]:
    """Open four tasks: one that much was said of, one withdrawn, one removed, one of which nothing is known."""
    for n in range(4):
        opened(context_on, DAYS[0], f"Việc {n}", lead=("ubdt",), due="2024-07-20")
    said(context_on, DAYS[1], "1", percent="40", blocked="kẹt")
    assign(context_on(DAYS[1]), ["1"], Roles(coordinating=("hlhpn",), in_charge=("An",)))
    extend(context_on(DAYS[2]), ["1"], "2024-07-31", "chờ")
    said(context_on, DAYS[2], "1", "done")
    undo(context_on(DAYS[2]), "c3")
    remove(context_on(DAYS[2]), ["3"], "nhầm")
    return [uid for (_, uid) in sorted((row[1], row[0]) for row in db.query("SELECT uid, number FROM task"))]


def test_they_stand_as_the_store_says(context_on: OpenContext, db: SQLite, uids: list[str]) -> None:
    there = LoadedTasks(db)
    there.load(uids)
    for day in DAYS:
        read = [task_on(db, uid, AsOf(day)) for uid in uids]
        assert there.tasks_on(uids, day) == [task for task in read if task is not None]
    assert [each.row.counted for each in there.derived(uids)] == [1, 0, 0, 1]


def test_what_is_kept_is_what_the_store_keeps(db: SQLite, uids: list[str]) -> None:
    there = LoadedTasks(db)
    assert [each.row for each in there.derived(uids)] == [tasks.own_row(db, uid) for uid in uids]


def test_what_is_added_counts_now_and_not_before(db: SQLite, uids: list[str]) -> None:
    there = LoadedTasks(db)
    there.add(uids[3], StateChange(uids[3], "c", DAYS[1], "2024-08-01T00:00:00.000Z", Status.PAUSED))
    assert there.work(uids[3], DAYS[2]).status is Status.NOT_STARTED
    assert [t.status for t in there.tasks_on(uids[3:], DAYS[2])] == [Status.PAUSED]
    assert there.holds(uids[3], Role.LEAD, "ubdt", None)


def test_they_are_those_of_the_plan(db: SQLite, uids: list[str]) -> None:
    there = LoadedTasks(db)
    assert sorted(there.tasks_on(uids, DAYS[3])) == sorted(stood(db, PLAN, AsOf(DAYS[3])))
