"""Whatever is changed, removed or added past the program is found, and named with the last command that is sound."""

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.errors import Failure
from plantrack.model.views.history_fault import HistoryFault
from plantrack.services.verbs.db import check
from plantrack.services.verbs.undo import undo
from plantrack.store.connection import Row, insert
from plantrack.store.exchange.fact_tables import FACT_TABLES
from plantrack.store.schema.guards import APPEND_ONLY, unguarded
from plantrack.store.sealing.history_check import (
    ask_last_seal_faults,
    counter_faults,
    head_of,
    history_faults,
    last_sound,
    mend_counters,
    sealed_from,
)
from plantrack.store.sealing.row_hashes import NameHashes
from plantrack.store.sealing.sealed_facts import all_salts, sealed_commands
from plantrack.store.sealing.seals import add_salts, beginnings, seal, seal_row
from plantrack.store.sqlite.connection import SQLite, connect
from tests.support.engines import let_past_the_schema
from tests.support.filled import filled_file
from tests.support.random_work import COMMANDS, Do, worked
from tests.support.steps import OpenContext, opened, said


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A database in which most tables of facts have rows."""
    with contextlib.closing(connect(filled_file(tmp_path_factory.mktemp("filled")))) as db:
        return db.driver.serialize()


@pytest.fixture
def db_filled(filled: bytes) -> Iterator[SQLite]:
    with contextlib.closing(loose(filled)) as db:
        yield db


def loose(data: bytes) -> SQLite:
    """Open a copy in memory that takes anything."""
    driver = sqlite3.connect(":memory:", isolation_level=None)
    driver.deserialize(data[:18] + b"\1\1" + data[20:])
    driver.execute("PRAGMA ignore_check_constraints = ON")
    return SQLite(driver, Path("x.db"))


def faults(db: SQLite) -> list[HistoryFault]:
    return list(history_faults(db))


@given(st.lists(COMMANDS, min_size=1, max_size=14))
def test_whatever_is_done_through_the_program_is_sound(made_once: Path, work: list[Do]) -> None:
    db = worked(made_once / "plantrack.db", work).db
    assert faults(db) == []
    assert ask_last_seal_faults(db, 2000)() == []
    assert db.query("SELECT COUNT(*) FROM seal") == db.query("SELECT COUNT(*) FROM command")


COLUMNS = [(table.name, column) for table in FACT_TABLES for column in table.columns]


@pytest.mark.slow
@pytest.mark.no_cover
def test_any_value_that_is_changed_is_found(filled: bytes) -> None:
    """In each column of each table of facts, by `db check`: by the seals, as a row that fits nothing, or as an orphan."""
    silent = []
    for table, column in COLUMNS:
        with contextlib.closing(loose(filled)) as db:
            if not db.query(f"SELECT 1 FROM {table} LIMIT 1"):
                continue
            with unguarded(db, *APPEND_ONLY):
                (rowid,) = db.query(f"SELECT MAX(rowid) FROM {table}")[0]
                changed = f"CASE typeof({column}) WHEN 'integer' THEN 1 - {column} WHEN 'null' THEN 'x' ELSE {column} || 'x' END"
                try:
                    db.execute(f"UPDATE {table} SET {column} = {changed} WHERE rowid = {rowid}")
                except (sqlite3.IntegrityError, Failure):  # the engine itself keeps it out
                    continue
            try:
                found = check(db)
            except Failure as failure:
                assert failure.code in ("database-damaged", "history-altered"), (table, column)
            else:
                silent += [] if found.history or found.found else [(table, column)]
    assert silent == []


@pytest.mark.parametrize("table", [table.name for table in FACT_TABLES])
def test_a_row_that_is_removed_is_found(db_filled: SQLite, table: str) -> None:
    if not db_filled.query(f"SELECT 1 FROM {table} LIMIT 1"):
        pytest.skip("no row of it here")
    with unguarded(db_filled, *APPEND_ONLY):
        db_filled.execute(f"DELETE FROM {table} WHERE rowid = (SELECT MIN(rowid) FROM {table})")
    if table == "command":
        assert "command-missing" in {fault.kind for fault in faults(db_filled)}
    else:
        assert faults(db_filled)


def said_twice(context_on: OpenContext) -> None:
    opened(context_on, "2024-07-01", lead=("ubdt",))
    said(context_on, "2024-07-02", "1", percent="10", result="một")
    said(context_on, "2024-07-03", "1", percent="20", result="hai")


def test_a_changed_row_is_named_with_its_command_and_its_task(context_on: OpenContext, db: SQLite) -> None:
    said_twice(context_on)
    (uid,) = db.query("SELECT uid FROM status_update WHERE result = 'một'")[0]
    with unguarded(db, "status_update"):
        db.execute("UPDATE status_update SET result = 'khác' WHERE result = 'một'")
    found = faults(db)
    assert found == [HistoryFault("row-changed", "status_update", "c3", "1", uid)]
    assert last_sound(found) == "c2"
    assert ask_last_seal_faults(db, 2000)() == []  # it is not the last command


def test_a_row_that_is_added_is_named(context_on: OpenContext, db: SQLite) -> None:
    said_twice(context_on)
    columns = [column.name for column in db.columns("status_update")]
    copied = ", ".join(f"'{'0' * 26}'" if name == "uid" else name for name in columns)
    db.execute(f"INSERT INTO status_update SELECT {copied} FROM status_update WHERE result = 'hai'")
    assert faults(db) == [HistoryFault("row-extra", "status_update", "c4", "1", "0" * 26)]
    assert ask_last_seal_faults(db, 2000)() == faults(db)
    assert ask_last_seal_faults(db, 1)() == []  # more rows than may be read


def test_a_command_past_the_program_has_no_seal_and_the_one_after_it_is_sound(
    context_on: OpenContext, db: SQLite
) -> None:
    opened(context_on, "2024-07-01")
    columns = [column.name for column in db.columns("command")]
    other = {"uid": f"'{'0' * 26}'", "number": "3", "recorded_at": "'2024-07-01T05:00:00.000Z'"}
    copied = ", ".join(other.get(name, name) for name in columns)
    db.execute(f"INSERT INTO command SELECT {copied} FROM command WHERE number = 2")
    db.execute("UPDATE counter SET used = 3 WHERE name = 'command'")
    said(context_on, "2024-07-02", "1", percent="10")
    assert faults(db) == [HistoryFault("seal-missing", "seal", "c3")]


def test_commands_that_are_gone_are_named_by_their_numbers(context_on: OpenContext, db: SQLite) -> None:
    said_twice(context_on)
    said(context_on, "2024-07-04", "1", percent="30")
    let_past_the_schema(db)
    with unguarded(db, *APPEND_ONLY):
        for table, key in (("seal", "command"), ("status_update", "command"), ("command", "uid")):
            gone = "SELECT uid FROM command WHERE number IN (3, 4)"
            db.execute(f"DELETE FROM {table} WHERE {key} IN ({gone})")
    found = faults(db)
    assert found == [HistoryFault("command-missing", "command", "c3", row="c3–c4")]
    assert last_sound(found) == "c2"


def test_a_seal_that_is_changed_is_found_and_those_after_it_are_not_blamed(
    context_on: OpenContext, db: SQLite
) -> None:
    said_twice(context_on)
    with unguarded(db, "seal"):
        db.execute(
            "UPDATE seal SET hash = :hash WHERE command = (SELECT uid FROM command WHERE number = 3)",
            {"hash": "0" * 64},
        )
    assert faults(db) == [HistoryFault("seal-changed", "seal", "c3")]
    with unguarded(db, "seal"):
        db.execute(
            "UPDATE seal SET row_hashes = '' WHERE command = (SELECT uid FROM command WHERE number = 4)"
        )
    assert {(fault.kind, fault.command) for fault in faults(db)} == {
        ("seal-changed", "c3"),
        ("seal-changed", "c4"),
    }


def test_a_changed_row_is_found_also_where_its_seal_names_it_as_it_is_now_in_other_words(
    context_on: OpenContext, db: SQLite
) -> None:
    said_twice(context_on)
    with unguarded(db, "status_update", "seal"):
        db.execute("UPDATE status_update SET note = 'khác' WHERE result = 'một'")
        changed = next(sealed_commands(db, NameHashes(all_salts(db).get), 2))
        now = f"{beginnings(changed.hashes)} "
        db.execute("UPDATE seal SET row_hashes = ? WHERE command = ?", (now, changed.uid))
    assert faults(db) == [HistoryFault("seal-changed", "seal", "c3")]


def test_a_command_that_was_sealed_again_over_other_rows_is_not_called_sound(
    context_on: OpenContext, db: SQLite
) -> None:
    said_twice(context_on)
    with unguarded(db, "status_update", "seal"):
        db.execute("UPDATE status_update SET note = 'khác' WHERE result = 'một'")
        changed = next(sealed_commands(db, NameHashes(all_salts(db).get), 2))
        before = db.query("SELECT hash FROM seal JOIN command AS c ON c.uid = command WHERE number = 2")[0][0]
        row = seal_row(changed.uid, before, changed.hashes)
        insert(db, "seal", [row], key="command")
    found = faults(db)
    assert found == [HistoryFault("seal-changed", "seal", "c4")]
    assert last_sound(found) == "c2"


def test_the_last_seal_asks_for_no_more_salts_than_its_command_has_names(
    context_on: OpenContext, db: SQLite, monkeypatch: pytest.MonkeyPatch
) -> None:
    said_twice(context_on)
    with db.atomic():
        add_salts(db, [f"người {n}" for n in range(50)])
    read, query = list[Row](), db.query

    def note(*asked: Any) -> list[Row]:
        read.extend(rows := query(*asked))
        return rows

    monkeypatch.setattr(db, "query", note)
    assert ask_last_seal_faults(db, 2000)() == []
    assert len(read) < 20


def test_numbers_that_a_restoration_skipped_are_missed_by_nobody(context_on: OpenContext, db: SQLite) -> None:
    opened(context_on, "2024-07-01")
    db.execute("UPDATE counter SET used = used + 5")
    with db.atomic():
        at = context_on("2024-07-02")
        from plantrack.store.commands import record
        from plantrack.store.sealing.seals import add_fact_rows

        last = db.query("SELECT used FROM counter WHERE name = 'task'")[0][0]
        command = record(db, "db restore", "Ví dụ A", at.now)
        row = {"command": command.uid, "recorded_at": command.recorded_at, "commands": 7, "tasks": last,
               "file": "x.db", "kept": None}  # fmt: skip
        add_fact_rows(db, "restoration", [row])
        seal(db, command.uid)
    assert faults(db) == []
    opened(context_on, "2024-07-03")
    assert faults(db) == []
    with unguarded(db, "restoration"):
        db.execute("DELETE FROM restoration")
    assert {fault.kind for fault in faults(db)} == {"row-missing", "command-missing", "task-missing"}


def test_a_correction_that_the_task_does_not_show_is_found(context_on: OpenContext, db: SQLite) -> None:
    from plantrack.services.verbs.edit import Corrections, edit

    opened(context_on, "2024-07-01")
    edit(context_on("2024-07-02"), ["1"], Corrections(title="Tên khác"))
    assert faults(db) == []
    db.execute("UPDATE task SET title = 'Lén sửa'")
    (fault,) = faults(db)
    assert (fault.kind, fault.task, fault.column) == ("value-changed", "1", "title")


def test_an_undo_gives_a_value_back_and_all_is_sound(context_on: OpenContext, db: SQLite) -> None:
    from plantrack.services.verbs.edit import Corrections, edit

    opened(context_on, "2024-07-01")
    edit(context_on("2024-07-02"), ["1"], Corrections(title="Tên khác", opened="20/6/2024"))
    undo(context_on("2024-07-03"), None)
    assert faults(db) == []


def test_a_document_of_a_plan_is_the_one_that_was_applied(db: SQLite) -> None:
    with unguarded(db, "plan_revision"):
        db.execute("UPDATE plan_revision SET document = document || ' '")
    assert {fault.kind for fault in faults(db)} == {"row-changed", "document"}


def test_a_row_that_stands_under_no_command_has_a_hash_of_its_own(db: SQLite) -> None:
    db.execute("UPDATE meta SET value = 'khac' WHERE name = 'id'")
    assert faults(db) == [HistoryFault("row-changed", "meta", row="id")]


def test_counters_stand_at_the_last_numbers_and_can_be_made_to(context_on: OpenContext, db: SQLite) -> None:
    opened(context_on, "2024-07-01")
    assert counter_faults(db) == []
    insert(db, "counter", [{"name": "task", "used": 0}], key="name")
    assert counter_faults(db) == [HistoryFault("counter", "counter", row="task")]
    assert mend_counters(db) == 1
    assert (counter_faults(db), mend_counters(db)) == ([], 0)


def test_last_rows_that_are_gone_are_told_by_the_counters_and_never_counted_over(
    context_on: OpenContext, db: SQLite
) -> None:
    said_twice(context_on)
    let_past_the_schema(db)
    with unguarded(db, *APPEND_ONLY):
        gone = "(SELECT uid FROM command WHERE number = 4)"
        for table, key in (("seal", "command"), ("status_update", "command"), ("command", "uid")):
            db.execute(f"DELETE FROM {table} WHERE {key} IN {gone}")
    insert(db, "counter", [{"name": "task", "used": 3}], key="name")
    told = [
        HistoryFault("command-missing", "command", "c4", row="c4"),
        HistoryFault("task-missing", "task", row="2–3"),
    ]
    assert (counter_faults(db), mend_counters(db), counter_faults(db)) == (told, 0, told)


def test_the_head_is_the_last_seal_of_then(context_on: OpenContext, db: SQLite) -> None:
    said_twice(context_on)
    last = db.query("SELECT hash FROM seal JOIN command AS c ON c.uid = command ORDER BY c.number")
    assert head_of(db) == (last[-1][0], "c4")
    (moment,) = db.query("SELECT recorded_at FROM command WHERE number = 3")[0]
    assert head_of(db, moment) == (last[2][0], "c3")
    assert head_of(db, "2000-01-01T00:00:00.000Z") is None


def test_what_was_sealed_at_an_upgrade_is_told(context_on: OpenContext, db: SQLite) -> None:
    assert sealed_from(db) == ""
    with unguarded(db, "seal"):
        db.execute("UPDATE seal SET later = 1")
    assert sealed_from(db) == "c2"
    opened(context_on, "2024-07-01")
    assert sealed_from(db) == "c2"
