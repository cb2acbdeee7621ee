"""Whether a file is an earlier copy of a database, which a newer one may replace: nothing in it is lost with it."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from plantrack.errors import Failure
from plantrack.store import commands, stats
from plantrack.store.connection import Connection
from plantrack.store.copying.marks import is_gone, is_to_read, is_unfinished
from plantrack.store.sqlite.connection import SQLite, connect
from plantrack.store.sqlite.file import logs_beside


def is_earlier_backup(db: Connection, file: Path) -> bool:
    """Return whether a file is a backup of a database: it has its id, and nobody works in it or moved it elsewhere.

    One that was made before backups said that they are only to be read says nothing of that, and an older one has no id.
    """
    with _at_rest(file) as copy:
        return (
            copy is not None
            and stats.get(copy, "id") in (None, stats.get(db, "id"))
            and not (is_gone(copy) or is_unfinished(copy))
            and has_nothing_of_its_own(copy, db)
        )


def is_earlier_copy_to_read(db: Connection, file: Path) -> bool:
    """Return whether a file is a copy of a database that is only to be read, and no backup: it has an id of its own."""
    with _at_rest(file) as copy:
        return (
            copy is not None
            and is_to_read(copy)
            and not is_unfinished(copy)
            and stats.get(copy, "id") != stats.get(db, "id")
            and has_nothing_of_its_own(copy, db)
        )


def is_unfinished_copy(db: Connection, file: Path) -> bool:
    """Return whether a file is what a run left that was ended before anybody worked there, and before the source went."""
    with _at_rest(file) as copy:
        return (
            copy is not None
            and is_unfinished(copy)
            and not is_gone(db)
            and stats.get(copy, "id") == stats.get(db, "id")
            and has_nothing_of_its_own(copy, db)
        )


@contextmanager
def _at_rest(file: Path) -> Iterator[SQLite | None]:
    """Open a database in which nobody is at work; none, where a file is no such thing."""
    try:
        is_there = file.is_file() and not any(log.exists() for log in logs_beside(file))
        found = connect(file, older=True) if is_there else None
    except Failure:
        found = None
    if found is None:
        yield None
        return
    with closing(found):
        yield found


def has_nothing_of_its_own(copy: Connection, db: Connection) -> bool:
    """Return whether all that a copy has was recorded in a database."""
    last = commands.command(copy, commands.last_number(copy))
    return last is not None and last.uid in commands.commands_by_uid(db, [last.uid])
