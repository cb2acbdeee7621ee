"""What the store asks of SQLite while the program runs: every statement in order, with its values and its answer."""

import contextlib
import sqlite3
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Any, Literal, NamedTuple

import pytest

from plantrack.store import connection
from plantrack.store.connection import Params, Row
from plantrack.store.sealing import seals
from plantrack.store.sqlite.connection import SQLite

STORE = Path(connection.__file__).parent
_FOR_OTHERS = tuple(
    function.__code__
    for function in (
        *(connection.insert, connection.insert_many),
        *(seals.add_facts, seals.add_fact_rows, seals.insert_apart),
        *(SQLite.ask, SQLite.load),
    )
)


class Place(NamedTuple):
    """Where a statement comes from: a file below the store's folder, and a line in it."""

    file: str
    line: int


class Statement(NamedTuple):
    """A statement, or the end of a transaction or of a connection that no statement says."""

    how: Literal["query", "execute", "executemany", "rollback", "close"]
    #: Which connection, counted from the first, and to which file.
    connection: int
    database: Path
    sql: str = ""
    #: The values by name; of `executemany` those of each row, by name or by place.
    values: tuple[Params, ...] = ()
    #: What a query was answered.
    rows: tuple[Row, ...] = ()
    #: The lines of the store that it comes from, the one that asked it first.
    places: tuple[Place, ...] = ()


class Recording:
    """All that was asked, in order."""

    def __init__(self) -> None:
        self.statements: list[Statement] = []
        self._numbers: dict[SQLite, int] = {}

    def listen(self, patch: pytest.MonkeyPatch) -> None:
        """Record all that is asked from here on."""
        query, execute, executemany = SQLite.query, SQLite.execute, SQLite.executemany
        atomic, close, stream = SQLite.atomic, SQLite.close, SQLite.stream

        def stream_too(db: SQLite, sql: str, params: Any = None) -> Iterator[Row]:
            places = _places()
            rows = list(stream(db, sql, params))
            self._add(db, Statement("query", 0, db.path, sql, (params or {},), tuple(rows), places))
            return iter(rows)

        def query_too(db: SQLite, sql: str, params: Any = None) -> list[Row]:
            rows = query(db, sql, params)
            self._add(db, Statement("query", 0, db.path, sql, (params or {},), tuple(rows), _places()))
            return rows

        def execute_too(db: SQLite, sql: str, params: Any = None) -> None:
            execute(db, sql, params)
            self._add(db, Statement("execute", 0, db.path, sql, (params or {},), (), _places()))

        def executemany_too(db: SQLite, sql: str, rows: Any) -> None:
            values = tuple(rows)
            executemany(db, sql, values)
            self._add(db, Statement("executemany", 0, db.path, sql, values, (), _places()))

        @contextlib.contextmanager
        def atomic_too(db: SQLite, **given: bool) -> Iterator[None]:
            inside = db.driver.in_transaction
            try:
                with atomic(db, **given):
                    yield
            except BaseException:
                if not inside:
                    self._add(db, Statement("rollback", 0, db.path))
                raise

        def close_too(db: SQLite) -> None:
            close(db)
            self._add(db, Statement("close", 0, db.path))

        for method, name in (
            (query_too, "query"), (execute_too, "execute"), (executemany_too, "executemany"),
            (atomic_too, "atomic"), (close_too, "close"), (stream_too, "stream"),
        ):  # fmt: skip
            patch.setattr(SQLite, name, method)

    def _add(self, db: SQLite, statement: Statement) -> None:
        number = self._numbers.setdefault(db, len(self._numbers))
        self.statements.append(statement._replace(connection=number, database=db.path.resolve()))


def _places() -> tuple[Place, ...]:
    """Return the lines of the store on the way to here; what asks for others is left out."""
    found = []
    frame: FrameType | None = sys._getframe(2)
    while frame is not None:
        file = _in_store(frame.f_code.co_filename)
        if file is not None and frame.f_code not in _FOR_OTHERS:
            found.append(Place(file, frame.f_lineno))
        frame = frame.f_back
    return tuple(found)


@cache
def _in_store(name: str) -> str | None:
    """Return where a file is below the store's folder; asked of every frame of every statement."""
    file = Path(name)
    return str(file.relative_to(STORE)) if file.is_relative_to(STORE) else None


def contents(database: Path) -> dict[str, list[str]]:
    """Return all that each table and view of a file holds, in no order of its own."""
    with contextlib.closing(sqlite3.connect(database)) as driver:
        names = driver.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')").fetchall()
        return {name: sorted(map(repr, driver.execute(f"SELECT * FROM {name}"))) for (name,) in names}
