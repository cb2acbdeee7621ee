"""Who copies a database, and where the copy goes: a server, a new file, or one that is empty."""

import os
from datetime import datetime
from pathlib import Path

from plantrack.deliver.files import fill_new, fill_whole
from plantrack.errors import Failure, failing_as
from plantrack.model.named_tuple import NamedTuple
from plantrack.services.checked_copy import Fill, refuse_logs
from plantrack.services.verbs.copies.earlier_copy import is_earlier_copy_to_read, is_unfinished_copy
from plantrack.services.workspace import DatabasePlace
from plantrack.store.connection import Connection
from plantrack.store.sqlite.connection import connect


class Copier(NamedTuple):
    """Who copies, when, and what for."""

    by: str
    now: datetime
    #: Whether the copy is only to be read, and the source goes on as it is.
    keep_source: bool = False


class CopyTarget(NamedTuple):
    """Where a copy goes, and how that was typed."""

    place: DatabasePlace
    typed: str


class EmptyPlace(NamedTuple):
    """A file that is not there yet, has no data, or is an earlier copy that may go."""

    file: Path
    is_there: bool

    def take(self, fill: Fill, like: Path | None) -> None:
        """Put a file there that is filled before it has the name; `like`: the one whose owner and rights it has.

        Raises: what `fill_new` and `fill_whole` fail with.
        """
        if self.is_there:
            fill_whole(self.file, fill, like)
        else:
            fill_new([self.file], fill, like)


def full_name(place: DatabasePlace) -> str:
    """Return what a place is called wherever one works: the whole path of a file, an address without its password."""
    return str(place.resolve()) if isinstance(place, Path) else str(place)


def empty_place(db: Connection, target: CopyTarget, *, to_read: bool) -> EmptyPlace:
    """Look at the file where a copy goes; refuse one that has some data, and the name of a folder.

    A copy takes the place of one that an earlier run left unfinished, and one `to_read` that of an earlier one to read.

    Raises: file-exists, output-failed; those of `refuse_logs`.
    """
    assert isinstance(target.place, Path)
    with failing_as("output-failed", file=target.typed):
        if target.place.is_dir() or target.typed.endswith(("/", os.sep)):
            raise IsADirectoryError(21, "Is a directory")
        is_there = os.path.lexists(target.place)
        is_earlier = is_unfinished_copy(db, target.place) or (
            to_read and is_earlier_copy_to_read(db, target.place)
        )
        if is_there and not (is_earlier or _has_nothing(target.place)):
            raise Failure("file-exists", file=str(target.place))
    refuse_logs(target.place)
    return EmptyPlace(target.place, is_there)


def _has_nothing(file: Path) -> bool:
    if not file.is_file() or not file.stat().st_size:
        return file.is_file()
    try:
        connect(file).close()
    except Failure as failure:
        return failure.code == "database-unfinished"
    return False
