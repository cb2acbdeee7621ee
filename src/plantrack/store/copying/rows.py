"""A database carried into another one row by row: one state of it, in one transaction, and compared before that ends."""

import contextlib
from itertools import chain
from typing import Final

from plantrack.errors import Failure, needing_extra
from plantrack.model.typed.database_address import DatabaseAddress
from plantrack.model.views.elsewhere import Elsewhere
from plantrack.store.advance import Advance, scaled, unheard
from plantrack.store.connection import Connection, insert_many
from plantrack.store.copying.marks import mark
from plantrack.store.copying.whole_tables import RowDigest, TableReader, row_digest, whole_tables
from plantrack.store.schema.identity import make_own
from plantrack.store.sqlite.connection import SQLite

#: The shares of the work that carrying takes, and with it comparing: measured, with ten updates a task.
_OF_CARRYING: Final = 0.6
_OF_COMPARING: Final = 0.85
#: The tables in which a new database has rows already.
_NOT_EMPTY: Final = ("meta", "counter")


def copy_rows(
    db: Connection,
    copy: Connection,
    name: str,
    place: Elsewhere,
    advance: Advance = unheard,
    *,
    own_id: bool = False,
) -> RowDigest:
    """Fill a database with all that another one has, and let it refuse writes; return what it has.

    `copy`: as `open_to_fill` of its engine opens it; `name`: what it is called to people; `own_id`: it is a database
    of its own, beside the other one.

    Raises: copy-differs, copy-refused, copy-target-used, copy-value.
    """
    with _bulk_load(copy):
        reader = _carry(db, copy, scaled(advance, 0, _OF_CARRYING))
        if row_digest(copy, scaled(advance, _OF_CARRYING, _OF_COMPARING)) != reader.digest:
            raise Failure("copy-differs", file=name)
        mark(copy, place)
        if own_id:
            make_own(copy)
    advance(1)
    return reader.digest


def _carry(db: Connection, copy: Connection, advance: Advance) -> TableReader:
    tables = whole_tables(db)
    reader = TableReader(db, tables, advance)
    copy.execute("DELETE FROM meta WHERE name NOT IN ('version', 'schema')")
    for table in tables:
        rows = chain.from_iterable(reader.rows(table))
        if table.name in _NOT_EMPTY:
            insert_many(copy, table.name, table.columns, [*rows], key="name")
        else:
            copy.load(table.name, table.columns, rows)
    return reader


def copy_rows_into_server(
    db: Connection,
    address: DatabaseAddress,
    place: Elsewhere,
    advance: Advance = unheard,
    *,
    own_id: bool = False,
) -> RowDigest:
    """Fill what is at an address, as `copy_rows` does.

    Raises: those of `copy_rows`; what connecting fails with.
    """
    with needing_extra("postgres"):
        from plantrack.store.postgres.bulk_load import open_to_fill
    with contextlib.closing(open_to_fill(address)) as copy:
        return copy_rows(db, copy, copy.name, place, advance, own_id=own_id)


def _bulk_load(copy: Connection) -> contextlib.AbstractContextManager[None]:
    if isinstance(copy, SQLite):
        from plantrack.store.sqlite.bulk_load import bulk_load as of_file

        return of_file(copy)
    from plantrack.store.postgres.bulk_load import bulk_load
    from plantrack.store.postgres.connection import Postgres

    assert isinstance(copy, Postgres)
    return bulk_load(copy)
