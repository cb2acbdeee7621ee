"""Make the tables of the program in an empty database on a server, with the plans of the workspace."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Final

from plantrack.errors import Failure
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.typed.database_address import DatabaseAddress
from plantrack.services.context import Clock, utc_now
from plantrack.services.plan_files import plans_among
from plantrack.services.verbs.plan.apply import Applying, apply
from plantrack.services.workspace import named_database, plan_files
from plantrack.store.server.members import let_all_in
from plantrack.store.server.new_database import (
    close_again,
    open_new,
    script_of_groups,
    script_of_tables,
    tables_made,
)


class ServerDatabase(NamedTuple):
    """What `db init` made on a server, or found there."""

    address: DatabaseAddress
    #: As whom the server knows who made it.
    login: str
    is_new: bool
    applying: Applying
    #: The logins that were given their rights again.
    renewed: tuple[str, ...] = ()


#: How often it is looked again what is there, where somebody else was at work on it.
_TRIES: Final = 3


def server_address(here: Path, typed: str) -> DatabaseAddress:
    """Read the address of a database on a server.

    Raises: not-an-address; those of `named_database`.
    """
    found = named_database(here, typed)
    if isinstance(found, Path):
        raise Failure("not-an-address", text=typed)
    return found


def init_server(
    address: DatabaseAddress, root: Path, author: Callable[[str], str], clock: Clock = utc_now
) -> ServerDatabase:
    """Make the tables, the groups and their rights, and carry in the plans of a folder: everything, or nothing.

    Where the tables are there, nothing changes; the owner gives the members their rights again, in case the database came
    from another server. `author`: who makes it, by the login. Whoever else makes it at the same time is waited for.

    Raises: database-locked; those of `apply`.
    """
    for _ in range(_TRIES):
        try:
            return _init(address, root, author, clock)
        except Failure as failure:
            if failure.code != "database-locked":
                raise
    return _init(address, root, author, clock)


def _init(address: DatabaseAddress, root: Path, author: Callable[[str], str], clock: Clock) -> ServerDatabase:
    db, is_new = open_new(address)
    with closing(db):
        applying, renewed = Applying((), ()), tuple[str, ...]()
        if is_new:
            files = plans_among(plan_files(root), root)
            with tables_made(db):
                if files:
                    applying = apply(db, files, root, author(db.told.login), clock, verb="init")
        elif db.told.role == "owner":
            close_again(db)
            renewed = let_all_in(db)
        return ServerDatabase(address, db.told.login, is_new, applying, renewed)


def server_script() -> str:
    """Return the SQL of all that `init_server` makes."""
    return script_of_tables()


def keeper_script(login: str) -> str:
    """Return the SQL that whoever keeps the server has to run first."""
    return script_of_groups(login)
