"""A new file filled with many rows: what each of them would have to be entered in is made when all are there."""

import contextlib
import errno
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from plantrack.errors import Failure
from plantrack.store.connection import TIMEOUT_SECONDS
from plantrack.store.sqlite import migrations, search_index
from plantrack.store.sqlite.connection import SQLite
from plantrack.store.sqlite.file import open_file, translate_errors

#: What the engine says that cannot write, and what the system would.
_UNWRITTEN: Final = {"database-full": errno.ENOSPC, "database-io": errno.EIO}


def open_to_fill(file: Path) -> SQLite:
    """Open an empty file that nobody else knows yet: whoever fails throws it away, so nothing of it need be brought back."""
    with translate_errors(file):
        db = SQLite(open_file(file, "mode=rw", TIMEOUT_SECONDS), file)
    db.execute("PRAGMA journal_mode = OFF")
    db.execute("PRAGMA synchronous = OFF")
    return db


@contextlib.contextmanager
def bulk_load(db: SQLite) -> Iterator[None]:
    """Make the tables, and what they are found by once they are filled; no row is looked for that another one names.

    What cannot be written is an `OSError`, as of any file.
    """
    try:
        with db.tables_apart(), db.atomic():
            migrations.create_schema(db)
            search_index.drop(db)
            for (name,) in db.query(
                "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
            ):
                db.execute(f"DROP INDEX {name}")
            yield
            migrations.put_right(db, migrations.missing_parts(db).values())
            search_index.make(db)
    except Failure as failure:
        number = _UNWRITTEN.get(failure.code)
        if number is None or failure.params["file"] != db.name:
            raise
        raise OSError(number, os.strerror(number)) from failure
