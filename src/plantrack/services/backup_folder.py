"""A folder of backups: how they are named, and which of them make room for a new one."""

import os
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Final

from plantrack.errors import failing_as

_MOMENT: Final = "%Y%m%dT%H%M%SZ"
#: Where backups go unless told otherwise, beside the database.
FOLDER: Final = "backups"


def new_names(folder: Path, id: str, now: datetime, *, before: str = "") -> Iterator[Path]:
    """Yield what a backup of this moment may be called: by the database's id; a second one of one second has a number.

    `before`: what is done next to the database; such a backup makes room for no other.
    """
    name = f"plantrack-{id}-{now.astimezone(UTC).strftime(_MOMENT)}{before and f'-before-{before}'}"
    yield folder / f"{name}.db"
    for n in count(2):
        yield folder / f"{name}-{n}.db"


def earlier_backups(folder: Path, id: str, now: datetime) -> list[Path]:
    """Return the backups of a database in a folder, the oldest first, by their names alone.

    Those that a wrong clock named after a moment to come are left alone, and so is what is no plain file, or empty:
    where files have no second names, a run that was killed may leave that.

    Raises: folder-not-readable.
    """
    pattern = re.compile(rf"plantrack-{re.escape(id)}-([0-9]{{8}}T[0-9]{{6}}Z)(?:-([1-9][0-9]*))?\.db")
    until = now.astimezone(UTC).strftime(_MOMENT)
    found: list[tuple[str, int, Path]] = []
    with failing_as("folder-not-readable", folder=str(folder)), os.scandir(folder) as entries:
        for entry in entries:
            named = pattern.fullmatch(entry.name)
            if named and named[1] <= until and _is_filled(entry):
                found.append((named[1], int(named[2] or 1), folder / entry.name))
    return [path for _, _, path in sorted(found)]


def _is_filled(entry: os.DirEntry[str]) -> bool:
    return entry.is_file(follow_symlinks=False) and entry.stat(follow_symlinks=False).st_size > 0


def surplus(earlier: Sequence[Path], keep: int) -> tuple[Path, ...]:
    """Return the oldest of the backups that were there before a new one, which are too many beside it."""
    return tuple(earlier[: max(0, len(earlier) + 1 - keep)])


def make_room(earlier: Sequence[Path], keep: int) -> tuple[Path, ...]:
    """Remove the oldest of the backups that were there before a new one, so that so many stay; return those removed.

    What came after it was looked is another run's, and stays: so the last one that is made is never removed.

    Raises: backup-not-removed.
    """
    removed = surplus(earlier, keep)
    for path in removed:
        with failing_as("backup-not-removed", file=str(path)):
            path.unlink(missing_ok=True)
    return removed
