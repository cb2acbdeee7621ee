"""A database that moves to a server and back: all of it or nothing, and one place at most that can be written to."""

import os
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plantrack.errors import Failure
from plantrack.model.text import nfc
from plantrack.model.typed.database_address import DatabaseAddress
from plantrack.services.context import ContextRequest, open_context
from plantrack.services.verbs.copies import copy_rows
from plantrack.services.verbs.copies.backup import BackupPlace, backup
from plantrack.services.verbs.copies.copy import copy
from plantrack.services.verbs.copies.copy_target import Copier
from plantrack.services.verbs.db import check
from plantrack.services.verbs.progress import progress
from plantrack.services.workspace import Workspace
from plantrack.store import stats
from plantrack.store.checks.quick_look import quick_look
from plantrack.store.commands import last_number
from plantrack.store.connection import Connection
from plantrack.store.copying import rows, whole_tables
from plantrack.store.copying.marks import is_to_read, is_unfinished
from plantrack.store.copying.whole_tables import row_digest
from plantrack.store.opening import open_database
from plantrack.store.sealing.seals import insert_apart
from plantrack.store.sqlite.connection import SQLite, connect
from tests.conftest import dump
from tests.support.folders import files
from tests.support.postgres import database_with_tables
from tests.support.postgres_server import PostgresServer
from tests.support.random_work import COMMANDS, Do, day, worked
from tests.support.steps import OpenContext, opened, refused

NOW = datetime(2024, 8, 1, tzinfo=UTC)
MOVER = Copier("Người thử", NOW)
KEEPER = MOVER._replace(keep_source=True)


@pytest.fixture
def address(postgres_server: PostgresServer) -> Iterator[str]:
    """A database without tables."""
    with postgres_server.database() as made:
        yield made


def at(place: str | Path) -> Any:
    """Open a database for a while."""
    return closing(open_database(place if isinstance(place, Path) else DatabaseAddress(place)))


def is_bare(address: str) -> bool:
    """Return whether nothing is in a database on the server."""
    try:
        with at(address) as db:
            return not db.told
    except Failure as failure:
        return failure.code == "server-empty"


def record(db: Connection) -> None:
    with db.atomic():
        stats.put(db, "example", "1")


def test_it_moves_there_and_back(context_on: OpenContext, db: SQLite, workspace: Path, address: str) -> None:
    opened(context_on, "2024-07-01", in_charge=("Nguyễn Thị Ánh",), new_person=True)
    stats.put_told(db, "last_check", moment="2024-07-01T00:00:00.000Z")
    told = list[float]()
    first = copy(workspace, "plantrack.db", address, MOVER, told.append)
    assert (first.source, first.target, first.commands) == (str(db.path), address, last_number(db))
    assert (first.moved, first.to_read, told, told[-1]) == (True, False, sorted(told), 1)
    with at(db.path) as old, at(address) as there:
        assert (check(there).is_sound, quick_look(there)) == (True, [])
        assert row_digest(there) == row_digest(old)
        assert [stats.get(there, n) for n in ("id", "last_check")] == [stats.get(old, "id"), None]
        with refused("database-moved"):
            record(old)
        assert check(old).is_sound  # and it can be read
        record(there)
    second = copy(workspace, address, "back.db", MOVER)
    assert (second.source, second.target) == (address, str(workspace / "back.db"))
    with at(address) as there, at(workspace / "back.db") as back:
        assert (check(back).is_sound, quick_look(back)) == (True, [])
        assert row_digest(back) == row_digest(there)
        assert back.query("PRAGMA journal_mode") == [("wal",)]
        with refused("database-moved"):
            record(there)
        record(back)
    assert os.name != "posix" or (workspace / "back.db").stat().st_mode & 0o777 == 0o600


def test_a_copy_to_read_is_one_and_leaves_the_source_as_it_is(
    db: SQLite, workspace: Path, address: str
) -> None:
    done = copy(workspace, "plantrack.db", address, KEEPER)
    assert (done.moved, done.to_read) == (False, True)
    record(db)
    with at(address) as there, refused("database-to-read"):
        record(there)
    with refused("copy-target-used"):  # another run does not go on with it
        copy(workspace, "plantrack.db", address, KEEPER)
    with refused("copy-target-used"):
        copy(workspace, "plantrack.db", address, MOVER)
    record(db)


