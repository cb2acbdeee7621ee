"""Make a workspace: a plan file, a database with the plan in it, and the lines that keep git off the rows."""

import contextlib
import shlex
import stat
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from plantrack.deliver.files import write_whole
from plantrack.errors import Failure, failing_as
from plantrack.model.named_tuple import NamedTuple
from plantrack.services.context import Clock, utc_now
from plantrack.services.new_database import (
    clean_up_on_failure,
    ignore_database,
    is_there,
    make_tables,
    open_or_create,
)
from plantrack.services.plan_files import plans_among
from plantrack.services.verbs.plan.apply import Applying, apply
from plantrack.services.workspace import DATABASE, plan_files
from plantrack.store import stats
from plantrack.store.commands import NOBODY_TOLD, Typist
from plantrack.store.connection import Connection
from plantrack.store.opening import open_database
from plantrack.store.place import place_of
from plantrack.system import give, group_name, group_number, may_give, may_give_to

#: The rights of a workspace's group on a folder, which new files in it inherit, and on a file.
_FOLDER, _FILE = 0o2770, 0o660


class Initialised(NamedTuple):
    """What `init` made, and what was there already."""

    root: Path
    database: Path
    plan_file: Path | None
    made_database: bool
    applying: Applying
    #: Of a new database: the group that may open it; and whether nobody else may in a folder that several people use.
    readers: str | None = None
    is_owners_alone: bool = False


def init(
    folder: Path,
    database: Path | None,
    author: str,
    clock: Clock = utc_now,
    *,
    example: bool = False,
    group: str | None = None,
    typist: Typist = NOBODY_TOLD,
) -> Initialised:
    """Make a workspace in a folder; where there is one, nothing changes. On failure nothing is left behind.

    With a group of the machine, it may read and write there, also where there was a workspace.

    Raises: folder-not-writable, group-not-member, group-not-owner, no-author, site-plan, unknown-group; those of
    `apply`.
    """
    if not author:
        raise Failure("no-author")
    number = None if group is None else _group_number(group)
    target = database or folder / DATABASE
    with failing_as("folder-not-writable", folder=str(folder)), clean_up_on_failure(target) as made:
        if number is not None:
            _refuse_foreign(folder, number)
        _refuse_site(target)
        _make_folder(folder, made)
        plan_file = None if plan_files(folder) else _ship_plan(folder, made)
        ignore_database(folder, made)
        db, is_new = open_or_create(target, made)
        with contextlib.closing(db):
            carry_in = partial(apply, author=author, clock=clock, verb="init", typist=typist)
            applying = _fill(db, folder, carry_in, example=example) if is_new else Applying((), ())
        if number is not None:
            _share(folder, number)
    readers = _readers(target) if is_new else None
    alone = is_new and readers is None and _is_used_by_several(target.parent, typist.login)
    return Initialised(folder, target, plan_file, is_new, applying, readers, alone)


def _refuse_site(database: Path) -> None:
    """Refuse to put a plan beside the database of a site, before anything is done."""
    site = ""
    # What is wrong with the place, who makes the database says.
    with contextlib.suppress(Failure), contextlib.closing(open_database(database)) as db:
        site = db.told.site
    if site:
        raise Failure("site-plan", site=site)


def refuse_windows_drive(folder: Path, database: Path) -> None:
    """Refuse to make a database on a drive of Windows that Linux has through WSL; the way out is the Linux home.

    Raises: folder-on-windows-drive.
    """
    place = place_of(database)
    if place and place.kind == "windows-drive" and not is_there(database):
        home = Path.home() / (folder.name or "plantrack")
        raise Failure(
            "folder-on-windows-drive", folder=str(folder), drive=place.folder, home=shlex.quote(str(home))
        )


def _make_folder(folder: Path, made: list[Path]) -> None:
    missing = [p for p in (folder, *folder.parents) if not p.exists()]
    for path in reversed(missing):
        with contextlib.suppress(FileExistsError):  # another one, at the same time
            path.mkdir()
            made.append(path)
    if not folder.is_dir():
        raise NotADirectoryError(20, "Not a directory")


def _ship_plan(folder: Path, made: list[Path]) -> Path:
    """Put the 2024 plan in a folder that has none, its schema, and the lists of places to include."""
    from plantrack.planfile.format.json_schema import FILE
    from plantrack.planfile.shipped import NAME, shipped_places, shipped_plan, shipped_schema

    for name, data in {**shipped_places(), FILE: shipped_schema(), NAME: shipped_plan()}.items():
        file = folder / "plans" / name
        if not file.exists():  # what a person put there stays
            _make_folder(file.parent, made)
            write_whole(file, data)
            made.append(file)
    return folder / "plans" / NAME


def _fill(db: Connection, folder: Path, carry_in: Callable[..., Applying], *, example: bool) -> Applying:
    with db.atomic():
        if not make_tables(db):  # another `init` was quicker
            return Applying((), ())
        if example:
            stats.put(db, "example", "1")
        return carry_in(db, plans_among(plan_files(folder), folder), folder)


def _group_number(name: str) -> int:
    """Find a group of the machine; refused are one that is not there and one that this login is not in."""
    number = group_number(name)
    if number is None:
        raise Failure("unknown-group", group=name)
    if not may_give_to(number):
        raise Failure("group-not-member", group=name)
    return number


def _readers(database: Path) -> str | None:
    """Return the group that may read a new database."""
    found = database.stat()
    return group_name(found.st_gid) if found.st_mode & stat.S_IRGRP else None


def _is_used_by_several(folder: Path, login: str | None) -> bool:
    """Return whether others may put files in a folder: a group that is not one's own alone, or everybody."""
    found = folder.stat()
    group = group_name(found.st_gid)
    by_group = found.st_mode & stat.S_IWGRP and group != login
    return group is not None and bool(by_group or found.st_mode & stat.S_IWOTH)


def _refuse_foreign(root: Path, group: int) -> None:
    """Refuse a workspace in which something cannot be given to a group, before anything is done."""
    foreign = (p for p in _parts(root) if not _is_shared(p, group) and not may_give(p.stat()))
    if (file := next(foreign, None)) is not None:
        raise Failure("group-not-owner", file=str(file))


def _share(root: Path, group: int) -> None:
    """Share a workspace with a group. Files that SQLite makes beside the database get the rights of the database."""
    for path in _parts(root):
        if not _is_shared(path, group):
            give(path, -1, group)
            path.chmod(stat.S_IMODE(path.stat().st_mode) | _rights(path))


def _parts(root: Path) -> Iterator[Path]:
    """Return the folder, its plans and its database; links lead elsewhere and stay as they are."""
    own = (root, root / ".gitignore", *root.glob(f"{DATABASE}*"), root / "plans", *root.glob("plans/**/*"))
    return (p for p in own if p.exists() and not p.is_symlink())


def _rights(path: Path) -> int:
    return _FOLDER if path.is_dir() else _FILE


def _is_shared(path: Path, group: int) -> bool:
    found, rights = path.stat(), _rights(path)
    return found.st_gid == group and found.st_mode & rights == rights
