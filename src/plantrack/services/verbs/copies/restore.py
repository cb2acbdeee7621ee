"""A backup put in the place of the database: checked before, in one transaction, with what was there kept under a name."""

import errno
import os
import shutil
import stat
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Final

from plantrack.deliver.files import fill_whole, scratch_beside
from plantrack.errors import Exit, Failure, reason_of
from plantrack.model.moments import utc_moment
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.text import visible
from plantrack.model.views.elsewhere import Elsewhere
from plantrack.model.views.workspace import DbRestore, LostCommand
from plantrack.services.backup_folder import FOLDER, earlier_backups
from plantrack.services.checked_copy import Fill, checked_copy
from plantrack.services.kept_before import forget, keep_before
from plantrack.services.new_database import clean_up_on_failure, ignore_beside, open_or_create
from plantrack.services.verbs.copies.origin import kinship, worked_on
from plantrack.services.verbs.db import check, reporting_zone
from plantrack.services.workspace import Workspace, is_same_file, refuse_address
from plantrack.store import commands, stats, tasks
from plantrack.store.advance import Advance, scaled, unheard
from plantrack.store.commands import NOBODY_TOLD, Typist
from plantrack.store.connection import SCHEMA_VERSION, refuse_moved
from plantrack.store.copying.marks import let_write
from plantrack.store.exchange import restorations
from plantrack.store.exchange.restorations import LastGiven
from plantrack.store.schema import identity
from plantrack.store.sqlite.connection import SQLite, connect, version_of
from plantrack.store.sqlite.file import logs_beside
from plantrack.store.sqlite.file_copy import copy_over, copy_pages, log_in_memory, set_write_ahead

#: The failures of a database that is ours and not as it was written, and of one that cannot be read, though its file can.
_UNSOUND: Final = ("database-damaged", "database-error", "search-damaged", "history-altered")
_UNREADABLE: Final = ("database-foreign", "database-older", *_UNSOUND)
#: The highest number to go on from: thousands more can be given that a task is called by.
HIGHEST_NEXT: Final = 10**tasks.LONGEST_NUMBER - 10_000
#: What a system says that lets nothing be written, as a database says it.
_UNWRITTEN: Final = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT), "database-full"),
    **dict.fromkeys((errno.EACCES, errno.EPERM, errno.EROFS), "database-read-only"),
}
#: What stands for the id of a database that has none, or whose id cannot be read.
_NO_ID: Final = "unknown"
#: The shares of the work that checking the backup takes.
_OF_CHECKING: Final = 0.7


class Ready(NamedTuple):
    """A backup that was checked, in a file of its own, and the database whose place it is to take."""

    workspace: Workspace
    file: Path
    #: The checked backup, upgraded where it was of an earlier version.
    made: SQLite
    upgraded_from: int | None
    #: The database as it stands; None: there is none, or none that could be opened, for a reason.
    present: SQLite | None
    unreadable: Failure | None
    #: The first number that may be given, where that was asked for.
    next_number: int | None
    #: Where people work with its data, as its mark says.
    place: Elsewhere | None


@contextmanager
def readied(
    workspace: Workspace, here: Path, named: str, next_number: int | None = None, advance: Advance = unheard
) -> Iterator[Ready]:
    """Check a backup in whole, in a copy of it; nothing is changed yet, and nobody waits.

    Raises: database-moved, history-altered, restore-foreign, restore-into-server, restore-itself, restore-unreadable,
    restore-unsound; those of `refuse_address`, `_refuse_no_file`, `_changing`; what `connect` fails with.
    """
    refuse_address(named, "restore")
    if not isinstance(database := workspace.database, Path):
        raise Failure("restore-into-server", address=str(database), file=named)
    file = here / named
    _refuse_no_file(file, database)
    if is_same_file(file, database):
        raise Failure("restore-itself", file=named)
    with ExitStack() as open_:
        with _changing(database):
            scratch = open_.enter_context(scratch_beside(database))
            try:
                version = _copy_checked(file, scratch, advance)
            except Failure as failure:
                raise _of_backup(failure, file, database) from failure
        present, unreadable = _opened(database)
        if present is not None:
            open_.callback(present.close)
        made = open_.enter_context(closing(connect(scratch)))
        log_in_memory(made)
        place = made.told.elsewhere
        let_write(made, own_id=False)  # it may be of a server, or of what went elsewhere since
        upgraded_from = version if version != SCHEMA_VERSION else None
        yield Ready(workspace, file, made, upgraded_from, present, unreadable, next_number, place)


