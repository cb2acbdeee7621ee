"""Opening a database: ours or not, of our age or not, free or not; and what a disk can do to it."""

import contextlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from plantrack.errors import Failure
from plantrack.model.grouping import CHUNK
from plantrack.services.context import ContextRequest, open_context
from plantrack.services.verbs.add import NewTask, add
from plantrack.store.connection import SCHEMA_VERSION, insert_many
from plantrack.store.sqlite.connection import SQLite, _set_up, connect, create
from tests.conftest import dump


def code_of(call: Callable[[], object]) -> str:
    with pytest.raises(Failure) as caught:
        call()
    return caught.value.code


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert code_of(lambda: connect(tmp_path / "no.db")) == "no-database"
    assert not (tmp_path / "no.db").exists()


def test_the_database_of_another_program(tmp_path: Path) -> None:
    file = tmp_path / "other.db"
    with sqlite3.connect(file) as other:
        other.execute("CREATE TABLE stamps (country TEXT)")
    before = file.read_bytes()
    assert code_of(lambda: connect(file)) == "database-foreign"
    assert file.read_bytes() == before


def test_what_is_recorded_is_waited_for_on_the_disk(db: SQLite) -> None:
    """Tests do not wait (tests/conftest.py): here it is as the program sets it up."""
    _set_up(db)
    assert db.query("PRAGMA synchronous") == [(2,)], "FULL"


def test_a_name_with_signs_that_mean_something_in_an_address(workspace: Path) -> None:
    odd = workspace / "a%20b?c#d.db"
    odd.write_bytes((workspace / "plantrack.db").read_bytes())
    db = connect(odd)
    assert db.query("SELECT COUNT(*) FROM plan") == [(1,)]
    db.close()


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    file = tmp_path / "text.db"
    file.write_text("không phải cơ sở dữ liệu\n" * 100, encoding="utf-8")
    assert code_of(lambda: connect(file)) == "database-foreign"


def test_a_folder(tmp_path: Path) -> None:
    assert code_of(lambda: connect(tmp_path)) == "database-cannot-open"


def test_a_database_is_not_made_over_what_is_none(tmp_path: Path) -> None:
    file = tmp_path / "text.db"
    file.write_text("không phải cơ sở dữ liệu\n" * 100, encoding="utf-8")
    before = file.read_bytes()
    assert code_of(lambda: create(file)) == "database-foreign"
    assert file.read_bytes() == before


def test_a_question_that_the_engine_refuses_is_a_failure_and_one_to_a_closed_database_a_defect(
    db: SQLite,
) -> None:
    assert code_of(lambda: db.query("SELECT nonsense FROM task")) == "database-error"
    assert code_of(lambda: db.query("SELECT uid FROM nowhere")) == "database-damaged"
    db.close()
    with pytest.raises(sqlite3.ProgrammingError):
        db.query("SELECT 1")


@pytest.mark.parametrize(("step", "code"), [(1, "database-newer"), (-1, "database-older")])
def test_a_database_of_another_age(workspace: Path, step: int, code: str) -> None:
    file = workspace / "plantrack.db"
    with sqlite3.connect(file) as driver:
        driver.execute(f"PRAGMA user_version = {SCHEMA_VERSION + step}")
    assert code_of(lambda: connect(file)) == code


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ('{"by": "An", "moment": "2026-11-28T01:00:00.000Z", "more": 1}', ("An", "2026-11-28T01:00:00.000Z")),
        ('{"by": "An"}', None),
        ("[]", None),
        ("no JSON", None),
        (b"\xff", None),
        (None, None),
    ],
)
def test_of_a_newer_one_it_is_said_who_upgraded_it(
    workspace: Path, value: object, told: tuple[str, str] | None
) -> None:
    file = workspace / "plantrack.db"
    with contextlib.closing(sqlite3.connect(file)) as driver:
        driver.execute("DROP TABLE meta")
        if value is not None:  # the table as a later version may have it
            driver.execute("CREATE TABLE meta (name, value, more)")
            driver.execute("INSERT INTO meta VALUES ('upgraded', ?, 1)", (value,))
        driver.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
        driver.commit()
    with pytest.raises(Failure) as caught:
        connect(file)
    assert (caught.value.code, caught.value.params["upgraded"]) == ("database-newer", told)


