"""The scripts of upgrades."""

import sqlite3

import pytest

from plantrack.store.schema.guards import guards
from plantrack.store.sqlite.upgrades import scripts


@pytest.mark.parametrize("script", [scripts.TO_2, scripts.TO_3, scripts.TO_6])
def test_a_script_is_of_whole_statements(script: str) -> None:
    assert sqlite3.complete_statement(script)


def test_a_guarded_table_takes_rows_and_nothing_else() -> None:
    db = sqlite3.connect(":memory:")
    db.executescript("CREATE TABLE fact (a); INSERT INTO fact VALUES (1);" + guards("fact"))
    for statement in ("UPDATE fact SET a = 2", "DELETE FROM fact"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            db.execute(statement)
    db.close()
