"""Databases on the tests' own server, with the tables of the program."""

import contextlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
import pytest

from plantrack.errors import Failure
from plantrack.model.typed.database_address import DatabaseAddress
from plantrack.store.connection import TIMEOUT_SECONDS
from plantrack.store.postgres import connection
from plantrack.store.postgres.connection import Postgres, connect_server
from plantrack.store.postgres.dialling import dial
from plantrack.store.postgres.tables import create_schema
from plantrack.store.sqlite.connection import connect
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


class FilledAgain:
    """A database that one test after the other has, with the rows of a file, by one connection.

    To put the rows back takes 5 ms; a database for each test would take 150, and a connection 25.
    """

    def __init__(self, server: PostgresServer, file: Path) -> None:
        self._server, self._file = server, file
        self._made = contextlib.ExitStack()
        self._make()

    def _make(self) -> None:
        self._made.close()
        self.address = self._made.enter_context(database_with_tables(self._server))
        self._driver = dial(self.address, TIMEOUT_SECONDS)
        self._made.callback(self._driver.close)
        with self.opened(again=False) as db:
            fill(db, self._file)
            tables = db.tables()
            self._parts = _parts(db)
            db.execute("CREATE SCHEMA kept")
            for table in tables:
                db.execute(f"CREATE TABLE kept.{table} AS TABLE public.{table}")
            rows = "; ".join(
                f"DELETE FROM public.{t}; INSERT INTO public.{t} SELECT * FROM kept.{t}" for t in tables
            )
            unheard = "SET LOCAL session_replication_role = replica"  # by triggers, those of keys too
            db.execute(
                f"CREATE PROCEDURE kept.again() LANGUAGE plpgsql AS $$ BEGIN {unheard}; {rows}; END $$"
            )

    @contextlib.contextmanager
    def opened(self, *, again: bool = True) -> Iterator[Postgres]:
        """Open it as it was first filled; whoever connects to it meanwhile has a connection of its own."""
        if again:
            try:
                self._driver.execute("RESET ALL")
                self._driver.execute("CALL kept.again()")
            except (
                psycopg.Error
            ):  # a test before ended all lines to the server, or left this one in the midst
                self._make()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(connection, "dial", lambda *_: self._driver)
            db = connect_server(self.address)
        yield db
        if not again:
            db._waiting.close()
        else:
            db._roll_back(Exception())
            is_as_made = not db.driver.closed and _parts(db) == self._parts
            with contextlib.suppress(psycopg.Error):  # the next one has the line as it was
                db._waiting.close()
            if not is_as_made:
                self._make()

    def close(self) -> None:
        """Drop it."""
        self._made.close()


#: What a test may have changed that is no row.
_PARTS = (
    "SELECT (SELECT COUNT(*) FROM pg_catalog.pg_class WHERE relnamespace = 'public'::regnamespace) AS tables, "
    "(SELECT COUNT(*) FROM pg_catalog.pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O') AS triggers"
)


def _parts(db: Postgres) -> Any:
    with db.one_by_one() as driver:
        return driver.execute(_PARTS).fetchall()


def fill(db: Postgres, file: Path) -> None:
    """Put the rows of a file into a database of empty tables; what it is and of which version stays."""
    tables = {*db.tables()} - {"meta"}
    with contextlib.closing(connect(file)) as source, db.one_by_one() as driver, driver.transaction():
        driver.execute("SET LOCAL session_replication_role = replica")
        for table in tables:
            names = ", ".join(column.name for column in source.columns(table))
            driver.execute(f"DELETE FROM {table}")
            with driver.cursor().copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in source.query(f"SELECT {names} FROM {table}"):
                    copy.write_row(row)


def end_line(db: Postgres) -> None:
    """Let the server end this very connection."""
    with contextlib.suppress(Failure):
        db.query("SELECT pg_terminate_backend(pg_backend_pid())")
