"""Keys of a database from before: what named a command by its number names it by a uid, and nothing else changes."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from plantrack.errors import Failure
from plantrack.services.verbs.assign import Roles, assign
from plantrack.services.verbs.demo import build
from plantrack.services.verbs.undo import undo
from plantrack.store.connection import SCHEMA_VERSION
from plantrack.store.sqlite import migrations
from plantrack.store.sqlite.connection import connect
from tests.conftest import Run, dump
from tests.support.older import made_by_version, upgrade
from tests.support.oracle import all_commands
from tests.support.steps import OpenContext, opened, said


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of the example, as it is made today."""
    folder = tmp_path_factory.mktemp("demo") / "w"
    build(folder)
    return folder / "plantrack.db"


@pytest.mark.parametrize("version", [1, 3, 4, 5, 6, 7])
def test_every_row_is_as_it_was(version: int, example: Path, tmp_path: Path) -> None:
    """An upgraded database that is made over again as the old version had it has the same rows."""
    old = made_by_version(version, Path(shutil.copy(example, tmp_path / "x.db")))
    before = _kept(old)
    assert upgrade(old) == (version, SCHEMA_VERSION)
    with closing(connect(old)) as db:
        assert db.query("PRAGMA foreign_key_check") == []
        assert db.query("PRAGMA integrity_check") == [("ok",)]
    assert _kept(made_by_version(version, old)) == before


def _kept(file: Path) -> list[str]:
    """Return all rows but those of the search, which are numbered anew, and what the file is, which was not known."""
    made_anew = (
        'INSERT INTO "search"',
        """INSERT INTO "meta" VALUES('id'""",
        """INSERT INTO "meta" VALUES('schema'""",
    )
    return sorted(row for row in dump(file) if not row.startswith(made_anew))


def test_copies_that_are_upgraded_apart_name_commands_alike(example: Path, tmp_path: Path) -> None:
    old = made_by_version(4, Path(shutil.copy(example, tmp_path / "x.db")))
    copies = [old, Path(shutil.copy(old, tmp_path / "y.db"))]
    found = []
    for copy in copies:
        upgrade(copy)
        with closing(connect(copy)) as db:
            found.append(all_commands(db))
    assert found[0] == found[1]
    assert [c.uid for c in found[0]] == sorted({c.uid for c in found[0]})
    assert {(c.entered_by, c.login, c.site) for c in found[0]} == {(None, None, "")}


def test_what_is_answered_is_what_was_answered(workspace: Path, context_on: OpenContext, run: Run) -> None:
    opened(context_on, "2024-07-01", lead=("ubdt",), in_charge=("An",))
    assign(context_on("2024-07-02"), ["1"], Roles(in_charge=("Bình",), instead=True))
    said(context_on, "2024-07-03", "1", result="một", percent="10")
    said(context_on, "2024-07-04", "1", result="hai", percent="20")
    undo(context_on("2024-07-05"), None)
    undo(context_on("2024-07-06"), "c6")
    undo(context_on("2024-07-07"), "c4")
    asked = [
        *(("log",), ("show", "1"), ("list",), ("person", "list"), ("show", "1", "--format", "json")),
        *(("list", "to:An", "--known-at", "2024-07-01"), ("log", "--format", "json"), ("undo", "--dry-run")),
    ]
    answers = [run(*args) for args in asked]
    assert all(ended.code == 0 for ended in answers)
    made_by_version(4, workspace / "plantrack.db")
    assert run("list").code == 6
    assert run("db", "upgrade").code == 0
    assert [run(*args) for args in asked] == answers
    assert run("undo", "--yes").code == 0


def test_an_upgrade_from_4_is_whole_or_none(
    example: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = made_by_version(4, Path(shutil.copy(example, tmp_path / "x.db")))
    before = dump(old)
    monkeypatch.setattr(
        migrations, "_STEPS", {4: (5, "CREATE TABLE half (x); SELECT nonsense FROM nowhere;")}
    )
    with pytest.raises(Failure):
        upgrade(old)
    assert dump(old) == before


def test_a_fact_without_its_command_stops_the_upgrade_and_is_named(example: Path, tmp_path: Path) -> None:
    old = made_by_version(4, Path(shutil.copy(example, tmp_path / "x.db")))
    with closing(sqlite3.connect(old)) as driver:
        uid = driver.execute("SELECT MAX(uid) FROM status_update").fetchone()[0]
        driver.execute("UPDATE status_update SET command = 999 WHERE uid = ?", (uid,))
        driver.commit()
    before = dump(old)
    with pytest.raises(Failure) as caught:
        upgrade(old)
    assert caught.value.code == "database-damaged"
    assert (caught.value.params["table"], caught.value.params["row"]) == ("status_update", uid)
    assert dump(old) == before


def test_a_role_of_no_task_does_not_vanish_but_is_named(example: Path, tmp_path: Path) -> None:
    old = made_by_version(3, Path(shutil.copy(example, tmp_path / "x.db")))
    with closing(sqlite3.connect(old)) as driver:
        uid = driver.execute("SELECT MAX(uid) FROM assignment").fetchone()[0]
        driver.execute("UPDATE assignment SET task = ? WHERE uid = ?", ("9" * 26, uid))
        driver.commit()
    before = dump(old)
    with pytest.raises(Failure) as caught:
        upgrade(old)
    assert (caught.value.params["table"], caught.value.params["row"]) == ("assignment", uid)
    assert dump(old) == before
