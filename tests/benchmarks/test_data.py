"""Workspaces for benchmarks are as the program itself would have made them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from plantrack.cli.app import main
from plantrack.services.verbs.init import init
from plantrack.store import derived_rows, people
from plantrack.store.sqlite import search_index
from plantrack.store.sqlite.connection import SQLite, connect
from tests.benchmarks.data import DATABASE, differing, make
from tests.benchmarks.histories import CHUNK, PEOPLE, Settings
from tests.benchmarks.plan_files import plan_text
from tests.support.derived import all_derived

TODAY = Settings._field_defaults["today"]
OTHERS: dict[str, Any] = {"seed": 7, "plans": 2}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("made") / "300"
    assert make(made, 300, **OTHERS)["rows"]["status_update"] == 3000
    return made


@pytest.fixture
def db(folder: Path) -> Iterator[SQLite]:
    opened = connect(folder / DATABASE)
    yield opened
    opened.close()


def test_what_is_derived_is_what_the_facts_say(folder: Path, db: SQLite) -> None:
    assert search_index.is_sound(db)
    kept, labels = all_derived(db), db.query("SELECT uid, label FROM person ORDER BY uid")
    with db.atomic():
        people.derive_labels(db)
        derived_rows.rebuild(db)
    assert all_derived(db) == kept
    assert db.query("SELECT uid, label FROM person ORDER BY uid") == labels
    assert kept["withdrawn_command"]
    assert differing(folder, 20) == []


def test_what_is_derived_wrongly_is_found(tmp_path: Path) -> None:
    make(tmp_path / "few", 5)
    db = connect(tmp_path / "few" / DATABASE)
    db.execute("UPDATE task_past SET percent = 77 WHERE task = (SELECT uid FROM task WHERE number = 3)")
    db.close()
    assert differing(tmp_path / "few") == ["3"]


def test_every_fact_names_what_there_is(db: SQLite) -> None:
    assert db.query("PRAGMA foreign_key_check") == []
    assert db.query("PRAGMA integrity_check") == [("ok",)]


def test_the_schema_is_the_program_s_own(tmp_path: Path, db: SQLite) -> None:
    init(tmp_path / "other", None, "Ví dụ A")
    other = connect(tmp_path / "other" / DATABASE)
    schema = "SELECT type, name, sql FROM sqlite_master ORDER BY type, name"
    assert db.query(schema) == other.query(schema)
    assert db.query("PRAGMA journal_mode") == other.query("PRAGMA journal_mode")
    other.close()


def test_facts_stand_in_the_order_in_which_they_were_recorded(db: SQLite) -> None:
    for table in ("command", "status_update", "task"):
        moments = [r[0] for r in db.query(f"SELECT recorded_at FROM {table} ORDER BY rowid")]
        assert moments == sorted(moments)


def test_work_is_as_it_is_in_life(db: SQLite) -> None:
    (shares,) = db.query(
        "SELECT AVG(status = 'done'), AVG(is_open), AVG(is_open AND due < :today), AVG(due <> first_due) FROM task",
        {"today": TODAY},
    )
    assert [round(share, 1) for share in shares[:2]] == [0.7, 0.3]
    assert 0 < shares[2] < 0.1
    assert 0 < shares[3] < 0.2
    (late,) = db.query("SELECT AVG(substr(recorded_at, 1, 10) > on_day) FROM status_update")
    assert 0.2 < late[0] < 0.3


def test_the_same_settings_make_the_same(tmp_path: Path, db: SQLite) -> None:
    make(tmp_path / "again", 300, **OTHERS)
    again = connect(tmp_path / "again" / DATABASE)
    assert all_derived(again) == all_derived(db)
    again.close()


def test_names_in_the_files_are_made_up(folder: Path) -> None:
    plan = next(folder.glob("plans/*.yaml")).read_text(encoding="utf-8")
    assert "không có thật" in plan
    assert plan.count("Đơn vị ví dụ") == 65
    assert all(name.startswith("Ví dụ") for name in PEOPLE)


def test_the_program_works_there(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["-C", str(folder), "--plan", "vi-du-2024", "progress", "--as-of", TODAY]) == 0
    assert "ND7" in capsys.readouterr().out


def test_a_file_for_a_check_is_a_plan(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "plan.yaml").write_text(plan_text(200), encoding="utf-8")
    assert main(["plan", "check", str(tmp_path / "plan.yaml")]) == 0
    assert capsys.readouterr().err == ""


def test_chunks_do_not_depend_on_one_another() -> None:
    """A process that makes rows may begin with any of them."""
    from tests.benchmarks.histories import Histories

    one, other = (Histories(Settings(CHUNK + 3, updates_each=1)) for _ in range(2))
    _ = list(one.chunk(0))
    assert list(one.chunk(1)) == list(other.chunk(1))
