"""One connection to a database: four methods, on the standard SQLite driver."""

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Protocol

from plantrack.errors import Failure

#: "PTRK": what makes a file a plantrack database.
APPLICATION_ID = 0x5054524B
#: The schema this program writes and reads.
SCHEMA_VERSION = 4
#: How long a command waits for another one that is writing.
TIMEOUT_SECONDS = 10.0

Row = tuple[Any, ...]
Params = Mapping[str, object]


class Connection(Protocol):
    """What the store needs of a database; values go in by `:name` only."""

    def query(self, sql: str, params: Params | None = None) -> list[Row]:
        """Give the rows of a question."""

    def execute(self, sql: str, params: Params | None = None) -> None:
        """Run one statement."""

    def executemany(self, sql: str, rows: Iterable[Params]) -> None:
        """Run one statement for each row."""

    def atomic(self) -> contextlib.AbstractContextManager[None]:
        """Make all that is written inside one transaction: everything, or nothing."""

    def close(self) -> None:
        """Close; nothing is left beside the file."""


class SQLite:
    """A SQLite file; every error of the engine leaves as a `Failure` that says what to do."""

    def __init__(self, driver: sqlite3.Connection, path: Path) -> None:
        self.driver = driver
        self.path = path

    def query(self, sql: str, params: Params | None = None) -> list[Row]:
        """Give the rows of a question."""
        with said_plainly(self.path):
            return self.driver.execute(sql, params or ()).fetchall()

    def execute(self, sql: str, params: Params | None = None) -> None:
        """Run one statement."""
        with said_plainly(self.path):
            self.driver.execute(sql, params or ())

    def executemany(self, sql: str, rows: Iterable[Params]) -> None:
        """Run one statement for each row."""
        with said_plainly(self.path):
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
        try:
            yield
            self.execute("COMMIT")
        except BaseException:
            if self.driver.in_transaction:
                self.driver.execute("ROLLBACK")
            raise

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
    `-full`, `-io`, `-cannot-open` or `-error`; with `no-database` (exit 3) when there is no such file.
    """
    if not _exists(path):
        raise Failure("no-database", file=str(path))
    db = SQLite(_open(path, timeout), path)
    try:
        _set_up(db)
        check_identity(db, older=older)
    except BaseException:
        db.close()
        raise
    return db


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError as error:  # a folder on the way may not be entered, a name is too long
        raise Failure("database-cannot-open", file=str(path), reason=error.strerror or str(error)) from error


def create(path: Path, *, timeout: float = TIMEOUT_SECONDS) -> SQLite:
    """Make an empty file for a database, in which readers and one writer do not wait for each other."""
    with said_plainly(path):
        db = SQLite(_driver(path, "mode=rwc", timeout), path)
        try:
            db.execute("PRAGMA journal_mode = WAL")
            _set_up(db)
        except BaseException:
            db.close()
            raise
    return db


def _set_up(db: SQLite) -> None:
    db.execute("PRAGMA foreign_keys = ON")
    db.execute("PRAGMA synchronous = FULL")


def _open(path: Path, timeout: float) -> sqlite3.Connection:
    with said_plainly(path):
        driver = _driver(path, "mode=rw", timeout)
        try:
            driver.execute("PRAGMA user_version").fetchone()
        except sqlite3.OperationalError as error:
            if _name(error) not in (
                "SQLITE_CANTOPEN",
                "SQLITE_READONLY_DIRECTORY",
                "SQLITE_READONLY_CANTINIT",
            ):
                raise
            # A file of a folder that may only be read: its write-ahead log cannot be made. Where others have
            # one, it holds what the file lacks, and the file alone would be an old state.
            log = path.with_name(path.name + "-wal")
            if log.exists() and log.stat().st_size:
                raise
            driver.close()
            driver = _driver(path, "mode=ro&immutable=1", timeout)
        return driver


def _driver(path: Path, options: str, timeout: float) -> sqlite3.Connection:
    return sqlite3.connect(_address(path, options), uri=True, timeout=timeout, isolation_level=None)


def _address(path: Path, options: str) -> str:
    """Give SQLite's URI of a file; `urllib` would cost every command two milliseconds for three signs."""
    name = "/" + str(path.absolute()).lstrip("/").replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    return f"file:{name}?{options}"


def check_identity(db: SQLite, *, older: bool = False) -> None:
    """Refuse the database of another program and one this program is too old or too new for."""
    application = db.query("PRAGMA application_id")[0][0]
    version = version_of(db)
    if application == 0 and not is_used(db):
        raise Failure("database-unfinished", file=str(db.path))
    if application != APPLICATION_ID:
        raise Failure("database-foreign", file=str(db.path))
    if version > SCHEMA_VERSION:
        raise Failure("database-newer", file=str(db.path), theirs=version, ours=SCHEMA_VERSION)
    if version < SCHEMA_VERSION and not older:
        raise Failure("database-older", file=str(db.path), theirs=version, ours=SCHEMA_VERSION)


def version_of(db: SQLite) -> int:
    """Give the version of the schema that a file has."""
    return int(db.query("PRAGMA user_version")[0][0])


def set_identity(db: SQLite) -> None:
    """Mark a file as a database of this program, of today's schema."""
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def journal_of(db: SQLite) -> str:
    """Say how a file is written: `wal`, so that readers and one writer do not wait for each other."""
    return str(db.query("PRAGMA journal_mode")[0][0])


def is_used(db: SQLite) -> bool:
    """Say whether there is anything in the file."""
    return bool(db.query("SELECT COUNT(*) FROM sqlite_master")[0][0])


@contextlib.contextmanager
def said_plainly(path: Path) -> Iterator[None]:
    """Turn what the engine reports into our codes; a defect of ours (a constraint) goes through."""
    try:
        yield
    except sqlite3.IntegrityError:
        raise
    except sqlite3.DatabaseError as error:
        code = _CODES.get(_name(error).split("_", 2)[1] if "_" in _name(error) else "", None)
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
