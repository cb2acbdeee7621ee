"""Facts may only be added, but for two cases."""

import pytest

from plantrack.store.schema import identity
from plantrack.store.schema.guards import APPEND_ONLY, unguarded
from plantrack.store.sqlite.connection import SQLite


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_facts_are_guarded_unless_told_otherwise(db: SQLite, table: str) -> None:
    before = identity.schema_hash(db)
    with db.atomic(), unguarded(db, table):
        db.execute(f"DELETE FROM {table} WHERE 1 = 0")
    assert identity.schema_hash(db) == before


def test_outside_of_it_the_engine_refuses(db: SQLite) -> None:
    for change in ("DELETE FROM command", "UPDATE command SET verb = 'x'"):
        with pytest.raises(db.broken_condition, match="append-only"):
            db.execute(change)
