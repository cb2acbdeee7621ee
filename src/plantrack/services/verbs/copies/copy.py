"""A database copied to another place: from file to file, to work in both; to or from a server, where it then is."""

import os
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from plantrack.deliver.files import fill_new, fill_whole
from plantrack.errors import Failure, failing_as
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.views.workspace import DbCopy, FactDigest
from plantrack.services.checked_copy import Fill, checked_copy, refuse_logs
from plantrack.services.row_copy import row_copy
from plantrack.services.workspace import DatabasePlace, named_database
from plantrack.store import commands, stats
from plantrack.store.advance import Advance, scaled, unheard
from plantrack.store.connection import Connection, refuse_moved
from plantrack.store.copying.marks import copy_of, elsewhere, is_to_read, mark, take_up, went_to
from plantrack.store.copying.row_copy import copy_into_server
from plantrack.store.copying.whole_tables import RowDigest, row_digest
from plantrack.store.exchange.fact_reading import fact_digest
from plantrack.store.opening import open_database
from plantrack.store.server.members import let_all_in
from plantrack.store.server.roles import refused
from plantrack.store.sqlite.connection import SQLite, connect
from plantrack.store.sqlite.file_copy import set_write_ahead


class Copier(NamedTuple):
    """Who copies, when, and what for."""

    by: str
    now: datetime
    #: Whether the copy is only to be read, and the source goes on as it is.
    keep_source: bool = False


def copy(here: Path, named: str, target_named: str, copier: Copier, advance: Advance = unheard) -> DbCopy:
    """Copy a database into a place that is not there yet, or empty.

    From file to file the copy has an id of its own, so that neither database makes room among the backups of the other.
    To or from a server the data moves: from then on the source may only be read.

    Raises: those of `_copy_pages`, `_move`, `named_database`; what `open_database` fails with.
    """
    source, target = named_database(here, named), named_database(here, target_named)
    with closing(open_database(source, command="db copy")) as db:
        if isinstance(db, SQLite) and isinstance(target, Path):
            return _copy_pages(db, target, target_named, copier, advance)
        return _move(db, target, target_named, copier, advance)


def _copy_pages(db: SQLite, target: Path, named: str, copier: Copier, advance: Advance) -> DbCopy:
    """Copy a file; the facts of both are compared before the copy gets its name.

    Raises: copy-differs, database-moved, file-exists, output-failed; those of `checked_copy`, `refuse_logs`; what
    `fill_new` fails with.
    """
    if not (copier.keep_source or is_to_read(db)):
        refuse_moved(db)
    is_there = _is_there(target, named)
    db.snapshot()
    whole = fact_digest(db, None, scaled(advance, 0, 0.3))
    place = copy_of(db, _name(db), copier.by, copier.now)

    def compare_and_part(copied: SQLite) -> None:
        if fact_digest(copied) != whole:
            raise Failure("copy-differs", file=str(target))
        copied.execute(
            "PRAGMA journal_mode = MEMORY"
        )  # whoever fails throws the file away: no log may lie beside it
        take_up(copied, apart=True)
        if copier.keep_source:
            with copied.atomic():
                mark(copied, place)

    fill = checked_copy(db, scaled(advance, 0.3, 1), compare_and_part, to_work_in=True)
    if is_there:
        fill_whole(target, fill, db.path)
    else:
        fill_new([target], fill, db.path)
    return _told(db, target, whole, copier)


def _is_there(target: Path, named: str) -> bool:
    """Return whether an empty file is there; refuse one that has some data, and the name of a folder.

    Raises: file-exists, output-failed; those of `refuse_logs`.
    """
    with failing_as("output-failed", file=named):
        is_there = _is_empty(target, named)
    refuse_logs(target)
    return is_there


def _is_empty(target: Path, named: str) -> bool:
    if target.is_dir() or named.endswith(("/", os.sep)):
        raise IsADirectoryError(21, "Is a directory")
    if not os.path.lexists(target):
        return False
    if not _has_nothing(target):
        raise Failure("file-exists", file=str(target))
    return True


def _has_nothing(target: Path) -> bool:
    if not target.is_file() or not target.stat().st_size:
        return target.is_file()
    try:
        connect(target).close()
    except Failure as failure:
        return failure.code == "database-unfinished"
    return False


