"""A copy of a database that is good for going back to: opened and checked before it gets its name."""

import os
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from plantrack.errors import Failure
from plantrack.store.advance import Advance, scaled, unheard
from plantrack.store.checks.damage import found_by_engine
from plantrack.store.checks.quick_look import history_altered, quick_look
from plantrack.store.connection import SCHEMA_VERSION, Connection
from plantrack.store.sqlite.connection import SQLite, connect, version_of
from plantrack.store.sqlite.file_copy import copy_pages, set_write_ahead

#: The share of the work that copying takes.
OF_COPYING = 0.5
#: A file that is filled, as `fill_whole` and `fill_new` of `deliver.files` take it.
Fill = Callable[[Path], None]


def checked_copy(
    db: SQLite,
    advance: Advance = unheard,
    look: Callable[[SQLite], None] | None = None,
    *,
    to_work_in: bool = False,
) -> Fill:
    """Return what fills an empty file with a database, also of an earlier version, and checks it there.

    `look`: looks at the copy too. `to_work_in`: it is not only to be kept. A fault of the copy is one of the database,
    and told of that.

    Raises: those of `check_filled`.
    """

    def fill(file: Path) -> None:
        copy_pages(db, file, scaled(advance, 0, OF_COPYING))
        check_filled(file, db, look, to_work_in=to_work_in)
        advance(1)

    return fill


def check_filled(
    file: Path, db: Connection, look: Callable[[SQLite], None] | None = None, *, to_work_in: bool = False
) -> None:
    """Check a file that was filled with a database, as `checked_copy` does.

    Raises: those of `refuse_faults`.
    """
    try:
        with closing(connect(file, older=True)) as copy:
            refuse_faults(copy)
            if look:
                look(copy)
    except Failure as failure:
        raise Failure(failure.code, **{**failure.params, "file": db.name}) from failure
    if to_work_in:
        set_write_ahead(file)


def refuse_faults(db: Connection) -> None:
    """Refuse what the engine finds at a glance, and of today's version what is not as it was recorded.

    Raises: history-altered.
    """
    if damaged := found_by_engine(db, quick=True):
        raise damaged
    if _is_current(db) and (faults := quick_look(db)):
        raise history_altered(db, faults)


def _is_current(db: Connection) -> bool:
    return not isinstance(db, SQLite) or version_of(db) == SCHEMA_VERSION


def refuse_logs(file: Path) -> None:
    """Refuse a place beside which the log of another database lies: the engine would take it for the new one's.

    Raises: file-exists.
    """
    for end in ("-wal", "-journal"):
        log = file.with_name(file.name + end)
        if os.path.lexists(log):
            raise Failure("file-exists", file=str(log))
