"""What every engine does alike: rows are added many at a time, and a database that went elsewhere is only read."""

import json
from contextlib import closing
from pathlib import Path

import pytest

from plantrack.errors import Failure
from plantrack.store import stats
from plantrack.store.connection import insert
from plantrack.store.sqlite.connection import SQLite, connect


def test_rows_of_a_key_that_is_there_take_the_new_values(db: SQLite) -> None:
    insert(db, "counter", [{"name": "a", "used": 1}, {"name": "b", "used": 2}], key="name")
    insert(db, "counter", [{"name": "b", "used": 5}], key="name", where="counter.used < 3")
    insert(db, "counter", [{"name": "b", "used": 9}], key="name", where="counter.used < 3")
    insert(db, "counter", [], key="name")
    asked = "SELECT used FROM counter WHERE name IN ('a', 'b') ORDER BY name"
    assert db.query(asked) == [(1,), (5,)]


def test_a_file_that_was_moved_after_it_was_opened_is_not_written(workspace: Path) -> None:
    file = workspace / "plantrack.db"
    with closing(connect(file)) as there, closing(connect(file)) as other:
        with other.atomic():
            stats.put_told(other, "moved", to="b.db", moment="2024-07-01T08:00:00.000Z", by="An")
        with pytest.raises(Failure) as caught, there.atomic():
            raise AssertionError("nothing is written")
        assert (caught.value.code, there.told.moved) == ("database-moved", "")
        with there.atomic(moved=True):
            stats.put(there, "example", "1")


def test_a_database_that_was_moved_is_read_and_not_written(db: SQLite, workspace: Path) -> None:
    with db.atomic():
        stats.put_told(db, "moved", to="postgresql://may/kh", moment="2024-07-01T08:00:00.000Z", by="An")
    there = connect(workspace / "plantrack.db")
    try:
        assert json.loads(there.told.moved)["by"] == "An"
        assert there.query("SELECT COUNT(*) FROM command")[0][0] > 0
        with pytest.raises(Failure) as caught, there.atomic():
            raise AssertionError("nothing is written")
        params = {"file": there.name, "to": "postgresql://may/kh", "day": "2024-07-01"}
        assert (caught.value.code, caught.value.params) == ("database-moved", params)
    finally:
        there.close()
