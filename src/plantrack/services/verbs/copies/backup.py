"""A backup of the database: made while others work, checked, and in its place whole or not at all."""

import contextlib
import os
import platform
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from plantrack.deliver.files import fill_new, fill_whole, folder_like
from plantrack.errors import Failure, failing_as
from plantrack.model.moments import utc_moment
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.views.elsewhere import Elsewhere
from plantrack.model.views.workspace import DbBackup
from plantrack.services.backup_folder import FOLDER, earlier_backups, make_room, new_names, surplus
from plantrack.services.checked_copy import OF_COPYING, Fill, checked_copy, refuse_logs
from plantrack.services.new_database import ignore_database
from plantrack.services.rows_into_file import rows_into_file
from plantrack.services.verbs.copies.copy_target import full_name
from plantrack.services.verbs.copies.earlier_copy import is_earlier_backup
from plantrack.services.verbs.db import check
from plantrack.services.workspace import Workspace, is_source, refuse_address
from plantrack.store import commands, stats
from plantrack.store.advance import Advance, scaled, unheard
from plantrack.store.connection import Connection
from plantrack.store.copying.marks import copy_of, mark_copy
from plantrack.store.schema import identity
from plantrack.store.sqlite.connection import SQLite


class BackupPlace(NamedTuple):
    """Where a backup goes: into a file, or into a folder under a name of its own."""

    path: Path
    is_folder: bool


class _Seen(NamedTuple):
    """What was seen of a copy before it got its name: from then on a later run may remove it to make room."""

    size: int
    command: int
    may_replace: bool


def backup_place(workspace: Workspace, here: Path, named: str | None, keep: int | None) -> BackupPlace:
    """Read where a backup is to go: what has no ending in its name is a folder, unless it is a file already.

    Raises: keep-needs-folder, output-failed, output-is-source; those of `refuse_address`.
    """
    if named is None:
        database = workspace.database
        folder = database.parent if isinstance(database, Path) else workspace.root
        return BackupPlace(folder / FOLDER, is_folder=True)
    refuse_address(named, "backup")
    path = here / named
    with failing_as("output-failed", file=named):  # too long a name; a folder that may not be looked into
        if path.is_dir() or (_names_folder(named) and not os.path.lexists(path)):
            return BackupPlace(path, is_folder=True)
    if is_source(path, workspace):
        raise Failure("output-is-source", file=named)
    if keep is not None:
        raise Failure("keep-needs-folder", file=named)
    return BackupPlace(path, is_folder=False)


def _names_folder(named: str) -> bool:
    return named.endswith(("/", os.sep)) or not Path(named).suffix


def backup(
    db: Connection,
    workspace: Workspace,
    place: BackupPlace,
    now: datetime,
    keep: int | None = None,
    advance: Advance = unheard,
    *,
    by: str = "",
) -> DbBackup:
    """Copy the database into a file, and record in it that this was done, where it can be.

    The file is a copy to read, which tells by whom it was made. With `keep`, so many backups of it
    stay in the folder; but none makes room for one that a whole check finds fault with, nor for one of data that is
    worked on elsewhere. What fails leaves all as it was.

    Raises: backup-over-other; backup-unsound, where the backup is made and the earlier ones stay; those of
    `checked_copy`, `rows_into_file`, `earlier_backups`, `make_room`, `refuse_logs`; what `fill_new` and `fill_whole` fail with.
    """
    keep = None if db.told.moved else keep
    seen, earlier = list[_Seen](), list[Path]()

    def look(copy: SQLite) -> None:
        may_replace = not (keep and surplus(earlier, keep)) or _is_sound(copy, scaled(advance, OF_COPYING, 1))
        seen.append(_Seen(copy.path.stat().st_size, commands.last_number(copy), may_replace))

    fill, like = _fill(db, look, copy_of(db, full_name(workspace.database), by, now), advance)
    id = identity.id_of(db)
    is_first = place.path == workspace.root / FOLDER and not os.path.lexists(place.path)
    if place.is_folder:
        with folder_like(place.path, like):
            earlier += earlier_backups(place.path, id, now) if keep else []
            file = fill_new(new_names(place.path, id, now), fill, like)
    else:
        file = _put_over(db, place.path, fill, like)
    if is_first:
        with contextlib.suppress(Failure):  # the backup is made
            ignore_database(workspace.root, [])
    size, command, may_replace = seen[-1]
    if not may_replace:  # nor does the database tell of it: a monitor is to notice
        raise Failure("backup-unsound", file=str(file.resolve()))
    done = DbBackup(db.name, id, str(file.resolve()), size, utc_moment(now), command)
    unrecorded = _record(db, done)
    removed = make_room(earlier, keep) if keep else ()
    return done._replace(removed=tuple(map(str, removed)), unrecorded=unrecorded)


def _fill(
    db: Connection, look: Callable[[SQLite], None], place: Elsewhere, advance: Advance
) -> tuple[Fill, Path | None]:
    """Return what fills the file, and whose owner and rights it is to have."""
    if isinstance(db, SQLite):

        def mark_and_look(copy: SQLite) -> None:
            mark_copy(copy, place)
            look(copy)

        return checked_copy(db, advance, mark_and_look), db.path

    def fill(file: Path) -> None:
        with db.one_state():
            rows_into_file(db, str(file), place, lambda copy, _: look(copy), advance)(file)

    return fill, None


def _is_sound(copy: SQLite, advance: Advance) -> bool:
    try:
        return check(copy, advance).is_sound
    except Failure:
        return False


def _put_over(db: Connection, file: Path, fill: Fill, like: Path | None) -> Path:
    """Put a copy in the place of an earlier one of the same history, or of nothing."""
    if not os.path.lexists(file):
        refuse_logs(file)
        return fill_new([file], fill, like)
    if not is_earlier_backup(db, file):
        raise Failure("backup-over-other", file=str(file))
    fill_whole(file, fill, like)
    return file


def _record(db: Connection, done: DbBackup) -> Failure | None:
    """Record in the database which backup is the last one; return why that could not be done."""
    try:
        with db.atomic():
            where = {} if db.path else {"machine": platform.node()}
            last = {"moment": done.moment, "file": done.file, "command": done.command}
            stats.put_told(db, "last_backup", **last, **where)
    except Failure as failure:
        return failure
    return None