def test_who_makes_a_database_waits_for_another_who_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "new.db"
    with contextlib.closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")  # as whoever is about to have a write-ahead log
        assert code_of(lambda: create(file, timeout=0)) == "database-locked"
        monkeypatch.setattr(
            "plantrack.store.sqlite.connection.time.sleep", lambda _: other.execute("ROLLBACK")
        )
        create(file).close()
        assert not other.in_transaction
    assert file.read_bytes()[18:20] == b"\2\2"


def test_an_init_that_was_killed_leaves_a_file_that_says_so(tmp_path: Path) -> None:
    (tmp_path / "plantrack.db").touch()
    assert code_of(lambda: connect(tmp_path / "plantrack.db")) == "database-unfinished"


def test_damage_in_the_middle_of_the_file(workspace: Path) -> None:
    file = workspace / "plantrack.db"
    raw = bytearray(file.read_bytes())
    raw[4096 : len(raw)] = b"\xff" * (len(raw) - 4096)
    file.write_bytes(raw)
    assert code_of(lambda: open_context(connect(file), ContextRequest())) == "database-damaged"


def test_one_who_keeps_a_database_to_themselves(workspace: Path) -> None:
    file = workspace / "plantrack.db"
    with sqlite3.connect(file, isolation_level=None) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        assert code_of(lambda: connect(file, timeout=0.1)) == "database-locked"
        other.execute("ROLLBACK")


