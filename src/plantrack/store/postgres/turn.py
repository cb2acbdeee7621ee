"""Whose turn it is to do what only one machine may do at a time: who holds a row of the server has it."""

import contextlib
from collections.abc import Callable, Iterator
from typing import Final

from plantrack.errors import Failure
from plantrack.model.typed.database_address import DatabaseAddress
from plantrack.store.postgres.connection import Postgres, connect_server

#: A row of its own: whoever holds it holds up nobody but those who want it too.
_MADE: Final = "INSERT INTO counter (name, used) VALUES ('mail', 0) ON CONFLICT (name) DO NOTHING"
_ROW: Final = "SELECT c.used FROM counter AS c WHERE c.name = 'mail' FOR UPDATE"


@contextlib.contextmanager
def turn_to_send(address: DatabaseAddress, patience: float) -> Iterator[Callable[[], None]]:
    """Wait for one's turn to send mail, and have it; yield what fails once the server has given it to others.

    It ends with the connection, so whoever dies in the midst of it holds nobody up.

    Fails with `mail-busy` where another one has it for longer than one waits; with those of `connect_server`.
    """
    with contextlib.closing(connect_server(address)) as db:
        db.execute(_MADE)
        with _waited_for(db, patience) as hold:
            yield hold


@contextlib.contextmanager
def _waited_for(db: Postgres, patience: float) -> Iterator[Callable[[], None]]:
    with db.unlocked(patience):

        def hold() -> None:
            ((_,),) = db.query(_ROW)

        try:
            hold()
        except Failure as failure:
            if failure.code == "database-locked":
                raise Failure("mail-busy", folder=db.name) from failure
            raise
        yield hold
