"""A database carried into a file as it is, page by page: while others write, or in place of what is there."""

import errno
import os
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Final

from plantrack.errors import Failure
from plantrack.store.advance import Advance, unheard
from plantrack.store.connection import TIMEOUT_SECONDS
from plantrack.store.sqlite.connection import SQLite, write_ahead
from plantrack.store.sqlite.file import open_file, translate_errors

#: So many pages are copied at once: enough to be quick, few enough that Ctrl-C is heard.
_PAGES: Final = 1000
#: Where the header of a file says how it is written, and what it says: without a log, or with one.
_HOW_WRITTEN: Final = 18
_ALONE, _WRITE_AHEAD = b"\1\1", b"\2\2"
#: What a step says that could do nothing, because others are at work.
_BUSY: Final = (5, 6)
#: What an engine says that cannot write, and what the system would.
_UNWRITTEN: Final = {
    "SQLITE_FULL": errno.ENOSPC,
    **dict.fromkeys(("SQLITE_IOERR_WRITE", "SQLITE_IOERR_TRUNCATE", "SQLITE_IOERR_FSTAT"), errno.EIO),
}


def copy_pages(db: SQLite, file: Path, advance: Advance = unheard) -> None:
    """Carry all that a connection sees into an empty file, which stands alone: no log lies beside it.

    It is one state of the data, whoever writes meanwhile; only the connection itself must not. What cannot be written
    is an `OSError`, as of any file.
    """

    def progress(_: int, left: int, all_: int) -> None:
        if not all_:  # it is told nothing of while it writes itself, and would be asked for ever
            raise Failure("database-locked", file=db.name, reason="")
        advance(1 - left / all_)

    with (
        db.one_state(),
        translate_errors(db.path),
        closing(open_file(file, "mode=rw", TIMEOUT_SECONDS)) as copy,
    ):
        # Whoever fails throws the file away: nothing of it need be brought back.
        copy.execute("PRAGMA journal_mode = OFF")
        copy.execute("PRAGMA synchronous = OFF")
        try:
            db.driver.backup(copy, pages=_PAGES, progress=progress)
        except db.driver.OperationalError as error:
            if number := _UNWRITTEN.get(error.sqlite_errorname):
                raise OSError(number, os.strerror(number)) from error
            raise
    _set_how_written(file, _ALONE)


def copy_over(db: SQLite, target: SQLite, look: Callable[[], None], advance: Advance = unheard) -> None:
    """Carry all of a database into a file that others may have open, in place of what is there: in one transaction.

    `look` is called once nobody else can write there. It may still write into `db`; what it raises leaves the file as
    it was. Who reads from the file sees what was there until they begin anew.

    Raises: database-locked, where others write.
    """
    with translate_errors(target.path):
        write_ahead(target, TIMEOUT_SECONDS)  # else nobody could read meanwhile
        _have_page_size(db, target)
        looked = list[bool]()

        def progress(status: int, left: int, all_: int) -> None:
            if status in _BUSY:
                raise Failure("database-locked", file=target.name, reason="")
            if not looked:
                looked.append(True)
                look()
            advance(1 - left / all_)

        # The last page is left for another step: after the first one the lock is held, and nothing is written yet.
        pages = int(db.query("PRAGMA page_count")[0][0]) - 1
        db.driver.backup(target.driver, pages=max(1, min(_PAGES, pages)), progress=progress)


def _have_page_size(db: SQLite, target: SQLite) -> None:
    """Write a database over with pages as large as those that it is carried onto: with a log they cannot be others."""
    size = target.query("PRAGMA page_size")[0][0]
    if db.query("PRAGMA page_size")[0][0] != size:
        db.execute(f"PRAGMA page_size = {size}")
        db.execute("VACUUM")


def set_write_ahead(file: Path) -> None:
    """Let a database that nobody has opened have a write-ahead log, as one that `create` makes."""
    _set_how_written(file, _WRITE_AHEAD)


def _set_how_written(file: Path, how: bytes) -> None:
    with file.open("rb+") as stream:
        stream.seek(_HOW_WRITTEN)
        stream.write(how)


def log_in_memory(db: SQLite) -> None:
    """Leave no log beside a file: whoever fails throws the file away, and makes it once more."""
    db.execute("PRAGMA journal_mode = MEMORY")
