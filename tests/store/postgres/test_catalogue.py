"""What a server says of its tables is what a file says of the same ones."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from plantrack.store.postgres.connection import Postgres, connect_server
from plantrack.store.schema.text import made_names
from plantrack.store.sqlite.connection import connect
from tests.support.postgres import database_with_tables
from tests.support.postgres_server import PostgresServer


@pytest.fixture
def made(postgres_server: PostgresServer) -> Iterator[Postgres]:
    with (
        database_with_tables(postgres_server) as address,
        contextlib.closing(connect_server(address)) as db,
    ):
        yield db


def test_columns_are_those_of_a_file(made: Postgres, made_once: Path) -> None:
    with contextlib.closing(connect(made_once / "plantrack.db")) as file:
        there = set(made.tables()) & made_names()
        assert there == set(file.tables()) & made_names()
        for table in there:
            assert made.columns(table) == file.columns(table), table
    assert made.size() > 0


def test_the_server_says_who_is_at_work_there(made: Postgres) -> None:
    place = made.server()
    assert place._replace(version="", line="") == ("", "postgres", "owner", "", "postgres", "")
    assert (place.version[:1].isdigit(), place.line) == (True, "local")
