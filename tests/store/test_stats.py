"""Notes of a database: texts, and what they tell by names."""

import pytest

from plantrack.store import stats
from plantrack.store.sqlite.connection import SQLite
from tests.support.steps import refused


def test_a_note_is_kept_and_replaced(db: SQLite) -> None:
    assert stats.get(db, "x") is None
    for value in ("một", "hai"):
        stats.put(db, "x", value)
        assert stats.get(db, "x") == value


def test_what_is_told_by_names_is_read_as_it_was_put(db: SQLite) -> None:
    assert stats.get_told(db, "x") is None
    stats.put_told(db, "x", file="/tệp\udcff\n", command=3, none=None)
    assert stats.get_told(db, "x") == {"file": "/tệp\udcff\n", "command": 3, "none": None}


@pytest.mark.parametrize("note", ["", "{", "[1]", "3", '"x"', "null"])
def test_a_note_that_tells_nothing_by_names_is_damage(note: str, db: SQLite) -> None:
    stats.put(db, "x", note)
    with refused("database-damaged"):
        stats.get_told(db, "x")
