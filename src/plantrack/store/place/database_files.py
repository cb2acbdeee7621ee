"""Files that are a database, or belong to one, told without opening it."""

from pathlib import Path

from plantrack.store.sqlite.file import application_of, logs_beside


def files_of(database: Path) -> list[Path]:
    """Return a database and the files in which what is newer than it may stand."""
    return [database, *logs_beside(database)]


def is_any_database(file: Path) -> bool:
    """Return whether a file is a database, of whatever program. Raises OSError."""
    return application_of(file) is not None


def is_own_database(file: Path) -> bool:
    """Return whether a file is a database of this program. Raises OSError."""
    from plantrack.store.sqlite.connection import APPLICATION_ID

    return application_of(file) == APPLICATION_ID
