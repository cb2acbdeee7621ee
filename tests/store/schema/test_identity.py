"""What a database is."""

import pytest

from plantrack.store import stats
from plantrack.store.schema import identity
from plantrack.store.sqlite.connection import SQLite


def test_an_id_is_given_once(db: SQLite) -> None:
    first = stats.get(db, "id")
    assert first is not None and len(first) == 8
    identity.give(db)
    assert stats.get(db, "id") == first


@pytest.mark.parametrize(
    "change",
    [
        "CREATE TRIGGER lén AFTER INSERT ON command BEGIN SELECT 1; END",
        "DROP VIEW v_task",
        "DROP INDEX task_open",
        "ALTER TABLE task ADD COLUMN khác TEXT",
    ],
)
def test_what_is_made_otherwise_has_another_hash(db: SQLite, change: str) -> None:
    before = identity.schema_hash(db)
    assert stats.get(db, "schema") == before
    db.execute(change)
    assert identity.schema_hash(db) != before
    identity.keep_schema(db)
    assert stats.get(db, "schema") == identity.schema_hash(db)


def test_what_others_put_beside_it_is_theirs(db: SQLite) -> None:
    before = identity.schema_hash(db)
    for change in (
        "CREATE TABLE của_tôi (a)",
        "CREATE INDEX của_tôi_a ON của_tôi (a)",
        "CREATE TRIGGER của_tôi_ai AFTER INSERT ON của_tôi BEGIN SELECT 1; END",
        "ANALYZE",
    ):
        db.execute(change)
    assert identity.schema_hash(db) == before
