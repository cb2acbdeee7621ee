"""A database of the test's own on a server, and a connection to it that is not patient."""

import contextlib
from collections.abc import Iterator

import pytest

from plantrack.model.typed.database_address import DatabaseAddress
from plantrack.store.postgres import retry
from plantrack.store.postgres.connection import Postgres
from tests.support.postgres import database_with_tables
from tests.support.postgres_server import PostgresServer


@pytest.fixture
def address(postgres_server: PostgresServer) -> Iterator[DatabaseAddress]:
    with database_with_tables(postgres_server) as made:
        yield made


@pytest.fixture
def db(address: DatabaseAddress, monkeypatch: pytest.MonkeyPatch) -> Iterator[Postgres]:
    monkeypatch.setattr(retry, "_PAUSE", 0.01)
    monkeypatch.setattr(retry, "_PATIENCE_SECONDS", 0.3)
    with contextlib.closing(Postgres(address, timeout=0.2)) as opened:
        yield opened
