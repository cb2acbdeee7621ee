"""Databases on the tests' own server, with the tables of the program."""

import contextlib
from collections.abc import Iterator
from functools import cache

from plantrack.model.database_address import DatabaseAddress
from plantrack.store.postgres.connection import Postgres
from plantrack.store.postgres.tables import create_schema
from tests.support.postgres_server import PostgresServer

#: The database with empty tables that others are made of.
MODEL = "model"


@cache
def make_model(server: PostgresServer) -> None:
    """Make a database with the tables of the program, once a server; others are copies of it."""
    with contextlib.closing(server.admin()) as admin:
        admin.execute(f"CREATE DATABASE {MODEL} TEMPLATE template0")
    with contextlib.closing(Postgres(DatabaseAddress(server.address(MODEL)))) as db, db.one_state():
        create_schema(db)


@contextlib.contextmanager
def database_with_tables(server: PostgresServer) -> Iterator[DatabaseAddress]:
    """Make a database with the tables of the program, which is dropped at the end."""
    make_model(server)
    with server.database(MODEL) as address:
        yield DatabaseAddress(address)
