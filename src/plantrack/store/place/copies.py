"""Copies that a program made of a database beside it, when two machines wrote to it at once: each may have other work."""

import re
from pathlib import Path

from plantrack.model.text import nfc
from plantrack.store.place.database_files import is_own_database

#: What such a program puts behind the name: `(…conflict…)` and `(1)` (Dropbox, Nextcloud, Seafile, Google Drive, MEGA),
#: ` 2` (iCloud), `.sync-conflict-…` (Syncthing), `_conf(1)` and `_conflict-…` (older Google Drives and Nextclouds), and
#: the name of a machine (OneDrive). What people put there themselves, words and days, is none of it.
_ENDS = re.compile(
    r" ?\((\d+|[^()]*(conflict|xung ?đột|xung ?dot)[^()]*)\)| \d{1,2}|\.sync-conflict-[\w-]+"
    r"|_conf(lict)?(-[\w-]+|\(\d+\))|-(desktop|laptop|pc|may|macbook|imac)[\w-]*|-[\w-]*-(pc|laptop|macbook|imac)(-\d+)?",
    re.IGNORECASE,
)
_MACHINE = re.compile(r"-[A-Z0-9-]*[A-Z][A-Z0-9-]*")
#: A backup is named after a moment.
_MOMENT = re.compile(r"-\d{8}T\d{6}Z")


def is_conflict_copy(database: Path, name: str) -> bool:
    """Return whether a file beside a database, which begins and ends like it, is a copy that another program made."""
    end = nfc(name.removeprefix(database.stem).removesuffix(database.suffix))
    is_named_so = _ENDS.fullmatch(end) or _MACHINE.fullmatch(end)
    return bool(is_named_so) and not _MOMENT.search(end) and _is_ours(database.with_name(name))


def _is_ours(file: Path) -> bool:
    try:
        return is_own_database(file)
    except IsADirectoryError:
        return False
    except OSError:  # what cannot be read is told all the same: it may be one
        return True
