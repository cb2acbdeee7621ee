"""One connection to a database: four methods, on the standard SQLite driver."""

import contextlib
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, Protocol

from plantrack.errors import Failure
from plantrack.model.grouping import chunks
from plantrack.store.columns import look_right
from plantrack.store.sealing.unsealed import Unsealed
from plantrack.store.sqlite_file import exists, open_best, open_file, translate_errors

#: "PTRK": what makes a file a plantrack database.
APPLICATION_ID = 0x5054524B
#: The schema this program writes and reads.
SCHEMA_VERSION = 8
#: How long a command waits for another one that is writing.
TIMEOUT_SECONDS = 10.0

#: How many rows of many are read at a time.
_AT_ONCE = 1000

Row = tuple[Any, ...]
#: Values by `:name`, or by their place, `?`.
Params = Mapping[str, object] | Sequence[object]


class Connection(Protocol):
    """What the store needs of a database."""

    #: What the engine calls the place of the data that all see, and that of tables which only this connection sees.
    shared: str
    own: str
    #: The moment as known at which questions are answered, and of which tasks (none: all); None: now.
    shown: tuple[str, frozenset[str]] | None
    #: Where the data is, as it is named to people.
    path: Path
    #: The facts that the open transaction added and that are under no seal yet.
    unsealed: Unsealed

    def query(self, sql: str, params: Params | None = None) -> list[Row]:
        """Return the rows of a question."""

    def stream(self, sql: str, params: Params | None = None) -> Iterator[Row]:
        """Yield the rows of a question, which may be too many to hold."""

    def execute(self, sql: str, params: Params | None = None) -> None:
        """Run one statement."""

    def executemany(self, sql: str, rows: Iterable[Params]) -> None:
        """Run one statement for each row of values."""

    def atomic(self) -> contextlib.AbstractContextManager[None]:
        """Make all that is written inside one transaction: everything, or nothing."""

    def own_tables(self) -> contextlib.AbstractContextManager[None]:
        """Allow tables that only this connection sees, also where the data may only be read: all of them, or none."""

    def close(self) -> None:
        """Close; nothing is left beside the file."""


def insert(
    db: Connection, table: str, rows: Sequence[Mapping[str, object]], *, key: str = "", where: str = ""
) -> None:
    """Add rows that have the same columns; one that is there by the columns of `key`, and `where`, takes the new values."""
    columns = [*rows[0]] if rows else []
    insert_many(
        db, table, columns, [tuple(map(row.__getitem__, columns)) for row in rows], key=key, where=where
    )


def insert_many(
    db: Connection, table: str, columns: Sequence[str], rows: Sequence[Row], *, key: str = "", where: str = ""
) -> None:
    """Add rows as `insert` does, each with its values in the order of the columns; many in one statement."""
    new = ", ".join(f"{name} = excluded.{name}" for name in columns if name not in key.split(", "))
    else_ = f" ON CONFLICT ({key}) DO UPDATE SET {new}{where and f' WHERE {where}'}" if key else ""
    marks = f"({', '.join('?' * len(columns))})"
    for some in chunks(rows):
        values = ", ".join([marks] * len(some))
        db.execute(f"INSERT INTO {table} ({', '.join(columns)}) VALUES {values}{else_}", [*chain(*some)])


