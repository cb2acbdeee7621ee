"""The lock of those who write: whoever has it sees what the one before wrote."""

import contextlib
import threading
from collections.abc import Callable

import psycopg

from plantrack.errors import Failure
from plantrack.model.typed.database_address import DatabaseAddress
from plantrack.store import stats
from plantrack.store.postgres.connection import Postgres
from plantrack.store.schema.text import table_names


def while_it_waits(address: DatabaseAddress, write: Callable[[Postgres], object]) -> list[object]:
    """Let one write what another one waits for who is to write too; return what that one sees then."""
    seen = list[object]()

    def hold(db: Postgres) -> None:
        try:
            with db.atomic(long=True):
                seen.append(db.query("SELECT used FROM counter WHERE name = 'command'")[0][0])
                seen.append(stats.get(db, "example"))
        except Failure as failure:
            seen.append(failure.code)

    with (
        contextlib.closing(Postgres(address)) as db,
        contextlib.closing(Postgres(address)) as other,
        psycopg.connect(address.text, autocommit=True) as admin,
    ):
        waiting = threading.Thread(target=hold, args=(db,))
        with other.atomic():
            write(other)
            assert other.query("SELECT 1") == [(1,)]
            waiting.start()
            while not admin.execute("SELECT 1 FROM pg_locks WHERE NOT granted").fetchall():
                assert waiting.is_alive()
        waiting.join()
    return seen


def test_whoever_has_the_lock_sees_what_was_written_while_it_waited(address: DatabaseAddress) -> None:
    def write(db: Postgres) -> None:
        db.execute("UPDATE counter SET used = 7 WHERE name = 'command'")
        stats.put(db, "example", "1")

    assert while_it_waits(address, write) == [7, "1"]


def test_of_two_that_want_the_lock_the_second_sees_that_the_data_moved(address: DatabaseAddress) -> None:
    def write(db: Postgres) -> None:
        stats.put_told(db, "moved", to="b.db", moment="2024-07-01T08:00:00.000Z", by="An")

    assert while_it_waits(address, write) == ["database-moved"]


def test_only_who_writes_for_long_may_say_nothing_for_long(address: DatabaseAddress) -> None:
    allowed = list[object]()
    with contextlib.closing(Postgres(address)) as db:
        for long in (True, False):
            with db.atomic(long=long):
                asked = "SELECT setting FROM pg_settings WHERE name = 'idle_in_transaction_session_timeout'"
                allowed += db.query(asked)
    assert allowed == [("0",), ("120000",)]


def test_nobody_writes_anything_past_the_program_while_the_data_is_carried_elsewhere(
    address: DatabaseAddress,
) -> None:
    """Of a row that came into a table which was read already nobody would know."""
    with contextlib.closing(Postgres(address)) as db, psycopg.connect(address.text, autocommit=True) as other:
        for long in (True, False):
            kept_out = list[str]()
            with db.atomic(long=long):
                db.query("SELECT 1")
                for table in table_names():
                    other.execute(f"SELECT 1 FROM {table}")  # whoever reads goes on
                    with contextlib.suppress(psycopg.errors.LockNotAvailable), other.transaction():
                        other.execute(f"LOCK TABLE {table} IN ROW EXCLUSIVE MODE NOWAIT")  # as an INSERT does
                        continue
                    kept_out.append(table)
            assert kept_out == ([*table_names()] if long else [])
