"""A database on a server filled with many rows: what each would have to be compared with, or entered in, is made last."""

import contextlib
from collections.abc import Iterator
from typing import Final

import psycopg

from plantrack.errors import Failure
from plantrack.model.typed.database_address import DatabaseAddress
from plantrack.store.copying.whole_tables import is_empty
from plantrack.store.postgres.connection import Postgres
from plantrack.store.postgres.new_database import (
    connect_to_fill,
    is_whole,
    made_by_one,
    make_groups,
    make_tables,
)
from plantrack.store.postgres.parts import index_names, missing_parts
from plantrack.store.postgres.writers_lock import LOCK

#: The keys of other tables, each with the statement that makes it.
_FOREIGN_KEYS: Final = (
    "SELECT c.relname AS name, k.conname, pg_get_constraintdef(k.oid) FROM pg_catalog.pg_constraint AS k "
    "JOIN pg_catalog.pg_class AS c ON c.oid = k.conrelid JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace "
    "WHERE n.nspname = :place AND k.contype = 'f' ORDER BY k.oid"
)


def open_to_fill(address: DatabaseAddress) -> Postgres:
    """Connect to a database that has the tables of the program, or none yet.

    Raises: those of `connect_to_fill`, `make_groups`.
    """
    db, is_new = connect_to_fill(address)
    try:
        if is_new:
            ((schema,),) = db.query("SELECT COALESCE(current_schema(), 'public') AS schema")
            db.told = db.told._replace(schema=schema)
            with made_by_one(db.name):
                make_groups(db)
    except BaseException:
        db.close()
        raise
    return db


@contextlib.contextmanager
def bulk_load(db: Postgres) -> Iterator[None]:
    """Make the tables where there are none; at the end, what they are found by, and what holds that a key leads somewhere.

    Raises: copy-refused, copy-target-used, database-locked.
    """
    try:
        with db.unlocked():
            with made_by_one(db.name):
                if not is_whole(db):
                    make_tables(db)
                db.query(LOCK)
            if not is_empty(db):
                raise Failure("copy-target-used", target=db.name)
            keys = db.query(_FOREIGN_KEYS, {"place": db.shared})
            for table, name, _ in keys:
                db.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
            for name in index_names():
                db.execute(f"DROP INDEX IF EXISTS {name}")
            yield
            for sql in missing_parts(db).values():
                db.execute(sql)
            for table, name, made in keys:
                db.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {made}")
            db.execute("ANALYZE")
    except (psycopg.IntegrityError, psycopg.DataError) as error:
        of = error.diag.table_name or (error.diag.context or "").split(",", 1)[0].removeprefix("COPY ")
        raise Failure("copy-refused", file=db.name, of=of, said=error.diag.message_primary) from error
