"""A transaction on a server that asks for it once more, or is gone: it is there once, and said so, or said to be unknown."""

import contextlib
from collections.abc import Callable

import psycopg
import pytest

from plantrack.errors import Failure
from plantrack.model.typed.database_address import DatabaseAddress
from plantrack.store.connection import insert
from plantrack.store.postgres import writers_lock
from plantrack.store.postgres.connection import Postgres
from tests.support.postgres import end_line


class Work:
    """Writes a row of its own each time; `first` goes wrong in the midst of the first time, and others as they are asked."""

    def __init__(self, db: Postgres, *troubles: Callable[[], object]) -> None:
        self.db = db
        self.troubles = list(troubles)
        self.runs = 0

    def __call__(self) -> str:
        self.runs += 1
        name = f"run-{self.runs}"
        insert(self.db, "counter", [{"name": name, "used": 1}])
        if self.troubles:
            self.troubles.pop(0)()
        return name

    def is_recorded(self, name: str) -> bool:
        return bool(self.db.query("SELECT used FROM counter WHERE name = :name", {"name": name}))

    def done(self) -> str:
        return self.db.transact(self, self.is_recorded)


def rows(address: DatabaseAddress) -> list[str]:
    with contextlib.closing(Postgres(address)) as seen:
        asked = "SELECT name FROM counter WHERE name LIKE 'run-%' ORDER BY name"
        return [name for (name,) in seen.query(asked)]


def raising(db: Postgres, state: str) -> Callable[[], object]:
    return lambda: db.execute(f"DO $$ BEGIN RAISE EXCEPTION 'asked for' USING ERRCODE = '{state}'; END $$")


def lose_answers(db: Postgres, monkeypatch: pytest.MonkeyPatch, times: int = 1) -> None:
    """Let what is committed be there, and nobody hear of it."""
    commit, left = db._commit, [times]

    def lost(code: str) -> None:
        commit(code)
        if left[0]:
            left[0] -= 1
            db.driver.close()
            raise Failure(code, file=db.name, reason="lost") from psycopg.OperationalError("lost")

    monkeypatch.setattr(db, "_commit", lost)


def test_what_is_lost_before_its_end_is_done_again(db: Postgres, address: DatabaseAddress) -> None:
    work = Work(db, lambda: end_line(db), lambda: end_line(db))
    assert (work.done(), work.runs, rows(address)) == ("run-3", 3, ["run-3"])
    assert db.has_written


@pytest.mark.parametrize("state", ["40001", "40P01"])
def test_what_the_server_asks_for_again_is_done_again(
    state: str, db: Postgres, address: DatabaseAddress
) -> None:
    assert Work(db, raising(db, state)).done() == "run-2"
    assert rows(address) == ["run-2"]


@pytest.mark.parametrize("times", [1, 2])
def test_a_lost_answer_is_asked_for(
    times: int, db: Postgres, address: DatabaseAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    lose_answers(db, monkeypatch, times)
    work = Work(db)
    assert (work.done(), work.runs, rows(address)) == ("run-1", 1, ["run-1"])


def test_it_is_unknown_while_it_cannot_be_asked_for(
    db: Postgres, address: DatabaseAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    lose_answers(db, monkeypatch)
    commit = db._commit
    with contextlib.closing(Postgres(address)) as other:

        def then_locked(code: str) -> None:
            try:
                commit(code)
            finally:
                other.driver.execute("BEGIN")
                other.driver.execute("SELECT used FROM counter WHERE name = 'command' FOR UPDATE")

        monkeypatch.setattr(db, "_commit", then_locked)
        with pytest.raises(Failure) as caught:
            Work(db).done()
    assert (caught.value.code, rows(address)) == ("server-gone-saving", ["run-1"])


def test_what_is_refused_the_second_time_is_refused(db: Postgres, address: DatabaseAddress) -> None:
    def refuse() -> None:
        raise Failure("task-removed", task="1")

    with pytest.raises(Failure) as caught:
        Work(db, lambda: end_line(db), refuse).done()
    assert (caught.value.code, rows(address)) == ("task-removed", [])


def test_who_waits_too_long_for_others_is_told_so(db: Postgres, address: DatabaseAddress) -> None:
    work = Work(db)
    with contextlib.closing(Postgres(address)) as other, other.atomic():
        other.query("SELECT 1")
        with pytest.raises(Failure) as caught:
            work.done()
    assert (caught.value.code, work.runs, rows(address)) == ("database-locked", 1, [])


def test_who_says_nothing_for_long_is_let_go_and_does_it_again(
    db: Postgres, address: DatabaseAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writers_lock, "_SILENCE", "20ms")

    def think() -> None:
        number = db.query("SELECT pg_backend_pid()")[0][0]
        with contextlib.closing(psycopg.connect(address.text, autocommit=True)) as other:
            is_there = f"SELECT COUNT(*) FROM pg_stat_activity WHERE pid = {number}"
            while other.execute(is_there).fetchone() == (1,):
                pass

    assert Work(db, think).done() == "run-2"


def test_an_error_of_what_nobody_waited_for_is_the_one_that_is_told(
    db: Postgres, address: DatabaseAddress
) -> None:
    with pytest.raises(Failure) as caught:
        Work(db, raising(db, "42501")).done()
    assert (caught.value.code, rows(address)) == ("not-permitted", [])
    with pytest.raises(psycopg.IntegrityError):
        Work(db, lambda: insert(db, "counter", [{"name": "run-1", "used": 1}])).done()
    assert Work(db).done() == "run-1"


def test_an_error_that_is_passed_over_writes_nothing_and_is_found(
    db: Postgres, address: DatabaseAddress
) -> None:
    def pass_over() -> None:
        with contextlib.suppress(Failure):
            db.query("SELECT nothing FROM nowhere")

    with pytest.raises(AssertionError, match="ROLLBACK"):
        Work(db, pass_over).done()
    assert rows(address) == []