def test_a_writer_who_does_not_let_go(workspace: Path) -> None:
    file = workspace / "plantrack.db"
    with sqlite3.connect(file, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        db = connect(file, timeout=0.1)
        context = open_context(db, ContextRequest(author="A"))
        assert code_of(lambda: add(context, NewTask("Việc", area="1"))) == "database-locked"
        assert db.query("SELECT COUNT(*) FROM task") == [(0,)], "readers do not wait"
        db.close()
        other.execute("ROLLBACK")


def test_a_full_disk_changes_nothing_and_says_so(workspace: Path) -> None:
    file = workspace / "plantrack.db"
    before = dump(file)
    db = connect(file)
    pages = db.query("PRAGMA page_count")[0][0]
    db.query(f"PRAGMA max_page_count = {pages}")
    context = open_context(db, ContextRequest(author="A"))

    def fill() -> None:
        for _ in range(200):
            add(context, NewTask("Việc " * 150, area="1"))

    assert code_of(fill) == "database-full"
    done = db.query("SELECT COUNT(*) FROM task")[0][0]
    db.close()
    after = connect(file)
    assert after.query("SELECT COUNT(*) FROM task") == [(done,)]
    assert after.query("PRAGMA integrity_check") == [("ok",)]
    after.close()
    if done == 0:
        assert dump(file) == before


def test_a_command_leaves_no_write_ahead_log(workspace: Path) -> None:
    db = connect(workspace / "plantrack.db")
    add(open_context(db, ContextRequest(author="A")), NewTask("Việc", area="1"))
    db.close()
    assert sorted(p.name for p in workspace.iterdir()) == [".gitignore", "plans", "plantrack.db"]


def test_facts_can_only_be_added(db: SQLite) -> None:
    add(open_context(db, ContextRequest(author="A")), NewTask("Việc", area="1", due="2024-09-30"))
    for table in ("command", "deadline", "plan_revision"):
        for verb in (f"UPDATE {table} SET recorded_at = recorded_at", f"DELETE FROM {table}"):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                db.driver.execute(verb)


def test_an_exception_inside_a_transaction_takes_everything_back(db: SQLite) -> None:
    with pytest.raises(KeyboardInterrupt), db.atomic():
        db.execute("INSERT INTO meta VALUES ('x', 'y', printf('%064d', 0))")
        raise KeyboardInterrupt
    assert db.query("SELECT * FROM meta WHERE name = 'x'") == []
    assert not db.driver.in_transaction


@pytest.fixture
def shared(workspace: Path) -> Iterator[Path]:
    """The workspace where every login may go: pytest closes its own folders each time that it starts anywhere."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield shutil.copytree(workspace, Path(folder) / "w")


NOBODY = 65534
AS_NOBODY = f"""
import os, sys
from pathlib import Path
from plantrack.errors import Failure
from plantrack.services.context import ContextRequest, open_context
from plantrack.services.verbs.add import NewTask, add
from plantrack.services.verbs.list import list_tasks
from plantrack.store.sqlite.connection import connect
import zoneinfo
zoneinfo.ZoneInfo("Asia/Ho_Chi_Minh")  # Python itself may lie where nobody reads
os.setgid({NOBODY}); os.setuid({NOBODY})
db = connect(Path(sys.argv[1]))
context = open_context(db, ContextRequest(author="A"))
print(len(list_tasks(context, []).tasks))
try:
    add(context, NewTask("x", area="1"))
except Failure as failure:
    print(failure.code)
db.close()
"""


@pytest.mark.skipif(os.name != "posix" or os.getuid() != 0, reason="only root can become another user")
@pytest.mark.parametrize("folder_too", [False, True])
def test_somebody_who_may_only_read_reads_and_is_told(shared: Path, folder_too: bool) -> None:
    db = connect(shared / "plantrack.db")
    add(open_context(db, ContextRequest(author="A")), NewTask("Việc", area="1"))
    db.close()
    (shared / "plantrack.db").chmod(0o444)
    shared.chmod(0o555 if folder_too else 0o777)
    done = subprocess.run(
        [sys.executable, "-c", AS_NOBODY, str(shared / "plantrack.db")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.split() == ["1", "database-read-only"], done.stderr


@pytest.mark.skipif(os.name != "posix" or os.getuid() != 0, reason="only root can become another user")
def test_a_reader_is_not_shown_an_old_state_where_a_log_cannot_be_read(shared: Path) -> None:
    file = shared / "plantrack.db"
    other = sqlite3.connect(file)
    other.execute("INSERT INTO meta VALUES ('x', 'y', printf('%064d', 0))")
    other.commit()  # it stands in the write-ahead log only
    for path in shared.iterdir():
        path.chmod(0o600 if path.name.startswith("plantrack.db-") else path.stat().st_mode | 0o444)
    shared.chmod(0o555)
    done = subprocess.run(
        [sys.executable, "-c", AS_NOBODY, str(file)], capture_output=True, text=True, check=False
    )
    other.close()
    assert done.returncode != 0
    assert done.stdout == ""


def test_as_many_rows_as_one_statement_adds_have_no_more_values_than_an_engine_takes(db: SQLite) -> None:
    tables = [name for (name,) in db.query("SELECT name FROM sqlite_master WHERE type = 'table'")]
    widest = max(len(db.driver.execute(f"PRAGMA table_info({name})").fetchall()) for name in tables)
    assert widest * CHUNK < 2**15 - 1


@pytest.mark.parametrize("count", [0, 1, CHUNK, CHUNK + 1])
def test_many_rows_are_added_whatever_their_number(db: SQLite, count: int) -> None:
    rows = [(f"x{n:04}", n) for n in range(count)]
    for _ in range(2):
        insert_many(db, "counter", ("name", "used"), rows, key="name")
        assert db.query("SELECT name, used FROM counter WHERE name LIKE 'x%' ORDER BY name") == rows
        rows = [(name, value + 1) for name, value in rows]