def _told(db: SQLite, target: Path, whole: FactDigest, copier: Copier) -> DbCopy:
    return DbCopy(
        source=_name(db),
        target=str(target.absolute()),
        size=target.stat().st_size,
        commands=commands.last_number(db),
        sha256=whole.sha256,
        to_read=copier.keep_source,
    )


def _name(db: Connection) -> str:
    return str(db.path.absolute()) if isinstance(db, SQLite) else db.name


def _move(db: Connection, target: DatabasePlace, named: str, copier: Copier, advance: Advance) -> DbCopy:
    """Copy to or from a server, in three steps, each of which a later run takes up where this one is ended.

    The copy is made, and may only be read; the source is marked; the copy is taken up. So the next number is given by one
    of them, or by none. Of a copy that is to be read already, what is taken up is a database of its own.

    Raises: copy-unfinished; database-moved and the code of every write, where the source cannot be marked; those of
    `_refuse_itself`, `_fill`.
    """
    marks = not (copier.keep_source or is_to_read(db))
    if marks and db.refusal:
        raise refused(db)
    to = str(target.absolute()) if isinstance(target, Path) else str(target)
    _refuse_itself(db, target)
    whole = list[RowDigest]()
    try:
        with db.held() if marks and not db.told.moved else db.one_state():
            told = commands.last_number(db)
            if not copier.keep_source and (not marks or went_to(db) in (None, to)):
                whole += _left_whole(db, target)
            if marks and not whole:
                refuse_moved(db)
            if not whole:
                whole.append(_fill(db, target, named, copier, advance))
            if marks and not db.told.moved:
                mark(db, elsewhere(to, copier.by, copier.now))
        with closing(open_database(target, command="db copy")) as copy:
            if not copier.keep_source:
                take_up(copy, apart=not marks)
                let_all_in(copy)
            size = copy.size()
    except Failure as failure:
        if not whole:
            raise
        raise Failure("copy-unfinished", file=_name(db), to=to, why=failure) from failure
    rows, sha256 = whole[0].rows, whole[0].sha256
    return DbCopy(_name(db), to, size, told, sha256, rows, moved=marks, to_read=copier.keep_source)


def _refuse_itself(db: Connection, target: DatabasePlace) -> None:
    """Refuse to copy a database on a server into itself, by whichever address: it would wait for its own lock.

    Raises: copy-target-used.
    """
    if isinstance(target, Path):
        return
    is_itself = str(target) == db.name
    if not (is_itself or db.told.moved):
        with (
            suppress(Failure),
            closing(open_database(target)) as there,
        ):  # what is wrong with it, filling it says
            is_itself = not is_to_read(there) and stats.get(there, "id") == stats.get(db, "id")
    if is_itself:
        raise Failure("copy-target-used", target=str(target))


def _left_whole(db: Connection, target: DatabasePlace) -> list[RowDigest]:
    """Return what a copy has that an earlier run made and did not take up, where the source has just that."""
    try:
        with closing(open_database(target)) as copy:
            if not is_to_read(copy) or stats.get(copy, "id") != stats.get(db, "id"):
                return []
            with copy.one_state():
                there = row_digest(copy)
    except Failure:  # whatever is wrong with the place, filling it says
        return []
    return [there] if there == row_digest(db) else []


def _fill(db: Connection, target: DatabasePlace, named: str, copier: Copier, advance: Advance) -> RowDigest:
    """Make the copy.

    Raises: output-failed, file-exists; those of `copy_into_server`, `refuse_logs`, `row_copy`; what `fill_new` and
    `fill_whole` fail with.
    """
    place = copy_of(db, _name(db), copier.by, copier.now)
    if not isinstance(target, Path):
        return copy_into_server(db, target, place, advance)
    is_there, whole = _is_there(target, named), list[RowDigest]()

    def look(copy: SQLite, carried: RowDigest) -> None:
        whole.append(carried)

    fill = row_copy(db, str(target), place, look, advance, _OF_ROWS)
    if is_there:
        fill_whole(target, _to_work_in(fill), None)
    else:
        fill_new([target], _to_work_in(fill), None)
    return whole[0]


#: The share of the work that copying rows takes, where little is looked at afterwards.
_OF_ROWS: Final = 0.95


def _to_work_in(fill: Fill) -> Fill:
    def filled(file: Path) -> None:
        fill(file)
        set_write_ahead(file)

    return filled
