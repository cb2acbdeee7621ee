"""Rows that do not fit the model, which the engine accepts: every read names them, or is right without them."""

import contextlib
import json
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path
from typing import NamedTuple

import pytest

from plantrack.cli.app import main
from plantrack.services.verbs import demo
from plantrack.store.checks.damage import damage
from plantrack.store.sealing.seal_all import hash_apart
from plantrack.store.sqlite.connection import connect
from plantrack.store.task_rows import DERIVED
from tests.conftest import Hands, Run

Damaged = Callable[..., Path]


READS = [
    ["list", "--all"],
    ["show", "1", "2", "15"],
    ["progress", "--by", "org"],
    ["progress", "--by", "person", "--known-at", "2024-07-10"],
    ["weekly", "--week", "2024-W29"],
    ["report", "--period", "2024-07"],
    ["log"],
    ["plan", "log"],
    ["plan", "show"],
    ["list", "tài liệu", "--all", "--format", "csv"],
    ["indicator", "list"],
    ["org", "list"],
    ["db", "status"],
]


#: What may come to stand where something else stood.
JUNK = [None, "", "rác", "2024-13-45", "9" * 26, -7, 10**12, 2.5, b"\xff\xfe", "a, b", "null", "{}"]


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The worked example, which has a row in nearly every table, and a delivery."""
    folder = tmp_path_factory.mktemp("damage") / "w"
    demo.build(folder)
    with contextlib.closing(sqlite3.connect(folder / "plantrack.db")) as driver:
        day, plan = "2024-07-21", driver.execute("SELECT id FROM plan").fetchone()[0]
        driver.execute(
            "INSERT INTO delivery VALUES (?, ?, 'weekly', '2024-W29', ?, 1, '', 'a@example.org', 1, ?, ?, 'm', 'ok', 'A', printf('%064d', 0))",
            ("0" * 26, plan, day, f"{day}T20:00:00.000Z", "0" * 64),
        )
        driver.commit()
    with contextlib.closing(connect(folder / "plantrack.db")) as db, db.atomic():
        hash_apart(db)
    return folder


class Loose(NamedTuple):
    """The example with a database that takes anything, and what makes it strict again."""

    folder: Path
    data: bytes
    tables: list[tuple[str, str]]
    triggers: list[str]


@pytest.fixture(scope="session")
def loose(example: Path) -> Loose:
    """Take away what the schema demands, and what keeps rows from being changed."""
    whole = (example / "plantrack.db").read_bytes()
    with contextlib.closing(_opened(example)) as driver:
        kept = driver.execute("SELECT name, type, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
        for name in (name for name, kind, _ in kept if kind == "trigger"):
            driver.execute(f"DROP TRIGGER {name}")
        tables = [(name, sql) for name, kind, sql in kept if kind == "table"]
        _declare(driver, [(name, re.sub(r"(?<!IS) NOT NULL|\bSTRICT\b", "", sql)) for name, sql in tables])
    data = (example / "plantrack.db").read_bytes()
    (example / "plantrack.db").write_bytes(whole)
    return Loose(example, data, tables, [sql for _, kind, sql in kept if kind == "trigger"])


@pytest.fixture
def damaged(loose: Loose, tmp_path: Path) -> Damaged:
    """Make a copy of the example in which one statement was carried out, whatever the schema says."""
    folder = Path(shutil.copytree(loose.folder, tmp_path / "w"))

    def make(statement: str, *values: object) -> Path:
        (folder / "plantrack.db").write_bytes(loose.data)
        with contextlib.closing(_opened(folder)) as driver:
            driver.execute("PRAGMA ignore_check_constraints = ON")
            with contextlib.suppress(sqlite3.IntegrityError):  # a key that is there already
                driver.execute(statement, values)
            _declare(driver, loose.tables)
        with contextlib.closing(_opened(folder)) as driver:
            driver.executescript(";".join(loose.triggers))
        return folder

    return make


def _opened(folder: Path) -> sqlite3.Connection:
    driver = sqlite3.connect(folder / "plantrack.db", isolation_level=None)
    driver.execute("PRAGMA synchronous = OFF")
    return driver


def _declare(driver: sqlite3.Connection, tables: list[tuple[str, str]]) -> None:
    """Write how tables are declared, over what stands there."""
    driver.execute("PRAGMA writable_schema = ON")
    driver.executemany("UPDATE sqlite_master SET sql = ?2 WHERE type = 'table' AND name = ?1", tables)
    driver.execute("PRAGMA writable_schema = RESET")


def read(folder: Path, args: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    capsys.readouterr()
    code = main(["-C", str(folder), *args, "--lang", "en"], Hands("2024-07-21"))
    return code, capsys.readouterr().err


def cells(example: Path) -> Iterator[tuple[str, str]]:
    """Yield every column of every table that has rows."""
    with contextlib.closing(sqlite3.connect(example / "plantrack.db")) as driver:
        named = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search_fts%'"
        for (table,) in driver.execute(named).fetchall():
            if driver.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0]:
                yield from ((table, row[1]) for row in driver.execute(f"PRAGMA table_info({table})"))


#: How damage is told: by a failure, and by a report that warns of its figures.
NAMING = ("database-damaged", "history-altered", "CHECK THIS")


@pytest.mark.no_cover
@pytest.mark.slow
def test_whatever_stands_in_any_column_no_read_ends_as_a_fault_of_ours(
    example: Path, damaged: Damaged, capsys: pytest.CaptureFixture[str]
) -> None:
    junk, reads, wrong = cycle(JUNK), cycle(READS), []
    for table, column in cells(example):
        value = next(junk)
        folder = damaged(
            f"UPDATE {table} SET {column} = ? WHERE rowid = (SELECT MAX(rowid) FROM {table})", value
        )
        for args in (next(reads), next(reads)):
            code, said = read(folder, args, capsys)
            if code not in (0, 6) or (code == 6 and not any(word in said for word in NAMING)):
                wrong.append((table, column, value, args, code, said))
    assert wrong == []


NAMED = {
    "an unknown status": ("UPDATE task SET status = 'xong' WHERE number = 3", "task", "status"),
    "a day that is none": ("UPDATE task SET due = '2024-02-30' WHERE number = 3", "task", "due"),
    "no title": ("UPDATE task SET title = NULL WHERE number = 3", "task", "title"),
    "text for a number": ("UPDATE status_update SET percent = 'x' WHERE uid = {}", "status_update", "percent"),
    "a uid that is none": ("UPDATE deadline SET uid = 'x' WHERE uid = {}", "deadline", "uid"),
    "a moment that is none": ("UPDATE command SET recorded_at = '2024-03-25T25:00:00.000Z' WHERE number = 3", "command", "recorded_at"),
    "a fact without its task": ("UPDATE assignment SET task = '{:0>26}' WHERE uid = {}", "assignment", "task"),
    "a task of an unknown area": ("UPDATE task SET area = 'ND9' WHERE number = 3", "task", "plan, area"),
    "a broken plan": ("UPDATE plan_revision SET content = replace(content, '\"year\"', '\"yfar\"')", "plan_revision", "content"),
    "a plan of no time": ("UPDATE plan_revision SET content = replace(content, '\"year\":2024', '\"year\":2024,\"start\":\"2024-1-1\"')", "plan_revision", "content"),
    "no UTF-8": ("UPDATE status_update SET result = CAST(x'ff41' AS TEXT) WHERE uid = {}", "status_update", "result"),
}  # fmt: skip


@pytest.mark.parametrize("what", NAMED)
def test_damage_is_named_with_its_table_and_row(
    what: str, damaged: Damaged, capsys: pytest.CaptureFixture[str]
) -> None:
    statement, table, column = NAMED[what]
    some = f"(SELECT MIN(uid) FROM {table})"
    folder = damaged(statement.replace("'{:0>26}'", f"'{'0' * 26}'").replace("{}", some))
    # What is derived `db check` makes again; who reads it meets it.
    code, said = read(
        folder, ["list", "--all"] if table == "task" and column in DERIVED else ["db", "check"], capsys
    )
    assert code == 6
    found = re.search(
        r"\[database-damaged\].*\(table (\S+), row (\S+), column ([^)]+)\)", " ".join(said.split())
    )
    assert found is not None, said
    assert (found[1], found[3]) == (table, column)
    with contextlib.closing(sqlite3.connect(folder / "plantrack.db")) as driver:
        key = [row[1] for row in driver.execute(f"PRAGMA table_info({table})") if row[5]]
        rows = driver.execute(f"SELECT {', '.join(key)} FROM {table}").fetchall()
    assert found[2] in {"/".join(map(str, row)) for row in rows}


@pytest.mark.parametrize("args", READS, ids=" ".join)
def test_a_sound_example_is_read(args: list[str], example: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert read(example, args, capsys)[0] == 0


def test_damage_keeps_a_command_from_recording(damaged: Damaged, capsys: pytest.CaptureFixture[str]) -> None:
    folder = damaged("UPDATE task SET title = NULL WHERE number = 3")
    before = (folder / "plantrack.db").read_bytes()
    code, said = read(folder, ["update", "3", "-p", "20"], capsys)
    assert (code, "database-damaged" in said) == (6, True)
    assert (folder / "plantrack.db").read_bytes() == before


def test_a_sound_database_says_what_was_looked_at(run: Run) -> None:
    told = json.loads(run("db", "status", "--format", "json").out)
    assert told["data"]["checks"] == {"quick_check": "ok"}


def test_pages_that_cannot_be_read_end_as_damage_too(
    example: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Byte by byte through the file: the search for damage meets broken pages itself."""
    folder = Path(shutil.copytree(example, tmp_path / "w"))
    whole = (folder / "plantrack.db").read_bytes()
    reads = cycle(READS)
    for start in range(4096, len(whole), len(whole) // 40):
        (folder / "plantrack.db").write_bytes(whole[:start] + b"\xa5" * 64 + whole[start + 64 :])
        code, said = read(folder, next(reads), capsys)
        assert code in (0, 6), (start, said)


@pytest.mark.no_cover
def test_an_index_that_says_something_else_than_its_table_ends_as_damage(
    example: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The engine reads an index in place of the table, and notices nothing."""
    folder = Path(shutil.copytree(example, tmp_path / "w"))
    file = folder / "plantrack.db"
    with contextlib.closing(sqlite3.connect(file)) as driver:
        (uid,) = driver.execute("SELECT uid FROM task WHERE number = 3").fetchone()
    whole = file.read_bytes()
    for found in re.finditer(uid.encode(), whole):
        file.write_bytes(whole[: found.start() + 4] + b"\x03" + whole[found.start() + 5 :])
        assert read(folder, ["log"], capsys)[0] in (0, 6), found.start()
        assert read(folder, ["db", "check"], capsys)[0] in (1, 6), found.start()


def test_a_command_before_the_first_is_damage_whatever_its_table_allows(
    example: Path, tmp_path: Path
) -> None:
    shutil.copytree(example, tmp_path / "w")
    with contextlib.closing(connect(tmp_path / "w" / "plantrack.db")) as db:
        db.execute("PRAGMA ignore_check_constraints = ON")
        db.execute(
            "INSERT INTO command (uid, number, verb, author, recorded_at) "
            f"SELECT '{'0' * 26}', -1, verb, author, '2020-01-01T00:00:00.000Z' FROM command WHERE number = 1"
        )
        found = damage(db)
    assert found is not None and found.params["column"] == "number"


def test_what_others_put_beside_the_tables_is_theirs(example: Path, tmp_path: Path) -> None:
    shutil.copytree(example, tmp_path / "w")
    with contextlib.closing(connect(tmp_path / "w" / "plantrack.db")) as db:
        for made in (
            "CREATE TABLE của_tôi (task TEXT PRIMARY KEY REFERENCES task (title), status, area BLOB) WITHOUT ROWID",
            'CREATE TABLE "\'""; --" (number TEXT REFERENCES gone (x))',
            'INSERT INTO "\'""; --" VALUES (\'x\')',
        ):
            db.execute("PRAGMA foreign_keys = OFF")
            db.execute(made)
        db.execute("INSERT INTO của_tôi VALUES ('x', 'y', x'ff')")
        assert damage(db) is None
