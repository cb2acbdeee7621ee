"""A recording played on PostgreSQL: the same statements with the same values, and what is answered otherwise."""

import contextlib
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from plantrack.store.postgres.connection import Postgres
from plantrack.store.postgres.spelling import spelled
from plantrack.store.schema.guards import APPEND_ONLY
from plantrack.store.sqlite.connection import SQLite
from tests.support.postgres import MODEL, make_model
from tests.support.postgres_server import PostgresServer
from tests.support.recorded import Statement

#: What PostgreSQL calls the words of a connection; how a transaction begins, and whether keys of others are looked at.
WORDS = {f"{SQLite.shared}.": "public.", f"{SQLite.own}.": f"{Postgres.own}."}
OWN_WORDS = {
    "BEGIN IMMEDIATE": "BEGIN",
    "BEGIN": "BEGIN ISOLATION LEVEL REPEATABLE READ",
    "COMMIT": "COMMIT",
    "PRAGMA foreign_keys = OFF": "SET session_replication_role = replica",
    "PRAGMA foreign_keys = ON": "SET session_replication_role = origin",
}


def in_its_words(sql: str) -> str:
    """Return a statement in PostgreSQL's words."""
    return re.sub(r"\b(?:main|temp)\.(?=\w)", lambda found: WORDS[found[0]], sql)


def is_ordered(sql: str) -> bool:
    """Return whether the rows of a question come in an order: its own, not one of a question in it."""
    bare = re.sub(r"'[^']*'", "", sql)
    while (inner := re.sub(r"\([^()]*\)", "", bare)) != bare:
        bare = inner
    return "ORDER BY" in bare


class Server:
    """Databases of this test's own on a server, one for each file."""

    def __init__(self, server: PostgresServer) -> None:
        make_model(server)
        self._address = server.address()
        self._names: dict[Path, str] = {}
        self._open: dict[int, Any] = {}
        self._admin = self._connect()

    def _connect(self, **options: Any) -> Any:
        import psycopg

        return psycopg.connect(self._address, autocommit=True, **options)

    def connection(self, number: int, database: Path) -> Any:
        """Return the connection of a number to the database of a file; both are made when they are first asked for."""
        if number not in self._open:
            self._open[number] = self._connect(
                dbname=self._database(database), options="-c lock_timeout=20s -c client_min_messages=warning"
            )
        return self._open[number]

    def _database(self, file: Path) -> str:
        if file not in self._names:
            name = f"portable_{os.getpid()}_{len(self._names)}"
            self._admin.execute(f"DROP DATABASE IF EXISTS {name}")
            self._admin.execute(f"CREATE DATABASE {name} TEMPLATE {MODEL}")
            self._names[file] = name
            with contextlib.closing(self._connect(dbname=name)) as made:
                # What it is tells its own id; only a server has counters before anything is counted; and what keeps
                # facts from change is lifted in each engine's own words.
                made.execute("DELETE FROM meta")
                made.execute("DELETE FROM counter")
                for table in APPEND_ONLY:
                    made.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        return self._names[file]

    def end(self, number: int) -> None:
        """Close a connection, and with it whatever it had begun."""
        if number in self._open:
            self._open.pop(number).close()

    def contents(self, database: Path) -> dict[str, list[str]]:
        """Return all that each table and view of a file's database holds, in no order of its own."""
        with contextlib.closing(self._connect(dbname=self._database(database))) as made:
            asked = "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
            names = [name for (name,) in made.execute(asked)]
            return {name: sorted(map(repr, made.execute(f"SELECT * FROM {name}"))) for name in names}

    def close(self) -> None:
        """Drop all that was made."""
        for number in list(self._open):
            self.end(number)
        for name in self._names.values():
            self._admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
        self._admin.close()


def differences(server: Server, statements: Iterable[Statement]) -> Iterator[str]:
    """Play statements, and say once of each text that is refused or answered otherwise what it is.

    What follows a refused one in its transaction is not asked; that and what comes later may differ for want of it.
    """
    said = set()
    for statement in statements:
        if (difference := _difference(server, statement)) and statement.sql not in said:
            said.add(statement.sql)
            yield difference


def _difference(server: Server, statement: Statement) -> str:
    import psycopg

    try:
        answer = _play(server, statement)
    except psycopg.errors.InFailedSqlTransaction:
        return ""
    except psycopg.Error as error:
        return _said(statement, f"{type(error).__name__}: {error}")
    asked, given = list(map(repr, statement.rows)), list(map(repr, answer))
    if not is_ordered(statement.sql):
        asked, given = sorted(asked), sorted(given)
    if asked == given:
        return ""
    return _said(statement, f"SQLite: {_short(asked, given)}\nPostgreSQL: {_short(given, asked)}")


def _play(server: Server, statement: Statement) -> list[Any]:
    if statement.how == "close":
        server.end(statement.connection)
        return []
    connection = server.connection(statement.connection, statement.database)
    sql = OWN_WORDS.get(statement.sql)
    if sql or statement.how == "rollback":
        connection.execute(sql or "ROLLBACK")
        return []
    sql = spelled(in_its_words(statement.sql))
    if statement.how == "executemany":
        connection.cursor().executemany(sql, statement.values)
        return []
    cursor = connection.execute(sql, statement.values[0], prepare=True)
    return list(cursor.fetchall()) if statement.how == "query" else []


def _said(statement: Statement, what: str) -> str:
    where = f"{statement.places[0].file}:{statement.places[0].line}" if statement.places else "nowhere"
    values = str(statement.values[0])[:300] if statement.values else ""
    return f"{where}: {statement.sql}\n{values}\n{what}"


def _short(rows: Sequence[str], others: Sequence[str]) -> str:
    return f"{len(rows)} rows, " + ", ".join([row for row in rows if row not in others][:5] or rows[:5])
