"""A database carried into a file as it is, page by page, while others write."""

import errno
import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from plantrack.errors import Failure
from plantrack.store.advance import Advance, unheard
from plantrack.store.connection import TIMEOUT_SECONDS, SQLite
from plantrack.store.sqlite_file import open_file, translate_errors

#: So many pages are copied at once: enough to be quick, few enough that Ctrl-C is heard.
_PAGES: Final = 1000
#: Where the header of a file says how it is written, and what it says: without a log, or with one.
_HOW_WRITTEN: Final = 18
_ALONE, _WRITE_AHEAD = b"\1\1", b"\2\2"
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
            raise Failure("database-locked", file=str(db.path), reason="")
        advance(1 - left / all_)

    with (
        one_state(db),
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


def set_write_ahead(file: Path) -> None:
    """Let a database that nobody has opened have a write-ahead log, as one that `create` makes."""
    _set_how_written(file, _WRITE_AHEAD)


def _set_how_written(file: Path, how: bytes) -> None:
    with file.open("rb+") as stream:
        stream.seek(_HOW_WRITTEN)
        stream.write(how)


@contextmanager
def one_state(db: SQLite) -> Iterator[None]:
    """See one state inside; it begins with what is read first. One that is seen already goes on."""
    begins = not db.driver.in_transaction
    if begins:
        db.snapshot()
    try:
        db.query("PRAGMA user_version")
        yield
    finally:
        if begins and db.driver.in_transaction:  # an engine that failed may have ended it itself
            db.execute("ROLLBACK")