def _refuse_no_file(file: Path, database: Path) -> None:
    """Refuse a place where there is no file to go back to.

    Raises: restore-folder, restore-missing, restore-unreadable.
    """
    path = str(file.absolute())
    try:
        mode = file.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        raise Failure("restore-missing", file=path, folder=_backups_of(database)) from None
    except (OSError, ValueError) as error:  # a closed folder, too long a name, a loop of links
        raise Failure("restore-unreadable", file=path, reason=reason_of(error)) from error
    if stat.S_ISDIR(mode):
        raise Failure("restore-folder", folder=path, near=_newest_backup(file, database))
    if not stat.S_ISREG(mode):
        raise Failure("restore-foreign", file=path, folder=_backups_of(database))


def _backups_of(database: Path) -> str:
    return str(database.parent / FOLDER)


def _newest_backup(folder: Path, database: Path) -> str:
    """Return the newest backup of a database in a folder; empty where there is none, or its id cannot be read."""
    try:
        with closing(connect(database, older=True)) as present:
            id = _id_of(present)
        backups = earlier_backups(folder, id, datetime.max.replace(tzinfo=UTC))
    except Failure:
        return ""
    return str(backups[-1].absolute()) if backups else ""


def _of_backup(failure: Failure, file: Path, database: Path) -> Failure:
    """Return what a failure of a backup is called: what helps a database does not help it."""
    path = str(file.absolute())
    if failure.code in _UNSOUND:
        return Failure("restore-unsound", file=path)
    if failure.code in ("database-foreign", "database-unfinished"):
        return Failure("restore-foreign", file=path, folder=_backups_of(database))
    if failure.code == "database-cannot-open":
        return Failure("restore-unreadable", file=path, reason=failure.params["reason"])
    return failure


@contextmanager
def _changing(database: Path) -> Iterator[None]:
    """Tell of what cannot be written as of the database: nothing goes out, and nothing of it was changed.

    Raises: database-full, database-io, database-read-only; folder-not-writable, where what is there cannot be kept.
    """
    try:
        yield
    except OSError as error:
        kind = _UNWRITTEN.get(error.errno or 0, "database-io")
        raise Failure(kind, file=str(database), reason=reason_of(error)) from error
    except Failure as failure:
        cause = failure.__cause__
        if failure.code not in ("output-failed", "folder-not-writable") or not isinstance(cause, OSError):
            raise
        kind = _UNWRITTEN.get(cause.errno or 0, "database-io")
        if failure.code == "folder-not-writable" and kind != "database-full":
            raise
        if kind == "database-read-only" and failure.params["file"] != str(database):
            folder = _backups_of(database)
            raise Failure("folder-not-writable", folder=folder, reason=reason_of(cause)) from cause
        raise Failure(kind, file=str(database), reason=reason_of(cause)) from cause


def _copy_checked(file: Path, scratch: Path, advance: Advance) -> int:
    """Copy a backup and look at all of the copy; return its version, which may be an earlier one."""

    def look(copy: SQLite) -> None:
        if version_of(copy) != SCHEMA_VERSION:
            from plantrack.store.sqlite import migrations

            migrations.upgrade(copy)
        found = check(copy, scaled(advance, 1 - _OF_CHECKING, 1))
        faults = found.altered + len(found.missing) + len(found.indexes) + sum(n for _, n in found.counts)
        if faults:
            raise Failure("restore-unsound", file=str(file.absolute()))

    with closing(connect(file, older=True)) as db:
        checked_copy(db, scaled(advance, 0, 1 - _OF_CHECKING), look)(scratch)
        return version_of(db)


