"""Two databases beside each other: where their histories part, what one lacks, and which numbers were given."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from plantrack.store.exchange.restorations import (
    LastGiven,
    last_given,
    lost_commands,
    parted_after,
    touched_tasks,
)
from plantrack.store.sqlite.connection import SQLite, connect
from tests.support.steps import OpenContext, opened


@pytest.fixture
def earlier(db: SQLite, workspace: Path, context_on: OpenContext) -> Iterator[SQLite]:
    """A copy with one task less."""
    opened(context_on, "2024-07-01")
    shutil.copy(workspace / "plantrack.db", workspace / "x.db")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(workspace / "plantrack.db", workspace / "x.db")
    opened(context_on, "2024-07-02")
    with closing(connect(workspace / "x.db")) as copy:
        yield copy


def test_a_beginning_parts_nowhere_and_lacks_the_end(db: SQLite, earlier: SQLite) -> None:
    assert [parted_after(*two, by_seals=True) for two in ((db, earlier), (earlier, db), (db, db))] == [
        None
    ] * 3
    assert [c.label for c in lost_commands(db, earlier)] == ["c3"]
    assert lost_commands(earlier, db) == []


def test_the_tasks_that_commands_touched(db: SQLite, earlier: SQLite) -> None:
    tasks = [row[0] for row in db.query("SELECT uid FROM task ORDER BY number")]
    opening = [row[0] for row in db.query("SELECT uid FROM command ORDER BY number")][1:]
    assert touched_tasks(db, opening) == {opening[0]: [tasks[0]], opening[1]: [tasks[1]]}
    assert touched_tasks(db, []) == {}


def test_they_part_where_a_command_or_its_seal_is_another_one(db: SQLite, earlier: SQLite) -> None:
    earlier.execute("DROP TRIGGER seal_no_update")
    earlier.execute(
        "UPDATE seal SET hash = :hash WHERE command = (SELECT c.uid FROM command AS c WHERE c.number = 2)",
        {"hash": "0" * 64},
    )
    assert parted_after(db, earlier, by_seals=True) == 1
    assert parted_after(db, earlier, by_seals=False) is None


def test_numbers_were_given_that_nothing_stands_under(db: SQLite, earlier: SQLite) -> None:
    assert (last_given(db), last_given(earlier)) == (LastGiven(3, 2), LastGiven(2, 1))
    earlier.execute("UPDATE counter SET used = 9 WHERE name = 'task'")
    assert last_given(earlier) == LastGiven(2, 9)
    assert last_given(db).at_least(last_given(earlier)) == LastGiven(3, 9)
