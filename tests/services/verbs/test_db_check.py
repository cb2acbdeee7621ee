"""Checking and mending a database: what is derived and indexes, whole or not at all, and never a fact."""

import contextlib
import re
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from plantrack.model.views.workspace import DbCheck
from plantrack.services.verbs import db as service
from plantrack.services.verbs.db import check, repair
from plantrack.store.sqlite.connection import SQLite, connect
from tests.conftest import dump
from tests.store.test_together import start
from tests.support.derived import all_facts, derived_parts
from tests.support.steps import OpenContext, opened, refused, said


@pytest.fixture
def lived(context_on: OpenContext, db: SQLite) -> SQLite:
    """A database with two tasks of which much was said."""
    for n in (1, 2):
        opened(context_on, "2024-07-01", lead=("ubdt",), in_charge=("An",), due="2024-07-30")
        said(context_on, "2024-07-05", str(n), percent="10", blocked="kẹt")
    return db


def hurt(db: SQLite, *statements: str) -> None:
    """Carry out what the program never does."""
    with contextlib.closing(sqlite3.connect(db.path, isolation_level=None)) as driver:
        driver.execute("PRAGMA ignore_check_constraints = ON")
        guards = driver.execute(
            "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall()
        for name, _, _ in guards:
            driver.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            driver.execute(statement)
        there = {name for (name,) in driver.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        for _, table, sql in guards:
            driver.execute(sql if table in there else "SELECT 1")


def hurt_index(db: SQLite, name: str) -> None:
    """Take from an index what it says of all tasks but one, unseen."""
    ((sql,),) = db.query("SELECT sql FROM sqlite_master WHERE name = :name", {"name": name})
    hurt(
        db,
        f"DROP INDEX {name}",
        f"{sql} WHERE number = 1",
        "PRAGMA writable_schema = ON",
        f"UPDATE sqlite_master SET sql = '{sql.replace(chr(39), chr(39) * 2)}' WHERE name = '{name}'",
    )


def without_triggers(lines: list[str]) -> list[str]:
    """Return what a database holds in any order, but for the guards that `hurt` takes away.

    Rows of `search` may have other numbers, and so has the index of words, whose tables only its engine can read.
    """
    numbered = (re.sub(r'(INSERT INTO "search" VALUES\()\d+,', r"\1", line) for line in lines)
    return sorted(x for x in numbered if "TRIGGER" not in x and not x.startswith('INSERT INTO "search_fts_'))


def seen(found: DbCheck) -> DbCheck:
    """Return what was found without the last seal, which is another one each time."""
    return found._replace(head=None)


def mended(file: Path) -> DbCheck:
    with contextlib.closing(connect(file)) as db:
        return repair(db)


def test_a_sound_database_is_left_alone(lived: SQLite) -> None:
    before = dump(lived.path)
    assert seen(check(lived)) == DbCheck(str(lived.path))
    assert seen(repair(lived)) == DbCheck(str(lived.path), repaired=True)
    assert dump(lived.path) == before
    assert lived.query("PRAGMA foreign_keys") == [(1,)]


def test_checking_changes_nothing_and_mending_only_what_is_derived(lived: SQLite) -> None:
    whole, facts = derived_parts(lived), all_facts(lived)
    hurt(
        lived,
        "UPDATE task SET status = 'xong', percent = NULL",
        "DELETE FROM holder",
        "UPDATE area SET title = 'x'",
    )
    before = dump(lived.path)
    counts = {"area": 7, "task": 2, "holder": 4}
    found = check(lived)
    assert dump(lived.path) == before
    assert (dict(found.counts), len(found.found), found.repaired) == (counts, 13, False)
    done = repair(lived)
    assert (dict(done.counts), done.repaired) == (counts, True)
    assert (derived_parts(lived), all_facts(lived)) == (whole, facts)
    assert not check(lived).found


def test_of_much_the_first_is_told_and_all_is_counted(lived: SQLite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "MOST_TOLD", 3)
    hurt(lived, "DELETE FROM holder")
    found = check(lived)
    assert (len(found.found), dict(found.counts)) == (3, {"holder": 4})


def test_what_is_not_there_is_named_and_made_again(lived: SQLite) -> None:
    before = without_triggers(dump(lived.path))
    hurt(lived, "DROP TABLE task_past", "DROP TABLE search", "DROP INDEX task_open")
    gone = {"task_open", "task_past", "task_past_on", "search"}
    assert {*check(lived).missing} == gone
    assert {*repair(lived).missing} == gone
    assert seen(check(lived)) == DbCheck(str(lived.path))
    assert without_triggers(dump(lived.path)) == before
    hurt(lived, "DROP TABLE deadline")
    for ask in (check, repair):
        with refused("database-damaged") as caught:
            ask(lived)
        assert caught.value.params["reason"] == "no such table: deadline"


@pytest.mark.parametrize("index", ["task_by_plan", "task_open"])
def test_a_damaged_index_is_named_and_made_again(lived: SQLite, index: str) -> None:
    before = dump(lived.path)
    hurt_index(lived, index)
    with contextlib.closing(connect(lived.path)) as again:
        assert seen(check(again)) == DbCheck(str(lived.path), (index,))
        assert repair(again).indexes == (index,)
        assert seen(check(again)) == DbCheck(str(lived.path))
    assert without_triggers(before) == without_triggers(dump(lived.path))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE task SET title = ''",
        "UPDATE status_update SET on_day = '2024-13-01'",
        f"UPDATE status_update SET task = '{'9' * 26}'",
        "UPDATE task SET area = 'ND9' WHERE number = 1",
        "UPDATE task SET percent = 11, area = 'ND9' WHERE number = 1",
    ],
)
def test_damaged_facts_are_named_and_nothing_is_mended(lived: SQLite, statement: str) -> None:
    hurt(lived, "PRAGMA foreign_keys = OFF", statement)
    before = dump(lived.path)
    if (
        "SET percent" not in statement and "SET title" not in statement
    ):  # else what is derived of it is found first
        with refused("database-damaged"):
            check(lived)
    with refused("database-damaged") as caught:
        repair(lived)
    assert caught.value.exit_code == 6
    assert dump(lived.path) == before