def _opened(database: Path) -> tuple[SQLite | None, Failure | None]:
    """Open what is there, if it is a database; else say why that cannot be done."""
    try:
        present = connect(database, older=True)
    except Failure as failure:
        if failure.code in ("no-database", "database-unfinished"):
            return None, None
        if failure.code in _UNREADABLE:
            return None, failure
        raise
    try:
        if present.refusal:
            raise Failure(present.refusal, file=str(database))
        refuse_moved(present)
    except Failure:
        present.close()
        raise
    version = version_of(present)
    if version < SCHEMA_VERSION:
        return present, Failure("database-older", file=str(database), theirs=version, ours=SCHEMA_VERSION)
    return present, None


def what_restore_would_do(ready: Ready) -> DbRestore:
    """Return what a restore would do, and what it would lose; nothing is changed.

    Raises: restore-needs-number.
    """
    made, present, unreadable = ready.made, ready.present, ready.unreadable
    given, lost, parted = restorations.last_given(made), list[LostCommand](), None
    is_other = False
    if present is not None and unreadable is None:
        try:
            given = given.at_least(restorations.last_given(present))
            lost += _lost(present, made)
            is_other, parted = kinship(present, made, fresh=ready.upgraded_from is not None)
        except Failure as failure:
            if failure.code not in _UNREADABLE:
                raise
            unreadable = failure
    if unreadable is not None and ready.next_number is None:
        raise Failure("restore-needs-number", file=str(ready.workspace.file), why=unreadable)
    given = given.at_least(LastGiven(*[(ready.next_number or 1) - 1] * 2))
    earlier_of = present if unreadable is None and not is_other else None
    is_here = earlier_of is not None and commands.last_number(earlier_of)
    return DbRestore(
        file=str(ready.file.resolve()),
        database=str(ready.workspace.file.resolve()),
        id=identity.id_of(earlier_of or made),
        lost=tuple(lost) if unreadable is None else None,
        unreadable=unreadable,
        is_other=is_other,
        parted_after=f"c{parted}" if parted else "",
        upgraded_from=ready.upgraded_from,
        next_command=given.commands + 2,
        next_task=given.tasks + 1,
        timezone=reporting_zone(made),
        site=made.told.site,
        worked_on="" if is_here else worked_on(ready.place, identity.id_of(made), ready.workspace.file),
    )


def _lost(present: SQLite, made: SQLite) -> Iterator[LostCommand]:
    """Yield the commands that the backup does not have, each with the tasks that it touched."""
    lost = restorations.lost_commands(present, made)
    touched = restorations.touched_tasks(present, [command.uid for command in lost])
    named = tasks.label_of_uid(present, {uid for own in touched.values() for uid in own})
    for one in lost:
        own = sorted((named[uid] for uid in touched.get(one.uid, ())), key=lambda task: (len(task[0]), task))
        labels, title = tuple(label for label, _ in own), own[0][1] if own else None
        yield LostCommand(one.label, one.verb, one.author, one.recorded_at, labels, title)


def restore(
    ready: Ready,
    author: str,
    now: datetime,
    typist: Typist = NOBODY_TOLD,
    told: DbRestore | None = None,
    advance: Advance = unheard,
) -> DbRestore:
    """Put the backup in place, as a command of its own, and keep what was there; all of it or nothing.

    `told`: what was said of it to those who agreed: it must still be so.

    Raises: database-older, history-altered, no-author, restore-changed-meanwhile; those of `what_restore_would_do`,
    `copy_over`, `keep_before`, `fill_whole`, `_changing`.
    """
    if not author:
        raise Failure("no-author")
    done = list[DbRestore]()

    def look() -> None:
        would = what_restore_would_do(ready)
        if _is_other_now(ready) or (told is not None and would.lost != told.lost):
            raise Failure("restore-changed-meanwhile")
        kept = _keep(ready, now)
        undo.callback(forget, kept)
        done.append(_record(ready, would, kept, author, now, typist))

    with ExitStack() as undo:
        with _changing(ready.workspace.file):
            _put_in_place(ready, look, advance)
        undo.pop_all()
    ignore_beside(ready.workspace.file)
    return done[0]


