"""One connection to a database: four methods, on the standard SQLite driver."""

import contextlib
import os
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, Protocol

from plantrack.errors import Failure, failing_as, reason_of
from plantrack.model.grouping import chunks
from plantrack.store.columns import look_right
from plantrack.store.sealing.unsealed import Unsealed
from plantrack.system import file_uri

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
        from plantrack.store.damage import refuse_damage

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
    db = SQLite(*_open(path, timeout))
    try:
        _set_up(db)
        check_identity(db, older=older)
    except BaseException:
        db.close()
        raise
    return db


def exists(path: Path) -> bool:
    """Return whether there is a file; fails where that cannot be looked at: in a closed folder, by too long a name."""
    with failing_as("database-cannot-open", file=str(path)):
        return path.exists()


def create(path: Path, *, timeout: float = TIMEOUT_SECONDS) -> SQLite:
    """Make an empty file for a database, in which readers and one writer do not wait for each other."""
    with translate_errors(path):
        db = SQLite(open_file(path, "mode=rwc", timeout), path)
        try:
            _write_ahead(db, timeout)
            _set_up(db)
        except BaseException:
            db.close()
            raise
    return db


def _write_ahead(db: SQLite, timeout: float) -> None:
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


def _open(path: Path, timeout: float) -> tuple[sqlite3.Connection, Path, str]:
    """Open a file to write in it, where it, its folder and its disk allow that; else only to read it."""
    real = Path(os.path.realpath(path))  # its log stands beside it, not beside a link to it
    with translate_errors(path):
        if os.access(real, os.W_OK) and os.access(real.parent, os.W_OK):
            try:
                return _tried(open_file(real, "mode=rw", timeout)), path, ""
            except sqlite3.OperationalError as error:
                if _name(error) not in _NO_LOG:
                    raise
        return _read_only(real, timeout), path, _refusal(real)


#: The errors of the engine where it can have no write-ahead log.
_NO_LOG = (
    *("SQLITE_CANTOPEN", "SQLITE_READONLY_DIRECTORY", "SQLITE_READONLY_CANTINIT"),
    *("SQLITE_FULL", "SQLITE_IOERR_SHMSIZE", "SQLITE_IOERR_SHMMAP", "SQLITE_IOERR_SHMOPEN"),
)


def _tried(driver: sqlite3.Connection) -> sqlite3.Connection:
    """Read from the file once: only then the engine opens all of it."""
    try:
        driver.execute("PRAGMA user_version").fetchone()
    except BaseException:
        driver.close()
        raise
    return driver


def _read_only(path: Path, timeout: float) -> sqlite3.Connection:
    """Open a file that cannot be written, and leave nothing beside it that its owner could not write.

    What stands in a log counts: with one, the engine reads both; without one, a copy of the file in memory is read.
    """
    try:
        data = _copy(path)
        if data is None:
            driver = open_file(path, "mode=ro&readonly_shm=1", timeout)
        else:
            driver = sqlite3.connect(":memory:", isolation_level=None)
            if data:  # an empty one is no bytes to the engine
                driver.deserialize(data)
        driver.execute("PRAGMA query_only = ON")
        return _tried(driver)
    except OSError as error:
        raise Failure("database-cannot-open", file=str(path), reason=reason_of(error)) from error
    except sqlite3.OperationalError as error:
        if _name(error) not in _NO_LOG:
            raise
        raise Failure("database-log-unreadable", file=str(path)) from error


def _copy(path: Path) -> bytes | None:
    """Return the bytes of a file that nobody changed meanwhile; None where something stands in a log."""
    for _ in range(_TRIES):
        before, data = _state(path), path.read_bytes()
        if before is None:
            return None
        with path.open("rb") as file:
            header = file.read(_HEADER)
        if _state(path) == before and data[:_HEADER] == header:
            # In memory there is no write-ahead log: the two bytes that ask for one say so.
            return data[:18] + b"\1\1" + data[20:] if data[18:20] == b"\2\2" else data
    return None


#: How often a file that changes while it is read is read again, and the size of a database's header.
_TRIES, _HEADER = 5, 100


def _state(path: Path) -> tuple[int, int, int] | None:
    """Return what differs once a file was changed; None where the newest data may stand in a log."""
    if any(log.exists() and log.stat().st_size for log in _beside(path, "-wal", "-journal")):
        return None
    found = path.stat()
    return found.st_ino, found.st_size, found.st_mtime_ns


def _beside(path: Path, *ends: str) -> list[Path]:
    return [path.with_name(path.name + end) for end in ends]


def _refusal(path: Path) -> str:
    """Return the code that a write ends with: for want of a right, else of room on the disk."""
    needed = [path, path.parent, *(p for p in _beside(path, "-wal", "-shm") if p.exists())]
    return "database-full" if all(os.access(p, os.W_OK) for p in needed) else "database-read-only"


def open_file(path: Path, options: str, timeout: float) -> sqlite3.Connection:
    """Open a file by SQLite's URI."""
    uri = file_uri(path.absolute(), options)
    return sqlite3.connect(uri, uri=True, timeout=timeout, isolation_level=None)


def check_identity(db: SQLite, *, older: bool = False) -> None:
    """Refuse the database of another program and one this program is too old or too new for."""
    application, version = db.query("PRAGMA application_id")[0][0], version_of(db)
    if application == 0 and not is_used(db):
        raise Failure("database-unfinished", file=str(db.path))
    if application != APPLICATION_ID:
        raise Failure("database-foreign", file=str(db.path))
    if version > SCHEMA_VERSION:
        raise Failure("database-newer", file=str(db.path), theirs=version, ours=SCHEMA_VERSION)
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


@contextlib.contextmanager
def translate_errors(path: Path, refusal: str = "") -> Iterator[None]:
    """Turn errors of the engine into failures; a defect of ours (a constraint) passes through.

    `refusal`: the code of a write, where more is known than that the file may not be written.
    """
    try:
        yield
    except sqlite3.IntegrityError:
        raise
    except UnicodeDecodeError as error:  # what the engine says of tables whose very names are broken
        raise Failure("database-damaged", file=str(path), reason=str(error)) from error
    except sqlite3.DatabaseError as error:
        kind = _name(error).split("_", 2)[1] if "_" in _name(error) else ""
        code = refusal if refusal and kind == "READONLY" else _CODES.get(kind)
        if _name(error) == "SQLITE_CORRUPT_VTAB" or "fts" in str(error):  # it can be made again
            code = "search-damaged"
        elif str(error).startswith("no such table"):
            code = "database-damaged"
        if code is None and isinstance(error, sqlite3.ProgrammingError):
            raise
        raise Failure(code or "database-error", file=str(path), reason=str(error)) from error


_CODES = {
    "BUSY": "database-locked",
    "LOCKED": "database-locked",
    "READONLY": "database-read-only",
    "FULL": "database-full",
    "IOERR": "database-io",
    "NOTADB": "database-foreign",
    "CORRUPT": "database-damaged",
    "CANTOPEN": "database-cannot-open",
}


def _name(error: sqlite3.Error) -> str:
    return getattr(error, "sqlite_errorname", None) or ""
