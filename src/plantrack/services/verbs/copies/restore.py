"""A backup put in the place of the database: checked before, in one transaction, with what was there kept under a name."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

from plantrack.deliver.files import fill_whole, scratch_beside
from plantrack.errors import Exit, Failure, failing_as
from plantrack.model.moments import utc_moment
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.text import visible
from plantrack.model.views.workspace import DbRestore, LostCommand
from plantrack.services.checked_copy import Fill, checked_copy
from plantrack.services.kept_before import forget, keep_before
from plantrack.services.new_database import clean_up_on_failure, ignore_beside, open_or_create
from plantrack.services.verbs.db import check, reporting_zone
from plantrack.services.workspace import Workspace, refuse_address
from plantrack.store import commands, stats
from plantrack.store.advance import Advance, scaled, unheard
from plantrack.store.commands import NOBODY_TOLD, Typist
from plantrack.store.connection import SCHEMA_VERSION, SQLite, connect, version_of
from plantrack.store.exchange import restorations
from plantrack.store.exchange.file_copy import copy_over, copy_pages, set_write_ahead
from plantrack.store.exchange.restorations import LastGiven
from plantrack.store.schema import identity

#: The failures of a database that is ours and not as it was written, and of one that cannot be read, though its file can.
_UNSOUND: Final = ("database-damaged", "database-error", "search-damaged", "history-altered")
_UNREADABLE: Final = ("database-foreign", "database-older", *_UNSOUND)
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


@contextmanager
def readied(
    workspace: Workspace, here: Path, named: str, next_number: int | None = None, advance: Advance = unheard
) -> Iterator[Ready]:
    """Check a backup in whole, in a copy of it; nothing is changed yet, and nobody waits.

    Raises: history-altered, output-failed, restore-missing, restore-itself, restore-unsound; those of `refuse_address`;
    what `connect` fails with.
    """
    refuse_address(named, "restore-from-address")
    file, database = here / named, workspace.database
    if not file.is_file():
        raise Failure("restore-missing", file=named)
    if _is_same(file, database):
        raise Failure("restore-itself", file=named)
    with ExitStack() as open_:
        with failing_as("output-failed", file=str(database)):
            scratch = open_.enter_context(scratch_beside(database))
            version = _copy_checked(file, scratch, advance)
        made = open_.enter_context(closing(connect(scratch)))
        made.execute("PRAGMA journal_mode = MEMORY")  # whatever happens, it is made once more
        present, unreadable = _opened(database)
        if present is not None:
            open_.callback(present.close)
        upgraded_from = version if version != SCHEMA_VERSION else None
        yield Ready(workspace, file, made, upgraded_from, present, unreadable, next_number)


def _is_same(file: Path, other: Path) -> bool:
    try:
        return file.samefile(other)
    except OSError:
        return False


def _copy_checked(file: Path, scratch: Path, advance: Advance) -> int:
    """Copy a backup and look at all of the copy; return its version, which may be an earlier one."""

    def look(copy: SQLite) -> None:
        if version_of(copy) != SCHEMA_VERSION:
            from plantrack.store import migrations

            migrations.upgrade(copy)
        found = check(copy, scaled(advance, 1 - _OF_CHECKING, 1))
        faults = found.altered + len(found.missing) + len(found.indexes) + sum(n for _, n in found.counts)
        if faults:
            raise Failure("restore-unsound", file=str(file))

    try:
        with closing(connect(file, older=True)) as db:
            checked_copy(db, scaled(advance, 0, 1 - _OF_CHECKING), look)(scratch)
            return version_of(db)
    except Failure as failure:
        if failure.code not in _UNSOUND:
            raise
        raise Failure("restore-unsound", file=str(file)) from failure


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
    if present.refusal:
        present.close()
        raise Failure(present.refusal, file=str(database))
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
            lost += map(_told, restorations.lost_commands(present, made))
            is_other, parted = _kinship(ready, present)
        except Failure as failure:
            if failure.code not in _UNREADABLE:
                raise
            unreadable = failure
    if unreadable is not None and ready.next_number is None:
        raise Failure("restore-needs-number", file=str(ready.workspace.database), why=unreadable)
    given = given.at_least(LastGiven(*[(ready.next_number or 1) - 1] * 2))
    keeps_id = present is not None and unreadable is None and not is_other
    return DbRestore(
        file=str(ready.file.absolute()),
        database=str(ready.workspace.database),
        id=identity.id_of(present if keeps_id and present is not None else made),
        lost=tuple(lost) if unreadable is None else None,
        unreadable=unreadable,
        is_other=is_other,
        parted_after=f"c{parted}" if parted else "",
        upgraded_from=ready.upgraded_from,
        next_command=given.commands + 2,
        next_task=given.tasks + 1,
        timezone=reporting_zone(made),
    )


def _told(command: commands.Command) -> LostCommand:
    return LostCommand(command.label, command.verb, command.author, command.recorded_at)


def _kinship(ready: Ready, present: SQLite) -> tuple[bool, int | None]:
    """Return whether a backup is of another history than the database, and after which command they part.

    One that was upgraded on the way got its id and its seals just now.
    """
    if not commands.last_number(present):
        return False, None
    fresh = ready.upgraded_from is not None
    parted = restorations.parted_after(present, ready.made, by_seals=not fresh)
    is_same = fresh or identity.id_of(present) == identity.id_of(ready.made)
    return parted is not None or not is_same, parted


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
    `copy_over`, `keep_before`, `fill_whole`.
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
        _put_in_place(ready, look, advance)
        undo.pop_all()
    ignore_beside(ready.workspace.database)
    return done[0]


def _put_in_place(ready: Ready, look: Callable[[], None], advance: Advance) -> None:
    """Carry the backup into the file of the database, which others may have open; or make that file."""
    database = ready.workspace.database
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
    present, _ = _opened(ready.workspace.database)
    if present is not None:
        present.close()
    return present is not None


def _fill_to_work_in(db: SQLite, database: Path, file: Path) -> None:
    copy_pages(db, file)
    set_write_ahead(file)
    real = os.path.realpath(database)
    for end in ("-wal", "-shm", "-journal"):  # a log would be taken for the new one's
        Path(f"{real}{end}").unlink(missing_ok=True)


def _keep(ready: Ready, now: datetime) -> Path | None:
    """Keep what is there under a name of its own; return it."""
    database = ready.workspace.database
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
        names = {"file": visible(would.file), "kept": visible(str(kept)) if kept else None}
        latest = max(filter(None, moments), default=None)
        command = restorations.record_restore(made, given, latest, author, now, typist, **names)
    return would._replace(command=command.label, kept=str(kept) if kept else None, taken=taken, left=left)
