"""A copy of a database to work in: with the same data, or none."""

import os
from contextlib import closing
from pathlib import Path

from plantrack.deliver.files import fill_new, fill_whole
from plantrack.errors import Failure, failing_as
from plantrack.model.views.workspace import DbCopy, FactDigest
from plantrack.services.checked_copy import checked_copy, refuse_logs
from plantrack.services.workspace import refuse_address
from plantrack.store import commands
from plantrack.store.advance import Advance, scaled, unheard
from plantrack.store.exchange.fact_reading import fact_digest
from plantrack.store.schema import identity
from plantrack.store.sqlite.connection import SQLite, connect


def copy(here: Path, named: str, target_named: str, advance: Advance = unheard) -> DbCopy:
    """Copy a database from one file into another one, which is not there yet, or empty.

    The facts of both are compared before the copy gets its name. It has an id of its own, so that neither database makes
    room among the backups of the other.

    Raises: copy-differs, file-exists, output-failed; those of `checked_copy`, `refuse_address`, `refuse_logs`; what
    `connect` and `fill_new` fail with.
    """
    for name in (named, target_named):
        refuse_address(name)
    source, target = here / named, here / target_named
    with failing_as("output-failed", file=target_named):
        is_there = _is_empty(target, target_named)
    refuse_logs(target)
    with closing(connect(source)) as db:
        db.snapshot()
        whole = fact_digest(db, None, scaled(advance, 0, 0.3))

        def compare_and_part(copied: SQLite) -> None:
            if fact_digest(copied) != whole:
                raise Failure("copy-differs", file=str(target))
            identity.renew(copied)

        fill = checked_copy(db, scaled(advance, 0.3, 1), compare_and_part, to_work_in=True)
        if is_there:
            fill_whole(target, fill, source)
        else:
            fill_new([target], fill, source)
        return _told(db, source, target, whole)


def _is_empty(target: Path, named: str) -> bool:
    """Return whether a file is there, without any data; refuse one that has some, and the name of a folder."""
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


def _told(db: SQLite, source: Path, target: Path, whole: FactDigest) -> DbCopy:
    size = target.stat().st_size
    return DbCopy(
        str(source.absolute()), str(target.absolute()), size, commands.last_number(db), whole.sha256
    )
