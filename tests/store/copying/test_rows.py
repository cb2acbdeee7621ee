"""Rows carried into another database: those that name one another too, with everything that keeps them."""

from contextlib import closing
from datetime import UTC, datetime

import psycopg
import pytest

from plantrack.model.typed.database_address import DatabaseAddress
from plantrack.services.verbs.person import merge
from plantrack.store.copying.marks import elsewhere
from plantrack.store.copying.rows import copy_rows_into_server
from plantrack.store.copying.whole_tables import row_digest
from plantrack.store.opening import open_database
from plantrack.store.sqlite.connection import SQLite
from tests.support.postgres_server import PostgresServer
from tests.support.steps import OpenContext, opened

PLACE = elsewhere("x", "An", datetime(2024, 8, 1, tzinfo=UTC))


def test_rows_that_name_later_ones_of_their_table_are_carried(
    context_on: OpenContext, db: SQLite, postgres_server: PostgresServer
) -> None:
    for name in ("An", "Bình"):
        opened(context_on, "2024-07-01", in_charge=(name,), new_person=True)
    first, second = (label for (label,) in db.query("SELECT p.label FROM person AS p ORDER BY p.uid"))
    merge(context_on("2024-07-02"), first, second)
    with postgres_server.database() as address:
        carried = copy_rows_into_server(db, DatabaseAddress(address), PLACE)
        assert carried == row_digest(db)
        with closing(open_database(DatabaseAddress(address))) as copy:
            assert row_digest(copy) == carried
            with pytest.raises(psycopg.errors.RestrictViolation):
                copy.execute("DELETE FROM command")
            with pytest.raises(psycopg.errors.ForeignKeyViolation):
                copy.execute("UPDATE task SET plan = 'x'")
