"""A file filled row by row with what a server has, as `checked_copy` fills one with the pages of another file."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from plantrack.model.views.elsewhere import Elsewhere
from plantrack.services.checked_copy import OF_COPYING, Fill, check_filled
from plantrack.store.advance import Advance, scaled, unheard
from plantrack.store.connection import Connection
from plantrack.store.copying.rows import copy_rows
from plantrack.store.copying.whole_tables import RowDigest
from plantrack.store.sqlite.bulk_load import open_to_fill
from plantrack.store.sqlite.connection import SQLite


def rows_into_file(
    db: Connection,
    name: str,
    place: Elsewhere,
    look: Callable[[SQLite, RowDigest], None],
    advance: Advance = unheard,
    *,
    of_copying: float = OF_COPYING,
    to_work_in: bool = False,
    own_id: bool = False,
) -> Fill:
    """Return what fills an empty file with a database, which refuses writes until `let_write`, and checks it there.

    `name`: what the file is called to people; `look`: looks at it too, and hears what it has; `to_work_in`: it is not
    only to be kept; `own_id`: as of `copy_rows`. A fault of the file is one of the database, and told of that.

    Raises: those of `copy_rows`, `check_filled`.
    """

    def fill(file: Path) -> None:
        with closing(open_to_fill(file)) as copy:
            carried = copy_rows(db, copy, name, place, scaled(advance, 0, of_copying), own_id=own_id)
        check_filled(file, db, lambda copy: look(copy, carried), to_work_in=to_work_in)
        advance(1)

    return fill
