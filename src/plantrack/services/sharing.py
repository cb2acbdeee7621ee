"""One workspace for several logins and cron: its files belong to a group, which may write them."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from plantrack.errors import Failure
from plantrack.services.workspace import DATABASE

#: What a folder gives its group, new files in it included, and what a file gives it.
_FOLDER, _FILE = 0o2770, 0o660


def group_number(name: str) -> int:
    """Find a group of the machine; refused are one that is not there and one that this login is not in."""
    try:
        from grp import getgrnam

        number = getgrnam(name).gr_gid
    except (ImportError, KeyError, ValueError):  # no groups on this system; no such group
        raise Failure("unknown-group", group=name) from None
    if os.geteuid() != 0 and number not in {os.getegid(), *os.getgroups()}:
        raise Failure("group-not-member", group=name)
    return number


def refuse_foreign(root: Path, group: int) -> None:
    """Refuse a workspace in which something cannot be given to a group, before anything is done."""
    foreign = (p for p in _parts(root) if not _is_shared(p, group) and not _is_own(p))
    if (file := next(foreign, None)) is not None:
        raise Failure("group-not-owner", file=str(file))


def share(root: Path, group: int) -> None:
    """Give a workspace to a group. SQLite gives what it puts beside the database the rights of the database."""
    for path in _parts(root):
        if not _is_shared(path, group):
            os.chown(path, -1, group)
            os.chmod(path, stat.S_IMODE(path.stat().st_mode) | _rights(path))


def _parts(root: Path) -> Iterator[Path]:
    """Return the folder, its plans and its database; links lead elsewhere and stay as they are."""
    own = (root, root / ".gitignore", *root.glob(f"{DATABASE}*"), root / "plans", *root.glob("plans/**/*"))
    return (p for p in own if p.exists() and not p.is_symlink())


def _rights(path: Path) -> int:
    return _FOLDER if path.is_dir() else _FILE


def _is_shared(path: Path, group: int) -> bool:
    found, rights = path.stat(), _rights(path)
    return found.st_gid == group and found.st_mode & rights == rights


def _is_own(path: Path) -> bool:
    return os.geteuid() in (0, path.stat().st_uid)
