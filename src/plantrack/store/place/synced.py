"""Folders that a program synchronises with other machines: known by their names, and by what the program leaves there."""

import os
from collections.abc import Mapping
from itertools import islice

from plantrack.model.text import nfc

#: Files and folders by which a program knows the folder that it looks after.
_MARKS = {
    ".849C9593-D756-4E56-8D6E-42412F2A707B": "OneDrive",
    **dict.fromkeys((".dropbox", ".dropbox.cache"), "Dropbox"),
    **dict.fromkeys((".tmp.driveupload", ".tmp.drivedownload"), "Google Drive"),
    ".stfolder": "Syncthing",
    ".nextcloudsync.log": "Nextcloud",
    ".owncloudsync.log": "ownCloud",
    ".megaignore": "MEGA",
}
#: How Nextcloud and ownCloud call what they remember of a folder, in it.
_JOURNAL = (".sync_", "._sync_")
#: How the folder is called, in English and in Vietnamese; the name of an account may come behind.
_NAMES = {
    **dict.fromkeys(("onedrive", "skydrive"), "OneDrive"),
    "dropbox": "Dropbox",
    **dict.fromkeys(("google drive", "googledrive", "my drive", "drive của tôi", "drivefs"), "Google Drive"),
    **dict.fromkeys(("mobile documents", "icloud drive", "iclouddrive"), "iCloud"),
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "megasync": "MEGA",
    **dict.fromkeys(("pcloud drive", "pclouddrive", "pcloud sync"), "pCloud"),
    "box sync": "Box",
    **dict.fromkeys(("yandex.disk", "yandexdisk"), "Yandex Disk"),
    "seafile": "Seafile",
}
#: Where macOS has the folders of all such programs, each called by its program and account.
_MACOS = "CloudStorage"
#: The variables in which OneDrive says where its folders are.
_VARIABLES = ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")
#: How much of a folder is looked through: looking must cost nothing, however full one is.
_MOST = 2000


def synced_folder(folder: str, environment: Mapping[str, str]) -> tuple[str, str, str] | None:
    """Return the folder that a program synchronises in which a folder lies: its kind, the program, the path."""
    told = [_key(os.path.realpath(environment[name])) for name in _VARIABLES if environment.get(name)]
    path, parent = folder, os.path.dirname(folder)
    while path != parent:  # the root of a system is nobody's to synchronise
        program = "OneDrive" if _key(path) in told else _by_name(path, parent) or _by_marks(path)
        if program:
            return "synced", program, path
        path, parent = parent, os.path.dirname(parent)
    return None


#: What makes two paths one: on Windows not the case of letters.
_key = os.path.normcase


def _by_name(path: str, parent: str) -> str | None:
    name = os.path.basename(path)
    if os.path.basename(parent) == _MACOS:
        return name.partition("-")[0]
    name = nfc(name).casefold()
    return next(
        (p for n, p in _NAMES.items() if name.startswith(n) and not name[len(n) :][:1].isalpha()), None
    )


def _by_marks(path: str) -> str | None:
    try:
        with os.scandir(path) as entries:
            names = {entry.name for entry in islice(entries, _MOST)}
    except OSError:  # it may not be looked into
        return None
    if ".dropbox" in names and os.path.isdir(os.path.join(path, ".dropbox")):
        names.discard(".dropbox")  # in its user's home, which says nothing of where Dropbox synchronises
    for mark in sorted(names & _MARKS.keys()):
        return _MARKS[mark]
    is_journal = any(name.startswith(_JOURNAL) and name.endswith(".db") for name in names)
    return "Nextcloud" if is_journal else None