def _put_in_place(ready: Ready, look: Callable[[], None], advance: Advance) -> None:
    """Carry the backup into the file of the database, which others may have open; or make that file."""
    database = ready.workspace.file
    if ready.present is not None:
        with closing(connect(database, older=True)) as target:
            copy_over(ready.made, target, look, advance)
    elif ready.unreadable is not None:  # no engine opens it, and nobody is at work in it
        look()
        fill_whole(database, partial(_fill_to_work_in, ready.made, database), database)
    else:
        with clean_up_on_failure(database) as made, closing(open_or_create(database, made)[0]) as target:
            copy_over(ready.made, target, look, advance)


def _is_other_now(ready: Ready) -> bool:
    """Return whether a database is there by now where none was."""
    if ready.present is not None or ready.unreadable is not None:
        return False
    present, _ = _opened(ready.workspace.file)
    if present is not None:
        present.close()
    return present is not None


def _fill_to_work_in(db: SQLite, database: Path, file: Path) -> None:
    copy_pages(db, file)
    set_write_ahead(file)
    for log in logs_beside(Path(os.path.realpath(database))):  # it would be taken for the new one's
        log.unlink(missing_ok=True)


def _keep(ready: Ready, now: datetime) -> Path | None:
    """Keep what is there under a name of its own; return it."""
    database = ready.workspace.file
    if ready.present is not None:
        id, fill = _id_of(ready.present), _fill_kept(ready.present)
    elif ready.unreadable is not None:
        id, fill = _NO_ID, partial(_copy_bytes, database)
    else:
        return None
    return keep_before("restore", database, id, fill, now)


def _id_of(present: SQLite) -> str:
    try:
        return stats.get(present, "id") or _NO_ID
    except Failure:  # of a damaged one that cannot be read either
        return _NO_ID


def _fill_kept(present: SQLite) -> Fill:
    """Return what fills a file with a copy that is checked; of a database that is not sound, with it as it is."""
    sound = checked_copy(present)

    def fill(file: Path) -> None:
        try:
            sound(file)
        except Failure as failure:
            if failure.exit_code is not Exit.DATABASE:
                raise
            os.truncate(file, 0)
            copy_pages(present, file)

    return fill


def _copy_bytes(source: Path, file: Path) -> None:
    shutil.copyfile(source, file)


def _record(
    ready: Ready, would: DbRestore, kept: Path | None, author: str, now: datetime, typist: Typist
) -> DbRestore:
    """Let the backup go on where the database was: its numbers, what was sent, and the command itself."""
    made, before = ready.made, None if would.unreadable else ready.present
    moments = [commands.last_moment(db) for db in (made, before) if db is not None]
    given = LastGiven(would.next_command - 2, would.next_task - 1)
    taken, left = dict[str, int](), 0
    with made.atomic():
        if before is not None:
            if not would.is_other:
                restorations.carry_notes(made, before)
            taken, left = restorations.take_over_sent(made, before)
        stats.put_told(made, "last_check", moment=utc_moment(now))  # of all of it, just now
        put_away = str(kept.resolve()) if kept else None
        names = {"file": visible(would.file), "kept": visible(put_away) if put_away else None}
        latest = max(filter(None, moments), default=None)
        command = restorations.record_restore(made, given, latest, author, now, typist, **names)
    return would._replace(command=command.label, kept=put_away, taken=taken, left=left)
