"""A database on a server that gets the tables of the program: by the program, or by whoever runs its SQL there."""

import contextlib
from collections.abc import Iterator

from plantrack.errors import needing_extra
from plantrack.model.typed.database_address import DatabaseAddress
from plantrack.store.connection import Connection


def open_new(address: DatabaseAddress) -> tuple[Connection, bool]:
    """Open a database to make the tables in it, and return whether that is to be done; fails as `connect_to_fill` does."""
    with needing_extra("postgres"):
        from plantrack.store.postgres.new_database import connect_to_fill
    return connect_to_fill(address)


@contextlib.contextmanager
def tables_made(db: Connection) -> Iterator[None]:
    """Make the groups, then the tables and what is written inside: these all, or none of them.

    Raises: database-locked, where somebody else made them meanwhile.
    """
    from plantrack.store.postgres.connection import Postgres
    from plantrack.store.postgres.new_database import made_by_one, make_groups, make_tables

    assert isinstance(db, Postgres)
    with made_by_one(db.name):
        make_groups(db)
        with db.unlocked():
            make_tables(db)
            yield


def close_again(db: Connection) -> None:
    """Let in nobody but members, as where the tables were made: the server may be another one by now.

    Raises: database-locked.
    """
    from plantrack.store.postgres.connection import Postgres
    from plantrack.store.postgres.new_database import close_to_others

    assert isinstance(db, Postgres)
    close_to_others(db)


def script_of_tables() -> str:
    """Return all that makes a database, as a script that psql runs; the program itself gives it its id."""
    with needing_extra("postgres"):
        from plantrack.store.postgres.new_database import script
    return script()


def script_of_groups(login: str) -> str:
    """Return what whoever keeps the server runs once, so that a login can make a database of the program."""
    with needing_extra("postgres"):
        from plantrack.store.postgres.new_database import script_for_keeper
    return script_for_keeper(login)
