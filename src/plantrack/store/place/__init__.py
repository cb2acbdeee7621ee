"""Where a database lies: on a network, on a drive of Windows seen from Linux, in a folder that a program synchronises.

Every command looks, so what costs anything is loaded and made only where there is something to say.
"""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from plantrack.store.place.mounts import mount_of
from plantrack.store.place.synced import synced_folder

if TYPE_CHECKING:
    from plantrack.model.views.workspace import StoragePlace


def place_of(database: Path) -> "StoragePlace | None":
    """Return what makes the place of a database unsafe for it; None on a disk of the machine itself.

    The file need not be there yet. What cannot be found out is no reason to fail.
    """
    folder = os.path.realpath(database.parent)  # on Windows, of a drive that stands for a share, the share
    if found := mount_of(folder) or synced_folder(folder, os.environ):
        from plantrack.model.views.workspace import StoragePlace

        return StoragePlace(*found)
    return None


def conflict_copies(database: Path) -> tuple[str, ...]:
    """Return the names of copies that another program made beside a database, in order."""
    stem, suffix = database.stem, database.suffix
    try:
        names = [n for n in os.listdir(database.parent) if n.startswith(stem) and n.endswith(suffix)]
    except OSError:  # it may not be looked into
        return ()
    if names == [database.name] or not names:
        return ()
    from plantrack.store.place.copies import is_conflict_copy

    return tuple(sorted(name for name in names if is_conflict_copy(database, name)))
