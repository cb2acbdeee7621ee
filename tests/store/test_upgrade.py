"""A database from before: brought up to date whole, with all that is in it."""

import contextlib
import sqlite3
from pathlib import Path

import pytest

from plantrack.errors import Failure
from plantrack.services.db import upgrade
from plantrack.services.desk import Asked, sit_down
from plantrack.store import migrations
from plantrack.store.connection import APPLICATION_ID, SCHEMA_VERSION, connect
from tests.conftest import Run, dump

FIRST = Path(__file__).with_name("schema-1.sql")


@pytest.fixture
def old(workspace: Path) -> Path:
    """The workspace with its database as the first version would have made it."""
    file = workspace / "plantrack.db"
    with contextlib.closing(sqlite3.connect(file)) as driver:
        rows = [(t, list(driver.execute(f"SELECT {c} FROM {t}"))) for t, c in _columns(driver)]
    file.unlink()
    with contextlib.closing(sqlite3.connect(file)) as driver:
        driver.executescript(FIRST.read_text("utf-8"))
        for table, found in (one for one in rows if one[1]):
            marks = ", ".join("?" * len(found[0]))
            driver.executemany(f"INSERT INTO {table} VALUES ({marks})", found)
        driver.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        driver.execute("PRAGMA user_version = 1")
        driver.commit()
    return file


def _columns(driver: sqlite3.Connection) -> list[tuple[str, str]]:
    """Name the columns of each table of the first version."""
    with contextlib.closing(sqlite3.connect(":memory:")) as first:
        first.executescript(FIRST.read_text("utf-8"))
        tables = [r[0] for r in first.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return [
            (t, ", ".join(r[0] for r in first.execute("SELECT name FROM pragma_table_info(?)", (t,))))
            for t in tables
        ]


def shape(file: Path) -> set[tuple[str, str, str]]:
    """Give every column, index, trigger and view by name."""
    with contextlib.closing(sqlite3.connect(file)) as driver:
        names = list(driver.execute("SELECT type, name FROM sqlite_master"))
        return {
            (kind, name, column[0])
            for kind, name in names
            for column in [*driver.execute("SELECT name FROM pragma_table_info(?)", (name,)), ("",)]
        }


def test_an_older_database_is_refused_with_the_way_out(old: Path, run: Run) -> None:
    ended = run("list", "--lang", "en")
    assert ended.code == 6
    assert "plantrack db upgrade" in ended.err


def test_an_upgraded_database_is_as_one_made_today(old: Path, tmp_path: Path, run: Run) -> None:
    assert run("init", str(tmp_path / "new")).code == 0
    ended = run("db", "upgrade", "--lang", "en")
    assert ended.code == 0
    assert f"from structure 1 to {SCHEMA_VERSION}" in ended.err
    triggers = {s for s in shape(tmp_path / "new" / "plantrack.db") if s[0] != "trigger"}
    assert triggers <= shape(old)
    assert {s for s in shape(old) if s[0] != "trigger"} == triggers
    assert run("add", "Họp", "--area", "3").code == 0
    assert run("plan", "show").code == 0


def test_upgrading_again_changes_nothing(old: Path, run: Run) -> None:
    run("db", "upgrade")
    before = dump(old)
    assert "nothing was changed" in run("db", "upgrade", "--lang", "en").err
    assert dump(old) == before


def test_an_upgrade_that_fails_half_way_leaves_the_file_as_it_was(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = dump(old)
    broken = {1: migrations._STEPS[1] + "CREATE TABLE half (x); SELECT nonsense FROM nowhere;"}
    monkeypatch.setattr(migrations, "_STEPS", broken)
    with pytest.raises(Failure):
        upgrade(old)
    assert dump(old) == before


def test_no_step_is_missing() -> None:
    assert sorted(migrations._STEPS) == list(range(1, SCHEMA_VERSION))


def test_what_was_there_reads_as_before(workspace: Path, old: Path, run: Run) -> None:
    run("db", "upgrade")
    db = connect(old)
    try:
        assert sit_down(db, Asked()).plan.id == "kh-468-2024"
    finally:
        db.close()
