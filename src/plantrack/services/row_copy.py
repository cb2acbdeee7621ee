"""A file filled row by row with what a server has, as `checked_copy` fills one with the pages of another file."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from plantrack.errors import Failure
from plantrack.model.views.elsewhere import Elsewhere
from plantrack.services.checked_copy import OF_COPYING, Fill, refuse_faults
from plantrack.store.advance import Advance, scaled, unheard
from plantrack.store.connection import Connection
from plantrack.store.copying.row_copy import copy_rows
from plantrack.store.copying.whole_tables import RowDigest
from plantrack.store.sqlite.bulk_load import open_to_fill
from plantrack.store.sqlite.connection import SQLite, connect


def row_copy(
    db: Connection,
    name: str,
    place: Elsewhere,
    look: Callable[[SQLite, RowDigest], None],
    advance: Advance = unheard,
    of_copying: float = OF_COPYING,
) -> Fill:
    """Return what fills an empty file with a database, which refuses writes until it is taken up, and checks it there.

    `name`: what the file is called to people; `look`: looks at it too, and hears what it has.

    A fault of the file is one of the database, and told of that.

    Raises: those of `copy_rows`, `refuse_faults`.
    """

    def fill(file: Path) -> None:
        with closing(open_to_fill(file)) as copy:
            carried = copy_rows(db, copy, name, place, scaled(advance, 0, of_copying))
        try:
            with closing(connect(file)) as copy:
                refuse_faults(copy)
                look(copy, carried)
        except Failure as failure:
            raise Failure(failure.code, **{**failure.params, "file": db.name}) from failure
        advance(1)

    return fill
