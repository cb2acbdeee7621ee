"""A database on a server that is filled has what every one has: keys, indexes, guards and rights."""

from contextlib import closing

import pytest

from plantrack.errors import Failure
from plantrack.model.typed.database_address import DatabaseAddress
from plantrack.store import stats
from plantrack.store.postgres.bulk_load import bulk_load, open_to_fill
from plantrack.store.postgres.connection import connect_server
from plantrack.store.postgres.parts import ask_parts, missing_parts
from plantrack.store.schema import identity
from tests.support.postgres import database_with_tables
from tests.support.postgres_server import PostgresServer


def test_all_is_there_at_the_end(postgres_server: PostgresServer) -> None:
    with postgres_server.database() as address:
        with closing(open_to_fill(DatabaseAddress(address))) as db, bulk_load(db):
            assert "task_open" in missing_parts(db)
        with closing(connect_server(DatabaseAddress(address))) as made:
            assert missing_parts(made) == {}
            assert stats.get(made, "schema") == identity.schema_hash(made)
            with database_with_tables(postgres_server) as other, closing(connect_server(other)) as meant:
                assert sorted(ask_parts(made)()) == sorted(ask_parts(meant)())


def test_what_fails_leaves_nothing(postgres_server: PostgresServer) -> None:
    with postgres_server.database() as address, closing(open_to_fill(DatabaseAddress(address))) as db:
        with pytest.raises(ZeroDivisionError), bulk_load(db):
            raise ZeroDivisionError
        assert db.tables() == []


def test_one_in_which_somebody_is_at_work_is_not_waited_for_without_end(
    postgres_server: PostgresServer,
) -> None:
    with (
        database_with_tables(postgres_server) as address,
        closing(connect_server(address)) as other,
        closing(open_to_fill(address)) as db,
        other.atomic(),
    ):
        other.query("SELECT 1")
        db.timeout = 0.1
        with pytest.raises(Failure) as caught, bulk_load(db):
            raise AssertionError("nothing is filled")
        assert caught.value.code == "database-locked"
