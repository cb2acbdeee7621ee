"""How a file of SQLite is opened, to be written or only read, and what its errors are called."""

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from plantrack.errors import Failure, failing_as, reason_of
from plantrack.system import file_uri


def exists(path: Path) -> bool:
    """Return whether there is a file; fails where that cannot be looked at: in a closed folder, by too long a name."""
    with failing_as("database-cannot-open", file=str(path)):
        return path.exists()


def open_best(path: Path, timeout: float) -> tuple[sqlite3.Connection, Path, str]:
    """Open a file to write in it, where it, its folder and its disk allow that; else only to read it."""
    real = Path(os.path.realpath(path))  # its log stands beside it, not beside a link to it
    with translate_errors(path):
        if os.access(real, os.W_OK) and os.access(real.parent, os.W_OK):
            try:
                return _tried(open_file(real, "mode=rw", timeout)), path, ""
            except sqlite3.OperationalError as error:
                if _error_name(error) not in _NO_LOG:
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
        if _error_name(error) not in _NO_LOG:
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


def logs_beside(path: Path) -> list[Path]:
    """Return the files in which the engine may keep what is newer than a database, or what it shares of it."""
    return _beside(path, "-wal", "-shm", "-journal")


def application_of(path: Path) -> int | None:
    """Return the number that a program put into its database; None: the file is none of SQLite. Raises OSError."""
    with path.open("rb") as file:
        header = file.read(_HEADER)
    return int.from_bytes(header[_APPLICATION]) if header.startswith(_MAGIC) else None


#: What a database begins with, and where the number of its program stands.
_MAGIC, _APPLICATION = b"SQLite format 3\0", slice(68, 72)


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
        kind = _error_name(error).split("_", 2)[1] if "_" in _error_name(error) else ""
        code = refusal if refusal and kind == "READONLY" else _CODES.get(kind)
        if _error_name(error) == "SQLITE_CORRUPT_VTAB" or "fts" in str(error):  # it can be made again
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


def _error_name(error: sqlite3.Error) -> str:
    return getattr(error, "sqlite_errorname", None) or ""
