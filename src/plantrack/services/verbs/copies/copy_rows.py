"""A database copied to or from a server, row by row: from then on people work in the copy, or it is one to read.

Unless the source is kept, the data moves, in three steps: the copy is made, and says that it is unfinished; the source
is marked; the copy may be written to. So the next number is given by one of them, or by none. Whoever runs the command
again where a run was ended goes on with the copy that it made. A copy to read is made in one step.
"""

from contextlib import AbstractContextManager, closing, suppress
from pathlib import Path
from typing import Final

from plantrack.errors import Failure
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.views.workspace import DbCopy
from plantrack.services.rows_into_file import rows_into_file
from plantrack.services.verbs.copies.copy_target import Copier, CopyTarget, empty_place, full_name
from plantrack.services.verbs.copies.earlier_copy import has_nothing_of_its_own
from plantrack.services.workspace import DatabasePlace
from plantrack.store import commands, stats
from plantrack.store.advance import Advance, unheard
from plantrack.store.connection import Connection, refuse_moved
from plantrack.store.copying.marks import (
    copy_of,
    elsewhere,
    is_gone,
    is_to_read,
    is_unfinished,
    let_write,
    mark,
    went_to,
)
from plantrack.store.copying.rows import copy_rows_into_server
from plantrack.store.copying.whole_tables import RowDigest, row_digest
from plantrack.store.opening import open_database
from plantrack.store.server.members import let_all_in
from plantrack.store.server.roles import refused

#: The share of the work that copying rows takes, where little is looked at afterwards.
_OF_COPYING: Final = 0.95
#: By which the server judges whether its member may do so.
_COMMAND: Final = "db copy"


class _Job(NamedTuple):
    """A database that is copied."""

    source: DatabasePlace
    target: CopyTarget
    copier: Copier
    db: Connection
    #: Whether the source is only to be read from then on. One that is to be read already stays what it is, and the copy
    #: becomes a database of its own.
    moves: bool

    @property
    def from_(self) -> str:
        return full_name(self.source)

    @property
    def to(self) -> str:
        return full_name(self.target.place)


def copy_to_or_from_server(
    source: DatabasePlace, target: CopyTarget, copier: Copier, advance: Advance = unheard
) -> DbCopy:
    """Copy a database to or from a server.

    Raises: copy-unfinished, copy-target-left; database-moved and the code of every write, where the source cannot be
    marked; those of `empty_place`, `take`, `rows_into_file`, `copy_rows_into_server`; what `open_database` fails with.
    """
    with closing(open_database(source, command=_COMMAND)) as db:
        copier = copier._replace(by=db.told.login or copier.by)
        job = _Job(source, target, copier, db, moves=not (copier.keep_source or is_to_read(db)))
        if job.moves and db.refusal:
            raise refused(db)
        _refuse_itself(job)
        digest: RowDigest | None = None
        try:
            with _one_state(job):
                number = commands.last_number(db)
                digest = _left_by_earlier_run(job) or _new_copy(job, advance)
                if job.moves and not db.told.moved:
                    mark(db, elsewhere(job.to, copier.by, copier.now))
            size = _finished(job)
        except Failure as failure:
            if digest is None or copier.keep_source:
                raise
            raise Failure("copy-unfinished", file=job.from_, to=job.to, why=failure) from failure
    return DbCopy(
        source=job.from_,
        target=job.to,
        size=size,
        commands=number,
        sha256=digest.sha256,
        rows=digest.rows,
        moved=job.moves,
        to_read=copier.keep_source,
    )


def _refuse_itself(job: _Job) -> None:
    """Refuse to copy a database into itself, by whichever address: it would wait for its own lock.

    Raises: copy-target-used.
    """
    is_itself = job.to == job.from_
    if not (is_itself or job.db.told.moved):
        # What is wrong with the target is told by what copies.
        with suppress(Failure), closing(open_database(job.target.place)) as there:
            is_itself = not is_to_read(there) and _id_of(there) == _id_of(job.db)
    if is_itself:
        raise Failure("copy-target-used", target=job.to)


def _id_of(db: Connection) -> str | None:
    return stats.get(db, "id")


def _one_state(job: _Job) -> AbstractContextManager[None]:
    """See one state of the source; of one that is to be marked, let nobody write until it is."""
    return job.db.atomic(long=True) if job.moves and not job.db.told.moved else job.db.one_state()


def _left_by_earlier_run(job: _Job) -> RowDigest | None:
    """Return what a copy has that an earlier run made and did not finish, where the source has just that.

    Raises: copy-target-left.
    """
    if is_gone(job.db) and (job.copier.keep_source or went_to(job.db) != job.to):
        return None
    there = _unfinished(job)
    if there is None:
        return None
    if not job.copier.keep_source and there == row_digest(job.db):
        return there
    if not (isinstance(job.target.place, Path) or is_gone(job.db)):
        raise Failure("copy-target-left", target=job.to)
    return None


def _unfinished(job: _Job) -> RowDigest | None:
    """Return what is at the target, where that is an unfinished copy of the source."""
    try:
        with closing(open_database(job.target.place)) as copy:
            is_of_source = is_unfinished(copy) and _id_of(copy) == _id_of(job.db)
            if not (is_of_source and has_nothing_of_its_own(copy, job.db)):
                return None
            with copy.one_state():
                return row_digest(copy)
    except Failure:  # whatever is wrong with the place, a new copy fails with
        return None


def _new_copy(job: _Job, advance: Advance) -> RowDigest:
    """Make the copy, which may only be read; return what it has. One to read is finished, with an id of its own."""
    if job.moves:
        refuse_moved(job.db)
    target, to_read = job.target.place, job.copier.keep_source
    place = copy_of(job.db, job.from_, job.copier.by, job.copier.now)._replace(unfinished=not to_read)
    if not isinstance(target, Path):
        return copy_rows_into_server(job.db, target, place, advance, own_id=to_read)
    digests, empty = list[RowDigest](), empty_place(job.db, job.target, to_read=to_read)
    fill = rows_into_file(
        job.db,
        str(target),
        place,
        lambda _, digest: digests.append(digest),
        advance,
        of_copying=_OF_COPYING,
        to_work_in=True,
        own_id=to_read,
    )
    empty.take(fill, None)
    return digests[0]


def _finished(job: _Job) -> int:
    """Let the copy be written to, unless it is one to read; return its size."""
    with closing(open_database(job.target.place, command=_COMMAND)) as copy:
        if not job.copier.keep_source:
            with copy.atomic(
                moved=True
            ):  # both or neither: the next run finds a copy that is unfinished, and does both
                let_write(copy, own_id=not job.moves)
                let_all_in(copy)
        return copy.size()
