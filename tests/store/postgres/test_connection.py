"""A line to a server: laid again where it was cut, and left as it was by a reading that is broken off."""

import contextlib
from collections.abc import Callable

import psycopg
import pytest

from plantrack.errors import Failure
from plantrack.model.typed.database_address import DatabaseAddress
from plantrack.store import stats
from plantrack.store.postgres import connection
from plantrack.store.postgres.connection import Postgres
from tests.support.postgres import end_line


def test_a_line_that_was_cut_meanwhile_is_laid_again(db: Postgres) -> None:
    end_line(db)
    assert db.query("SELECT 1") == [(1,)]
    db.snapshot()
    end_line(db)
    with pytest.raises(Failure) as caught:
        db.query("SELECT 1")
    assert caught.value.code == "server-gone"


#: What is asked first of a database that says of itself where it is.
FIRST: dict[str, Callable[[Postgres], object]] = {
    "itself": lambda db: db.told.site,
    "a question": lambda db: db.query("SELECT 1"),
    "a writing": lambda db: db.transact(lambda: "", lambda _: False),
}


@pytest.mark.parametrize("what", FIRST)
def test_what_a_database_says_of_itself_is_heard_on_a_new_line_too(
    what: str, address: DatabaseAddress
) -> None:
    with contextlib.closing(Postgres(address)) as there, there.atomic():
        stats.put(there, "site", "HN")
    with contextlib.closing(connection.connect_server(address)) as db:
        with psycopg.connect(address.text) as other:
            other.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() "
                "AND datname = current_database()"
            )
        with contextlib.suppress(Failure):
            FIRST[what](db)
        db.connect_again()
        assert (db.told.site, db.told.role) == ("HN", "owner")


def test_a_reading_that_is_broken_off_leaves_the_line_as_it_was(db: Postgres) -> None:
    streamed = db.stream("SELECT n FROM generate_series(1, 5000) AS n")
    assert next(streamed) == (1,)
    streamed.close()  # type: ignore[attr-defined]
    assert db.query("SELECT 1") == [(1,)]
    assert not db._in_transaction


# --- moved after it was opened ---


def move(address: DatabaseAddress) -> None:
    with contextlib.closing(Postgres(address)) as other, other.atomic():
        stats.put_told(other, "moved", to="b.db", moment="2024-07-01T08:00:00.000Z", by="An")


#: What a command does with the lock: it asks, asks for much, or only writes.
INSIDE: dict[str, Callable[[Postgres], object]] = {
    "asks": lambda db: db.query("SELECT 1"),
    "reads": lambda db: [*db.stream("SELECT 1")],
    "writes": lambda db: stats.put(db, "example", "1"),
}


@pytest.mark.parametrize("does", INSIDE)
@pytest.mark.parametrize("long", [False, True])
def test_what_went_elsewhere_after_it_was_opened_is_not_written(
    long: bool, does: str, db: Postgres, address: DatabaseAddress
) -> None:
    assert db.told.moved == ""
    move(address)
    reached = list[object]()
    with pytest.raises(Failure) as caught, db.atomic(long=long):
        reached.append(INSIDE[does](db))
    assert (caught.value.code, stats.get(db, "example")) == ("database-moved", None)
    assert does == "writes" or not reached
    with db.atomic(moved=True):
        stats.put(db, "example", "1")
    assert stats.get(db, "example") == "1"
