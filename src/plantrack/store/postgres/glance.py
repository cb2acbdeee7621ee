"""A database on a server opened for a glance: what does not answer soon does not answer."""

from typing import Final

from plantrack.model.typed.database_address import DatabaseAddress
from plantrack.store.postgres.connection import Postgres, connect_server

#: How long is waited for the server, in seconds, and then for each answer: somebody is amid a line.
_PATIENCE: Final = 2.0
_SOON: Final = "SET LOCAL statement_timeout = '1s'"


def glance_at_server(address: DatabaseAddress) -> Postgres:
    """Open a database only to read one state of it.

    Fails as `connect_server` does.
    """
    db = connect_server(address, timeout=_PATIENCE)
    db.snapshot()
    db.execute(_SOON)
    return db