class SQLite:
    """A SQLite file; every error of the engine becomes a `Failure`."""

    shared = "main"
    own = "temp"

    def __init__(self, driver: sqlite3.Connection, path: Path, refusal: str = "") -> None:
        self.driver = driver
        self.path = path
        #: The code of every write, where the file was opened to be read only.
        self.refusal = refusal
        self.shown: tuple[str, frozenset[str]] | None = None
        self.unsealed = Unsealed()
        self.has_written = False

    def query(self, sql: str, params: Params | None = None) -> list[Row]:
        """Return the rows of a question; what does not fit the model is named (`database-damaged`)."""
        with translate_errors(self.path, self.refusal):
            names, rows = self._fetched(sql, params or ())
        if not look_right(names, rows):
            self._refuse_damage()
        return rows

    def _fetched(self, sql: str, params: Params | tuple[()]) -> tuple[tuple[str, ...], list[Row]]:
        try:
            cursor = self.driver.execute(sql, params)
            rows = cursor.fetchall()
        except sqlite3.OperationalError as error:
            if str(error).startswith("Could not decode"):  # Python's own word for text that is no UTF-8
                self._refuse_damage()
            raise
        return tuple([column[0] for column in cursor.description or ()]), rows

    def stream(self, sql: str, params: Params | None = None) -> Iterator[Row]:
        """Yield the rows of a question as they are, a part of them at a time."""
        with translate_errors(self.path, self.refusal):
            cursor = self.driver.execute(sql, params or ())
            while rows := cursor.fetchmany(_AT_ONCE):
                yield from rows

    def _refuse_damage(self) -> None:
        from plantrack.store.checks.damage import refuse_damage

        refuse_damage(self)

    def execute(self, sql: str, params: Params | None = None) -> None:
        """Run one statement."""
        with translate_errors(self.path, self.refusal):
            self.driver.execute(sql, params or ())

    def executemany(self, sql: str, rows: Iterable[Params]) -> None:
        """Run one statement for each row of values."""
        with translate_errors(self.path, self.refusal):
            self.driver.executemany(sql, rows)

    @contextlib.contextmanager
    def atomic(self) -> Iterator[None]:
        """Write all or nothing; the write lock is taken first, so what is read inside stays true.

        Inside another one it is a part of it.
        """
        if self.driver.in_transaction:
            yield
            return
        self.execute("BEGIN IMMEDIATE")
        self.unsealed.clear()
        try:
            yield
            self.execute("COMMIT")
            self.has_written = True
        except BaseException:
            if self.driver.in_transaction:
                self.driver.execute("ROLLBACK")
            raise

    @contextlib.contextmanager
    def own_tables(self) -> Iterator[None]:
        """Allow tables that only this connection sees, also where the data may only be read: all of them, or none."""
        self.execute("PRAGMA query_only = OFF")
        self.execute("SAVEPOINT own_tables")
        try:
            yield
        except BaseException:
            if self.driver.in_transaction:  # out of room, the engine may have ended it itself
                self.driver.execute("ROLLBACK TO own_tables")
            raise
        finally:
            if self.driver.in_transaction:
                self.driver.execute("RELEASE own_tables")
            if self.refusal:
                self.driver.execute("PRAGMA query_only = ON")

    @contextlib.contextmanager
    def tables_apart(self) -> Iterator[None]:
        """Let a table be renamed or dropped whatever names it; the engine cannot be told so in a transaction."""
        self.execute("PRAGMA foreign_keys = OFF")
        self.execute("PRAGMA legacy_alter_table = ON")
        try:
            yield
        finally:
            self.execute("PRAGMA foreign_keys = ON")
            self.execute("PRAGMA legacy_alter_table = OFF")

    def snapshot(self) -> None:
        """See one state of the data in all questions until the end, whoever writes meanwhile."""
        self.execute("BEGIN")

    def close(self) -> None:
        """Close, so that the write-ahead log is carried into the file and goes."""
        with contextlib.suppress(sqlite3.Error):
            self.driver.close()


def connect(path: Path, *, timeout: float = TIMEOUT_SECONDS, older: bool = False) -> SQLite:
    """Open the database of a workspace; with `older`, also one that is still to be upgraded.

    Fails (exit 6) with `database-foreign`, `-unfinished`, `-newer`, `-older`, `-damaged`, `-locked`, `-read-only`,
    `-full`, `-io`, `-cannot-open`, `-log-unreadable` or `-error`; with `no-database` (exit 3) when there is no file.
    """
    if not exists(path):
        raise Failure("no-database", file=str(path))
    db = SQLite(*open_best(path, timeout))
    try:
        _set_up(db)
        check_identity(db, older=older)
    except BaseException:
        db.close()
        raise
    return db


def create(path: Path, *, timeout: float = TIMEOUT_SECONDS) -> SQLite:
    """Make an empty file for a database, in which readers and one writer do not wait for each other."""
    with translate_errors(path):
        db = SQLite(open_file(path, "mode=rwc", timeout), path)
        try:
            write_ahead(db, timeout)
            _set_up(db)
        except BaseException:
            db.close()
            raise
    return db


def write_ahead(db: SQLite, timeout: float) -> None:
    """Have a write-ahead log. The engine itself does not wait here for another one that is about to have it."""
    until = time.monotonic() + timeout
    while True:
        try:
            return db.execute("PRAGMA journal_mode = WAL")
        except Failure as failure:
            if failure.code != "database-locked" or time.monotonic() >= until:
                raise
        time.sleep(0.01)


def _set_up(db: SQLite) -> None:
    db.execute("PRAGMA foreign_keys = ON")
    db.execute("PRAGMA synchronous = FULL")


def check_identity(db: SQLite, *, older: bool = False) -> None:
    """Refuse the database of another program and one this program is too old or too new for."""
    application, version = db.query("PRAGMA application_id")[0][0], version_of(db)
    if application == 0 and not is_used(db):
        raise Failure("database-unfinished", file=str(db.path))
    if application != APPLICATION_ID:
        raise Failure("database-foreign", file=str(db.path))
    if version > SCHEMA_VERSION:
        from plantrack.store.schema.identity import upgraded_by

        file, upgraded = str(db.path), upgraded_by(db)
        raise Failure("database-newer", file=file, theirs=version, ours=SCHEMA_VERSION, upgraded=upgraded)
    if version < SCHEMA_VERSION and not older:
        raise Failure("database-older", file=str(db.path), theirs=version, ours=SCHEMA_VERSION)


def version_of(db: SQLite) -> int:
    """Return the version of the schema that a file has."""
    return int(db.query("PRAGMA user_version")[0][0])


def journal_of(db: SQLite) -> str:
    """Return how a file is written, whatever the copy of it that may be read here does."""
    with db.path.open("rb") as file:
        return "wal" if file.read(19)[18:] == b"\2" else str(db.query("PRAGMA journal_mode")[0][0])


def is_used(db: SQLite) -> bool:
    """Return whether there is anything in the file."""
    return bool(db.query("SELECT COUNT(*) FROM sqlite_master")[0][0])