def test_of_a_copy_to_read_another_database_can_be_made(workspace: Path, address: str) -> None:
    copy(workspace, "plantrack.db", address, KEEPER)
    copy(workspace, address, "again.db", MOVER)
    with at(address) as there, at(workspace / "again.db") as again:
        record(again)
        assert stats.get(again, "id") != stats.get(there, "id")
        with refused("database-to-read"):
            record(there)


def test_what_was_moved_is_only_copied_to_be_read(workspace: Path, address: str) -> None:
    copy(workspace, "plantrack.db", address, MOVER)
    before = files(workspace)
    for target in ("x.db", address):
        with refused("database-moved"):
            copy(workspace, "plantrack.db", target, MOVER)
    assert files(workspace) == before
    copy(workspace, "plantrack.db", "x.db", KEEPER)
    with at(workspace / "x.db") as copied, pytest.raises(Failure) as found:
        record(copied)
    assert (found.value.code, found.value.params["to"]) == (
        "database-to-read",
        DatabaseAddress(address).without_login,
    )


def test_of_what_was_moved_no_other_copy_is_taken_up(workspace: Path, address: str) -> None:
    copy(workspace, "plantrack.db", address, MOVER)
    copy(workspace, address, "a.db", KEEPER)
    copy(workspace, address, "b.db", MOVER)
    with refused("database-moved"):
        copy(workspace, address, "a.db", MOVER)
    with at(workspace / "a.db") as first, at(workspace / "b.db") as second:
        with refused("database-to-read"):
            record(first)
        record(second)


