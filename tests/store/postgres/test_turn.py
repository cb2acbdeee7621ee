"""One machine sends at a time: the others wait, also where the one that sends is gone."""

import threading
from collections.abc import Iterator

import pytest

from plantrack.model.typed.database_address import DatabaseAddress
from plantrack.store.postgres.connection import Postgres, connect_server
from plantrack.store.postgres.turn import turn_to_send
from tests.support.postgres import database_with_tables
from tests.support.postgres_server import PostgresServer
from tests.support.steps import refused


@pytest.fixture(scope="module")
def address(postgres_server: PostgresServer) -> Iterator[DatabaseAddress]:
    with database_with_tables(postgres_server) as made:
        yield made


def test_who_comes_second_waits_until_the_first_is_done(address: DatabaseAddress) -> None:
    told = list[str]()

    def second() -> None:
        with turn_to_send(address, 30):
            told.append("second")

    with turn_to_send(address, 30) as has_turn:
        waiting = threading.Thread(target=second)
        waiting.start()
        waiting.join(0.3)
        has_turn()
        told.append("first")
    waiting.join()
    assert told == ["first", "second"]


def test_who_waits_too_long_is_told_and_nobody_else_is_held_up(address: DatabaseAddress) -> None:
    with turn_to_send(address, 30):
        with refused("mail-busy"), turn_to_send(address, 0.1):
            pass
        other = connect_server(address)
        with other.atomic():
            other.execute("UPDATE counter SET used = used WHERE name = 'task'")
        other.close()


def test_the_turn_ends_with_the_connection(address: DatabaseAddress) -> None:
    with refused("server-gone"), turn_to_send(address, 30) as has_turn:
        killer = connect_server(address)
        _end_others(killer)
        killer.close()
        with turn_to_send(address, 30):
            pass
        has_turn()


def _end_others(db: Postgres) -> None:
    db.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
