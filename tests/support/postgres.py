"""Databases on the tests' own server, with the tables of the program."""

import contextlib
import sqlite3
from collections.abc import Iterator
from functools import cache
from pathlib import Path

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


def fill(address: DatabaseAddress, file: Path) -> None:
    """Put all that the database in a file holds into one with empty tables."""
    import psycopg

    with (
        contextlib.closing(sqlite3.connect(file)) as source,
        contextlib.closing(psycopg.connect(address.text)) as target,
        target.transaction(),
    ):
        target.execute("SET LOCAL session_replication_role = replica")  # in whatever order the tables come
        for (table,) in source.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            rows = source.execute(f"SELECT * FROM {table}")
            columns = [column[0] for column in rows.description]
            here = target.execute(
                "SELECT column_name FROM information_schema.columns WHERE table_name = %s", [table]
            ).fetchall()
            if here:
                marks = ", ".join(["%s"] * len(columns))
                if table != "meta":  # it tells of the version too
                    target.execute(f"DELETE FROM {table}")
                sql = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"
                target.cursor().executemany(f"{sql} ON CONFLICT DO NOTHING", rows)
