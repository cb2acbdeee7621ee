"""A database that is not there yet: its file, which is gone again where it could not be filled."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from plantrack.deliver.files import make_private, write_whole
from plantrack.errors import Failure
from plantrack.services.backup_folder import FOLDER
from plantrack.services.workspace import DATABASE
from plantrack.store.connection import Connection
from plantrack.store.sqlite.connection import SQLite, connect, create, is_used
from plantrack.store.sqlite.file import exists

_IGNORED = (DATABASE, f"{DATABASE}-*", f"{FOLDER}/")


@contextlib.contextmanager
def clean_up_on_failure(target: Path) -> Iterator[list[Path]]:
    """Take away what was made, the last first, when something fails; never a database that holds anything.

    Another command may have filled the file meanwhile, and people may be at work in it.
    """
    made: list[Path] = []
    try:
        yield made
    except BaseException:
        for path in [] if _is_filled(target) else reversed(made):
            with contextlib.suppress(OSError):
                path.rmdir() if path.is_dir() else path.unlink()
        raise


def _is_filled(target: Path) -> bool:
    try:
        connect(target).close()
    except Failure:
        return False
    return True


def is_there(target: Path) -> bool:
    """Return whether there is a file.

    Raises: database-cannot-open.
    """
    return exists(target)


def open_or_create(target: Path, made: list[Path]) -> tuple[SQLite, bool]:
    """Open a database, or an empty file for one, and return whether it is empty; one that was left so is taken up again.

    Raises: database-foreign, database-newer, database-older.
    """
    if exists(target):
        try:
            return connect(target), False
        except Failure as failure:
            if failure.code != "database-unfinished":
                raise
    else:
        with contextlib.suppress(OSError):  # what is wrong with the place, `create` says
            make_private(target)
            made.append(target)  # it is this process that made it
    return create(target), True


def make_tables(db: Connection) -> bool:
    """Make the tables in a file that has none, inside the caller's transaction; return whether they were not there."""
    assert isinstance(db, SQLite)
    if is_used(db):
        return False
    from plantrack.store.sqlite.migrations import create_schema

    create_schema(db)
    return True


def ignore_beside(database: Path) -> None:
    """Keep git off the rows of a workspace's own database and its backups, where that can be done."""
    if database.name == DATABASE:
        with contextlib.suppress(Failure):
            ignore_database(database.parent, [])


def ignore_database(folder: Path, made: list[Path]) -> None:
    """Keep git off the rows, before there are any: add to `.gitignore` what is missing; the rest stays byte for byte."""
    file = folder / ".gitignore"
    try:
        old = file.read_bytes().decode() if file.exists() else ""
    except (OSError, UnicodeDecodeError):
        return
    missing = [line for line in _IGNORED if line not in old.split()]
    if missing:
        gap = "" if not old or old.endswith("\n") else "\n"
        made += [] if file.exists() else [file]
        write_whole(file, (old + gap + "\n".join(missing) + "\n").encode())
