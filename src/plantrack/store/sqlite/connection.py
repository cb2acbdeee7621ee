"""A connection to a file, on the standard SQLite driver."""

import contextlib
import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from plantrack.errors import Failure
from plantrack.model.views.elsewhere import read_elsewhere
from plantrack.store.columns import look_right
from plantrack.store.connection import (
    AT_ONCE,
    MOVED,
    SCHEMA_VERSION,
    TIMEOUT_SECONDS,
    TOLD_AT_OPENING,
    Asked,
    Params,
    Result,
    Row,
    StoredColumn,
    ToldAtOpening,
    refuse_moved,
)
from plantrack.store.sealing.unsealed import Unsealed
from plantrack.store.sqlite.file import exists, open_best, open_file, translate_errors

if TYPE_CHECKING:
    from plantrack.model.views.workspace import StoragePlace

#: "PTRK": what makes a file a plantrack database.
APPLICATION_ID = 0x5054524B


class SQLite:
    """A SQLite file; every error of the engine becomes a `Failure`."""

    shared = "main"
    own = "temp"
    by_code_point = ""
    is_remote = False
    command = ""
    broken_condition: type[Exception] = sqlite3.IntegrityError
    place: "StoragePlace | None" = None

    def __init__(self, driver: sqlite3.Connection, path: Path, refusal: str = "") -> None:
        self.driver = driver
        self.path = path
        self.name = str(path)
        #: The code of every write, where the file was opened to be read only.
        self.refusal = refusal
        self.shown: tuple[str, frozenset[str]] | None = None
        self.unsealed = Unsealed()
        self.told = ToldAtOpening()
        #: Whether it said so: a new one has nothing to say, and an older one may have nowhere to.
        self.is_heard = False
        self.has_written = False

    def query(self, sql: str, params: Params | None = None) -> list[Row]:
        """Return the rows of a question; what does not fit the model is named (`database-damaged`)."""
        with translate_errors(self.path, self.refusal):
            names, rows = self._fetched(sql, params or ())
        if not look_right(names, rows):
            self._refuse_damage()
        return rows

    def ask(self, sql: str, params: Params | None = None) -> Asked[list[Row]]:
        """Ask a question, whose rows are looked at later; a file answers at once."""
        rows = self.query(sql, params)
        return lambda: rows

    def _fetched(self, sql: str, params: Params | tuple[()]) -> tuple[tuple[str, ...], list[Row]]:
        with self._broken_text_named():
            cursor = self.driver.execute(sql, params)
            rows = cursor.fetchall()
        return tuple([column[0] for column in cursor.description or ()]), rows

    def stream(self, sql: str, params: Params | None = None) -> Iterator[Row]:
        """Yield the rows of a question as they are, a part of them at a time."""
        with translate_errors(self.path, self.refusal), self._broken_text_named():
            cursor = self.driver.execute(sql, params or ())
            while rows := cursor.fetchmany(AT_ONCE):
                yield from rows

    @contextlib.contextmanager
    def _broken_text_named(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            if str(error).startswith("Could not decode"):  # Python's own word for text that is no UTF-8
                self._refuse_damage()
            raise

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

    def load(self, table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
        """Add rows that may be too many to hold, inside a transaction."""
        marks = ", ".join("?" * len(columns))
        self.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)

    @contextlib.contextmanager
    def atomic(self, *, moved: bool = False, long: bool = False) -> Iterator[None]:
        """Write all or nothing; the write lock is taken first, so what is read inside stays true.

        Inside another one it is a part of it.
        """
        if self.driver.in_transaction:
            yield
            return
        self.execute("BEGIN IMMEDIATE")
        self.unsealed.clear()
        try:
            if self.is_heard and not moved:
                for (place,) in self.query(MOVED):
                    refuse_moved(self, elsewhere_from(self.path, place))
            yield
            self.execute("COMMIT")
            self.has_written = True
        except BaseException:
            if self.driver.in_transaction:
                self.driver.execute("ROLLBACK")
            raise

    def transact(self, write: Callable[[], Result], is_recorded: Callable[[Result], bool]) -> Result:
        """Run `write` in a transaction of its own; a file never asks for it once more."""
        with self.atomic():
            return write()

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

    @contextlib.contextmanager
    def one_state(self) -> Iterator[None]:
        """See one state inside; it begins with what is read first. One that is seen already goes on."""
        begins = not self.driver.in_transaction
        if begins:
            self.snapshot()
        try:
            self.query("PRAGMA user_version")
            yield
        finally:
            if begins and self.driver.in_transaction:  # an engine that failed may have ended it itself
                self.execute("ROLLBACK")

    def overwrite_deleted(self) -> None:
        """Let the engine overwrite what it deletes from now on; to be called outside a transaction."""
        self.execute("PRAGMA secure_delete = ON")

    def sweep(self) -> bool:
        """Write the file anew, without what was deleted in it at any time, and empty its log; return whether that was done."""
        try:
            self.execute("VACUUM")
            return not self.query("PRAGMA wal_checkpoint (TRUNCATE)")[0][0]
        except Failure:  # others are at work, or there is no room for it once more
            return False

    def size(self) -> int:
        """Return how many bytes the file has."""
        return self.path.stat().st_size

    def journal(self) -> str:
        """Return how the file is written, whatever the copy of it that may be read here does."""
        with self.path.open("rb") as file:
            return "wal" if file.read(19)[18:] == b"\2" else str(self.query("PRAGMA journal_mode")[0][0])

    def server(self) -> None:
        """Return that there is none."""

    def tables(self) -> list[str]:
        """Return the names of all tables that there are, in the order in which they were made."""
        return [
            r[0] for r in self.query("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid")
        ]

    def columns(self, table: str) -> list[StoredColumn]:
        """Return the columns of a table."""
        asked = 'SELECT name, type, "notnull", pk FROM pragma_table_info(:table)'
        rows = self.query(asked, {"table": table})
        return [StoredColumn(name, type_, not (needed or key), key) for name, type_, needed, key in rows]

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
        if not older or version_of(db) == SCHEMA_VERSION:
            hear_what_it_tells(db)
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


def hear_what_it_tells(db: SQLite) -> None:
    """Keep what a database of today's version says of itself."""
    marks = ", ".join("?" * len(TOLD_AT_OPENING))
    told: dict[str, str] = dict(
        db.query(f"SELECT name, value FROM meta WHERE name IN ({marks})", TOLD_AT_OPENING)
    )
    moved = elsewhere_from(db.path, told.get("moved", ""))
    db.told = ToldAtOpening(site=told.get("site", ""), moved=moved, is_example="example" in told)
    db.is_heard = True


def elsewhere_from(path: Path, told: str) -> str:
    """Return what a file tells of where its data is, if that is elsewhere.

    A backup that somebody put by hand in the place of the database that it is of is where people work from then on.
    """
    is_here = bool(told) and os.path.realpath(read_elsewhere(told).to) == os.path.realpath(path)
    return "" if is_here else told


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


def is_used(db: SQLite) -> bool:
    """Return whether there is anything in the file."""
    return bool(db.query("SELECT COUNT(*) FROM sqlite_master")[0][0])
