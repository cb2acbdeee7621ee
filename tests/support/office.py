"""An office that works on a server: a folder with the plan's file, a database with the plan in it."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from plantrack.model.typed.database_address import DatabaseAddress
from plantrack.services.verbs.plan.apply import apply
from plantrack.store.postgres.connection import Postgres
from tests.conftest import Hands
from tests.faults.processes import AUTHOR, Outcome, inside
from tests.support.postgres import MODEL, make_model
from tests.support.postgres_server import PostgresServer

_PLANNED = "planned"


class Office(NamedTuple):
    """Where commands are typed, and the database on the server."""

    folder: Path
    server: PostgresServer
    database: str

    def address(self, port: int = 0, **options: str) -> str:
        """Return the address of the database; `port`: of what stands before the server."""
        rest = "&".join(f"{name}={value}" for name, value in {"sslmode": "disable", **options}.items())
        return f"postgresql://postgres@127.0.0.1:{port or self.server.port}/{self.database}?{rest}"

    def run(self, *words: str, at: str = "") -> Outcome:
        """Run a command in this process."""
        return inside(self.folder, ("--db", at or self.address(), *words))

    @contextlib.contextmanager
    def opened(self) -> Iterator[Postgres]:
        """Connect past every line."""
        with contextlib.closing(Postgres(DatabaseAddress(self.address()))) as db:
            yield db


#: The servers that have the database with the plan: each plan is the same.
_planned = set[int]()


def _make_planned(server: PostgresServer, folder: Path) -> None:
    """Make a database with the plan of a folder, once a server."""
    if server.port in _planned:
        return
    make_model(server)
    with contextlib.closing(server.admin()) as admin:
        admin.execute(f"CREATE DATABASE {_PLANNED} TEMPLATE {MODEL}")
    with contextlib.closing(Postgres(DatabaseAddress(server.address(_PLANNED)))) as db:
        _planned.add(server.port)
        apply(db, [*(folder / "plans").glob("*.yaml")], folder, AUTHOR, Hands("2024-03-25"))


@contextlib.contextmanager
def office(server: PostgresServer, folder: Path) -> Iterator[Office]:
    """Make a database of its own with the plan of a folder, which is dropped at the end."""
    _make_planned(server, folder)
    with server.database(_PLANNED) as address:
        yield Office(folder, server, address.rpartition("/")[2])