def test_of_two_that_move_a_database_at_once_the_second_is_refused(
    workspace: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy(workspace, "plantrack.db", address, MOVER)
    heard = list[str]()

    def open_late(place: Any, **others: Any) -> Connection:
        db = open_database(place, **others)
        if not heard:
            heard.append(db.told.moved)  # and only then the other one moves it
            copy(workspace, address, "b.db", MOVER)
        return db

    monkeypatch.setattr(copy_rows, "open_database", open_late)
    with refused("database-moved"):
        copy(workspace, address, "a.db", MOVER)
    assert (heard, (workspace / "a.db").exists()) == ([""], False)


def test_tables_without_a_command_are_filled(workspace: Path, postgres_server: PostgresServer) -> None:
    with database_with_tables(postgres_server) as there:
        copy(workspace, "plantrack.db", there.text, MOVER)
        with at(there.text) as db:
            assert (check(db).is_sound, quick_look(db)) == (True, [])
            record(db)


def test_a_database_is_not_copied_into_itself(workspace: Path, address: str) -> None:
    copy(workspace, "plantrack.db", address, MOVER)
    for target in (address, address.replace("127.0.0.1", "localhost")):
        for copier in (MOVER, KEEPER):
            with refused("copy-target-used"):
                copy(workspace, address, target, copier)
    with at(address) as there:
        record(there)


def test_a_copy_to_read_is_not_taken_up_by_itself(workspace: Path, address: str) -> None:
    copy(workspace, "plantrack.db", address, KEEPER)
    with refused("copy-target-used"):
        copy(workspace, address, address, MOVER)
    with at(address) as there, refused("database-to-read"):
        record(there)


def test_tables_of_others_are_left_alone(workspace: Path, address: str) -> None:
    import psycopg

    with psycopg.connect(address) as other:
        other.execute("CREATE TABLE note (a TEXT)")
    with refused("database-foreign"):
        copy(workspace, "plantrack.db", address, MOVER)
    with connect(workspace / "plantrack.db").atomic():
        pass


# --- ended half-way ---


class Killed(BaseException):
    """What is raised where a run ends."""


def ended(at_share: float) -> Callable[[float], None]:
    def advance(share: float) -> None:
        if share >= at_share:
            raise Killed

    return advance


@pytest.mark.parametrize("share", [0.01, 0.7])
def test_ended_while_it_is_copied_nothing_is_left(share: float, workspace: Path, address: str) -> None:
    before = files(workspace)
    with pytest.raises(Killed):
        copy(workspace, "plantrack.db", address, MOVER, ended(share))
    assert (files(workspace), is_bare(address)) == (before, True)
    copy(workspace, "plantrack.db", address, MOVER)
    before = files(workspace)
    with pytest.raises(Killed):
        copy(workspace, address, "back.db", MOVER, ended(share))
    assert files(workspace) == before
    with at(address) as there:
        record(there)


@pytest.mark.parametrize("step", ["mark", "let_write", "let_all_in"])
def test_ended_between_the_steps_no_two_can_be_written_to_and_the_next_run_goes_on(
    step: str, workspace: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object, **__: object) -> None:
        raise Killed

    for source, target in (("plantrack.db", address), (address, "back.db")):
        named = [workspace / n if n.endswith(".db") else n for n in (source, target)]
        with monkeypatch.context() as patched:
            patched.setattr(copy_rows, step, killed)
            with pytest.raises(Killed):
                copy(workspace, source, target, MOVER)
        with at(named[1]) as there, refused("database-to-read"):
            record(there)
        if step != "mark":
            with at(named[0]) as old, refused("database-moved"):
                record(old)
        assert copy(workspace, source, target, MOVER).moved
        with at(named[0]) as old, at(named[1]) as there:
            assert row_digest(old) == row_digest(there)
            record(there)
            with refused("database-moved"):
                record(old)


def test_a_source_that_went_on_is_not_taken_for_the_same(
    db: SQLite, workspace: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(copy_rows, "mark", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            copy(workspace, "plantrack.db", address, MOVER)
    record(db)
    for copier in (MOVER, KEEPER):
        with refused("copy-target-left"):
            copy(workspace, "plantrack.db", address, copier)
    record(db)


@pytest.mark.parametrize("copier", [MOVER, KEEPER])
def test_a_file_that_an_ended_run_left_is_replaced_once_the_source_went_on(
    copier: Copier, workspace: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy(workspace, "plantrack.db", address, MOVER)
    with monkeypatch.context() as patched:
        patched.setattr(copy_rows, "mark", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            copy(workspace, address, "back.db", MOVER)
    with at(address) as there:
        record(there)
    assert copy(workspace, address, "back.db", copier).moved == (copier is MOVER)
    with at(address) as there, at(workspace / "back.db") as back:
        assert [stats.get(back, "example"), back.query("PRAGMA journal_mode")] == ["1", [("wal",)]]
        record(back if copier is MOVER else there)


def test_what_an_ended_run_left_of_what_is_gone_stays(
    workspace: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy(workspace, "plantrack.db", address, MOVER)
    with monkeypatch.context() as patched:
        patched.setattr(copy_rows, "let_write", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            copy(workspace, address, "back.db", MOVER)
    with refused("file-exists"):
        copy(workspace, address, "back.db", KEEPER)
    here = Workspace(workspace, DatabaseAddress(address))
    with at(address) as there, refused("backup-over-other"):
        backup(there, here, BackupPlace(workspace / "back.db", is_folder=False), NOW)
    copy(workspace, address, "back.db", MOVER)
    with at(workspace / "back.db") as back:
        record(back)


def test_a_backup_is_not_taken_for_what_an_ended_run_left(workspace: Path, address: str) -> None:
    copy(workspace, "plantrack.db", address, MOVER)
    here = Workspace(workspace, DatabaseAddress(address))
    with at(address) as there:
        backup(there, here, BackupPlace(workspace / "b.db", is_folder=False), NOW)
    before = files(workspace)
    with refused("file-exists"):
        copy(workspace, address, "b.db", MOVER)
    assert files(workspace) == before
    with at(address) as there:
        record(there)


def test_of_a_copy_to_read_nothing_is_left_to_do_once_it_is_made(
    db: SQLite, workspace: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copy_rows, "_finished", lambda _: 1 / 0)
    for source, target in (("plantrack.db", address), (address, "x.db")):
        with pytest.raises(ZeroDivisionError):
            copy(workspace, source, target, KEEPER)
    ids = {stats.get(db, "id")}
    for place in (address, workspace / "x.db"):
        with at(place) as made:
            assert (is_to_read(made), is_unfinished(made), quick_look(made)) == (True, False, [])
            ids.add(stats.get(made, "id"))
    assert len(ids) == 3


def cut(postgres_server: PostgresServer, share: float) -> Callable[[float], None]:
    """End all other connections once so much is done."""
    done = list[bool]()

    def advance(now: float) -> None:
        if now >= share and not done:
            done.append(True)
            with closing(postgres_server.admin()) as admin:
                admin.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE application_name = 'plantrack'"
                )

    return advance


@pytest.mark.parametrize("share", [0.2, 0.7])
def test_a_lost_connection_leaves_nothing(
    share: float, workspace: Path, address: str, postgres_server: PostgresServer
) -> None:
    before = files(workspace)
    with refused("server-gone"):
        copy(workspace, "plantrack.db", address, MOVER, cut(postgres_server, share))
    assert (files(workspace), is_bare(address)) == (before, True)
    copy(workspace, "plantrack.db", address, MOVER)
    before = files(workspace)
    # What was read already is whole; then the source cannot be marked, and the copy is one to read.
    with refused("server-gone" if share < 0.6 else "copy-unfinished"):
        copy(workspace, address, "back.db", MOVER, cut(postgres_server, share))
    if share < 0.6:
        assert files(workspace) == before
    copy(workspace, address, "back.db", MOVER)
    with at(workspace / "back.db") as back:
        record(back)


def test_a_full_disk_leaves_nothing(workspace: Path, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    copy(workspace, "plantrack.db", address, MOVER)
    before = files(workspace)
    loads = SQLite.load

    def full(db: SQLite, table: str, *rest: Any) -> None:
        if table == "status_update":
            db.execute("PRAGMA max_page_count = 1")
            db.execute("CREATE TABLE more AS SELECT * FROM command, command AS c2, plan_revision")
        loads(db, table, *rest)

    monkeypatch.setattr(SQLite, "load", full)
    with refused("output-failed"):
        copy(workspace, address, "back.db", MOVER)
    assert files(workspace) == before


def test_nobody_writes_into_a_source_that_moves(workspace: Path, address: str) -> None:
    tried = list[str]()

    def write(_: float) -> None:
        if not tried:
            with (
                closing(connect(workspace / "plantrack.db", timeout=0)) as other,
                pytest.raises(Failure) as found,
            ):
                record(other)
            tried.append(found.value.code)

    copy(workspace, "plantrack.db", address, MOVER, write)

    def write_there(_: float) -> None:
        if len(tried) == 1:
            there = open_database(DatabaseAddress(address), timeout=0.1)
            with closing(there), pytest.raises(Failure) as found:
                record(there)
            tried.append(found.value.code)

    copy(workspace, address, "back.db", MOVER, write_there)
    assert tried == ["database-locked", "database-locked"]


def test_people_work_on_while_a_copy_to_read_is_made(db: SQLite, workspace: Path, address: str) -> None:
    assert stats.get(db, "example") is None
    copy(workspace, "plantrack.db", address, KEEPER, lambda _: record(db))
    with at(address) as there:
        assert stats.get(there, "example") is None


# --- what cannot be ---


def test_a_text_that_no_server_keeps_is_named(db: SQLite, workspace: Path, address: str) -> None:
    insert_apart(db, "meta", [{"name": "note", "value": "a\0b"}])
    before = dump(db.path)
    with pytest.raises(Failure) as found:
        copy(workspace, "plantrack.db", address, MOVER)
    named = {name: found.value.params[name] for name in ("table", "row", "column")}
    assert (found.value.code, named) == (
        "copy-value",
        {"table": "meta", "row": "note", "column": "value"},
    )
    assert (dump(db.path), is_bare(address)) == (before, True)
    db.execute("UPDATE meta SET value = 'a\\u0000b' WHERE name = 'note'")  # as JSON writes one
    copy(workspace, "plantrack.db", address, MOVER)


@pytest.mark.parametrize(
    ("sql", "code"),
    [
        ("UPDATE counter SET used = 3000000000 WHERE name = 'command'", "copy-refused"),
        ("UPDATE plan SET year = 3000000000", "copy-refused"),
        ("INSERT INTO holder VALUES ('01ARZ3NDEKTSV4RRFFQ69G5FAV', 'tag', 'x', '2024-01-01', '2024-01-02')", "copy-refused"),
        ("UPDATE plan SET id = CAST(x'ff' AS TEXT)", "database-damaged"),
    ],
)  # fmt: skip
def test_what_fits_no_table_is_refused(
    sql: str, code: str, db: SQLite, workspace: Path, address: str
) -> None:
    db.execute("PRAGMA foreign_keys = OFF")
    db.execute(sql)
    with refused(code):
        copy(workspace, "plantrack.db", address, MOVER)
    assert is_bare(address)


def test_one_that_differs_is_not_kept(workspace: Path, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    carried = whole_tables.row_digest

    def other(db: Connection, *rest: Any) -> whole_tables.RowDigest:
        return carried(db, *rest)._replace(rows=-1)

    with monkeypatch.context() as patched:
        patched.setattr(rows, "row_digest", other)
        with refused("copy-differs"):
            copy(workspace, "plantrack.db", address, MOVER)
        assert is_bare(address)
    copy(workspace, "plantrack.db", address, MOVER)
    before = files(workspace)
    monkeypatch.setattr(rows, "row_digest", other)
    with refused("copy-differs"):
        copy(workspace, address, "back.db", MOVER)
    assert files(workspace) == before


def test_one_that_may_only_be_read_does_not_move(
    workspace: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda file, *_: Path(file).name != "plantrack.db")
    with refused("database-read-only"):
        copy(workspace, "plantrack.db", address, MOVER)
    assert is_bare(address)
    copy(workspace, "plantrack.db", address, KEEPER)


# --- whatever was recorded ---

NAMES = st.text(
    st.sampled_from("aAáÁđĐ_-zZ éÉ09") | st.characters(blacklist_categories=("Cs", "Cc")), min_size=1
).map(nfc)


@pytest.fixture(scope="module")
def elsewhere_ordered(postgres_server: PostgresServer) -> str:
    """A database of which others are made that order texts as Vietnamese does."""
    with closing(postgres_server.admin()) as admin:
        admin.execute(
            "CREATE DATABASE ordered TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'vi' LOCALE 'C.UTF-8'"
        )
    return "ordered"


def answers(db: Connection) -> list[object]:
    """Return what is asked of some days, and of some moments."""
    found = list[object]()
    for as_of in (None, day(4), day(9)):
        for known_at in (None, "2024-08-01T02:00:02.500Z"):
            with suppress(Failure):
                asked = ContextRequest(author="x", as_of=as_of, known_at=known_at)
                context = open_context(db, asked, lambda: NOW)
                tables = [progress(context, by=by) for by in ("area", "org", "person")]
                found += [(row.key, row.counts, row.coordinating) for t in tables for row in t.rows]
    return found


@settings(max_examples=2, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(commands=st.lists(COMMANDS, max_size=12), names=st.sets(NAMES, max_size=12))
def test_whatever_was_recorded_is_the_same_there_and_back(
    commands: list[Do],
    names: set[str],
    made_once: Path,
    elsewhere_ordered: str,
    postgres_server: PostgresServer,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("moved")
    ledger = worked(made_once / "plantrack.db", commands).db
    ledger.driver.executemany("INSERT INTO salt VALUES (?, printf('%032d', 0))", [(n,) for n in names])
    with closing(type(ledger.driver)(folder / "a.db")) as file:
        ledger.driver.backup(file)
    with postgres_server.database(elsewhere_ordered) as address:
        copy(folder, "a.db", address, MOVER)
        copy(folder, address, "b.db", MOVER)
        with at(folder / "a.db") as first, at(address) as there, at(folder / "b.db") as back:
            assert row_digest(first) == row_digest(there) == row_digest(back)
            assert [check(db).is_sound for db in (first, there, back)] == [True] * 3
            assert answers(first) == answers(there) == answers(back)
