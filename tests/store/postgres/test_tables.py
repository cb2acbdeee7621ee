"""What is made on a server: every table of the schema, and guards that let facts only grow."""

import contextlib
from collections.abc import Iterator

import psycopg
import pytest

from plantrack.store.connection import SCHEMA_VERSION
from plantrack.store.postgres.connection import Postgres, connect_server
from plantrack.store.postgres.tables import statements
from plantrack.store.schema.guards import APPEND_ONLY
from plantrack.store.schema.text import made_names
from tests.support.postgres import database_with_tables
from tests.support.postgres_server import PostgresServer


@pytest.fixture(scope="module")
def made(postgres_server: PostgresServer) -> Iterator[Postgres]:
    with (
        database_with_tables(postgres_server) as address,
        contextlib.closing(connect_server(address)) as db,
    ):
        yield db


def test_each_statement_is_one() -> None:
    for sql in statements():
        assert sql == sql.strip(), sql
        assert not sql.endswith(";"), sql


def test_all_that_the_schema_names_is_there(made: Postgres) -> None:
    there = {r[0] for r in made.query("SELECT relname FROM pg_class WHERE relkind IN ('r', 'i', 'v')")}
    assert made_names() <= there
    assert made.query("SELECT value FROM meta WHERE name = 'version'") == [(str(SCHEMA_VERSION),)]


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_facts_only_grow(made: Postgres, table: str) -> None:
    with pytest.raises(psycopg.errors.RestrictViolation, match=f"{table} is append-only"):
        made.execute(f"TRUNCATE {table} CASCADE")
    guards = made.query(
        "SELECT tgtype FROM pg_trigger WHERE tgrelid = CAST(:t AS regclass) AND NOT tgisinternal",
        {"t": table},
    )
    assert len(guards) == 2
