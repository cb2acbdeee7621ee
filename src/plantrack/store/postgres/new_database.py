"""A database on a server gets the tables of the program, and the groups of those who work with it."""

import contextlib
from collections.abc import Iterator
from typing import Final

import psycopg

from plantrack.errors import Failure
from plantrack.model.typed.database_address import DatabaseAddress
from plantrack.store import stats
from plantrack.store.postgres.connection import Postgres, connect_server
from plantrack.store.postgres.logins import written_in_sql
from plantrack.store.postgres.opening_question import THERE, is_ours
from plantrack.store.postgres.tables import create_schema, identify, roles, statements

#: How a server refuses the second of two who make the same thing at once, after it waited for the first.
_OF_TWO: Final = (
    *(psycopg.errors.DuplicateTable, psycopg.errors.DuplicateObject, psycopg.errors.DuplicateFunction),
    psycopg.errors.InternalError_,
)


@contextlib.contextmanager
def made_by_one(name: str) -> Iterator[None]:
    """Tell whoever makes, or closes, a database that somebody else does the same.

    Raises: database-locked.
    """
    try:
        yield
    except (Failure, psycopg.Error) as error:
        cause = error.__cause__ if isinstance(error, Failure) else error
        is_of_two = isinstance(cause, _OF_TWO) or (
            isinstance(cause, psycopg.errors.UniqueViolation) and cause.diag.schema_name == "pg_catalog"
        )
        if not is_of_two:
            raise
        raise Failure("database-locked", file=name) from error


def connect_to_fill(address: DatabaseAddress) -> tuple[Postgres, bool]:
    """Open a database to fill it, and return whether that is to be done; one that is whole is opened as it is.

    Fails as `connect_server` does, with `database-foreign` where another program's tables are, and with `server-groups`
    where whoever asks may not make groups.
    """
    db = Postgres(address)
    try:
        is_made = is_whole(db)
    except BaseException:
        db.close()
        raise
    if not is_made:
        return db, True
    db.close()
    return connect_server(address), False


def is_whole(db: Postgres) -> bool:
    """Return whether the tables are there, and say what they are; fails with `database-foreign` where others are."""
    there = {name for (name,) in db.query(THERE)}
    if not there:
        return False
    if not is_ours(there):
        raise Failure("database-foreign", file=db.name)
    try:
        return stats.get(db, "version") is not None
    except Failure as failure:
        if failure.code == "not-permitted":  # who may not read it has not made it
            return True
        raise


def make_tables(db: Postgres) -> None:
    """Make the tables and what the database says of itself, inside the caller's transaction.

    Where `script` was run, the tables are there.
    """
    if db.query(THERE):
        identify(db)
    else:
        create_schema(db)


def make_groups(db: Postgres) -> None:
    """Make the groups of those who work with databases on a server; fails with `server-groups` where that is not allowed."""
    try:
        db.execute(roles()[0])
    except Failure as failure:
        if failure.code == "not-permitted":
            raise Failure("server-groups", file=db.name, login=db.told.login) from failure
        raise


def close_to_others(db: Postgres) -> None:
    """Let in nobody but members, and let nobody hold up all others, on whichever server the database is by now."""
    with made_by_one(db.name):
        db.execute(roles()[1])


def script() -> str:
    """Return all that makes a database, as a script that psql runs; the program itself gives it its id."""
    return "".join(f"{statement};\n\n" for statement in ("BEGIN", *statements(), "COMMIT"))


def script_for_keeper(login: str) -> str:
    """Return what whoever keeps the server runs once, so that a login can make a database of the program."""
    given = "GRANT plantrack_viewer, plantrack_reporter, plantrack_coordinator"
    return f"{roles()[0]};\n\n{given} TO {written_in_sql(login)} WITH ADMIN OPTION;\n"
