"""A backup that is made before something is done to the whole database."""

import contextlib
from datetime import datetime
from pathlib import Path

from plantrack.deliver.files import fill_new, folder_like
from plantrack.services.backup_folder import FOLDER, new_names
from plantrack.services.checked_copy import Fill


def keep_before(what: str, database: Path, id: str, fill: Fill, now: datetime) -> Path:
    """Keep what a database is, in the folder of its backups, under a name that says before what; return the file.

    Raises: those of `fill_new`, `folder_like`.
    """
    folder = database.parent / FOLDER
    with folder_like(folder, database):
        return fill_new(new_names(folder, id, now, before=what), fill, database).absolute()


def forget(kept: Path | None) -> None:
    """Take it away again: what it was made before was not done."""
    if kept is not None:
        with contextlib.suppress(OSError):
            kept.unlink()
            kept.parent.rmdir()  # only where nothing else is in it