def test_broken_pages_are_no_damaged_index(lived: SQLite, tmp_path: Path) -> None:
    lived.query("PRAGMA wal_checkpoint(TRUNCATE)")
    ((page, size),) = lived.query(
        "SELECT rootpage, (SELECT page_size FROM pragma_page_size) FROM sqlite_master WHERE name = 'status_update'"
    )
    data = bytearray(lived.path.read_bytes())
    data[(page - 1) * size : (page - 1) * size + 64] = b"\xa5" * 64
    file = tmp_path / "broken.db"
    file.write_bytes(data)
    with contextlib.closing(connect(file)) as db:
        for way in (check, repair):
            with refused("database-damaged"):
                way(db)


KILLED = """
import os, signal, sys
from pathlib import Path
from plantrack.services.verbs.db import repair
from plantrack.store.sqlite.connection import connect
last, steps = int(sys.argv[2]), 0
def step():
    global steps
    steps += 1
    if steps == last:
        os.kill(os.getpid(), signal.SIGKILL)
db = connect(Path(sys.argv[1]))
db.driver.set_progress_handler(step, 50)
repair(db)
print(steps)
"""


@pytest.mark.slow
def test_killed_while_it_mends_it_is_as_before(lived: SQLite, tmp_path: Path) -> None:
    whole = dump(lived.path)
    hurt(lived, "DELETE FROM holder", "UPDATE task SET is_open = 0")
    lived.close()
    data, before = lived.path.read_bytes(), dump(lived.path)
    file = tmp_path / "x.db"

    def mending(last: int) -> "subprocess.CompletedProcess[str]":
        file.write_bytes(data)
        command = [sys.executable, "-c", KILLED, str(file), str(last)]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    steps = int(mending(0).stdout)
    for share in (0.3, 0.8, 0.95):
        assert mending(int(steps * share)).returncode == -signal.SIGKILL
        assert dump(file) == before
        assert mended(file).counts
        assert without_triggers(dump(file)) == without_triggers(whole)


@pytest.mark.slow
def test_two_at_once_mend_once(lived: SQLite, workspace: Path) -> None:
    hurt(lived, "DELETE FROM holder")
    running = [start(workspace, "db", "check", "--repair", "--lang", "en") for _ in range(2)]
    told = [(p.communicate()[0], p.returncode) for p in running]
    assert {code for _, code in told} == {0}, told
    assert sorted("nothing was changed" in out for out, _ in told) == [False, True]
    assert not check(lived).found
