"""A look that waits for nobody: what a shell asks while somebody types."""

import pytest

from plantrack.errors import Failure
from plantrack.model.typed.database_address import DatabaseAddress
from plantrack.store.opening import glance
from tests.support.postgres import database_with_tables
from tests.support.postgres_server import PostgresServer, free_port
from tests.support.steps import refused


def test_what_does_not_answer_soon_is_left(postgres_server: PostgresServer) -> None:
    with database_with_tables(postgres_server) as address:
        db = glance(address)
        assert db.query("SELECT COUNT(*) AS n FROM task") == [(0,)]
        with pytest.raises(Failure):
            db.query("SELECT pg_sleep(9) AS slept")
        db.close()


def test_where_nobody_answers_it_fails() -> None:
    with refused("server-unreachable"):
        glance(DatabaseAddress(f"postgresql://an@127.0.0.1:{free_port()}/x")).query("SELECT 1 AS one")
