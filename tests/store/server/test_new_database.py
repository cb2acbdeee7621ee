"""The tables of a new database on a server are made with what is written into them, or not at all."""

import contextlib

from plantrack.model.typed.database_address import DatabaseAddress
from plantrack.store import stats
from plantrack.store.server.new_database import open_new, tables_made
from tests.support.postgres_server import PostgresServer


def test_tables_are_made_with_what_is_written_or_not_at_all(postgres_server: PostgresServer) -> None:
    with postgres_server.database() as text:
        for fails, was_new in ((True, True), (False, True), (False, False)):
            db, is_new = open_new(DatabaseAddress(text))
            with contextlib.closing(db):
                assert is_new == was_new
                if is_new:
                    with contextlib.suppress(ZeroDivisionError), tables_made(db):
                        stats.put(db, "example", str(1 // (not fails)))
                else:
                    assert stats.get(db, "example") == "1"
