"""A whole export is restored where there is no data: in a folder, in an empty database; whole, or not at all."""

import shutil
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from plantrack.errors import Failure
from plantrack.services.verbs.exchange.export import export_whole
from plantrack.services.verbs.exchange.import_ import import_file
from plantrack.services.workspace import Workspace
from plantrack.store.exchange.fact_reading import fact_digest
from plantrack.store.sqlite.connection import SQLite, connect, create
from plantrack.store.sqlite.migrations import create_schema
from tests.support.steps import OpenContext, opened, said

#: Restores a database, and is killed when the engine has taken so many steps (0: never); says how many it took.
KILLED = """
import os, signal, sys
from pathlib import Path
from plantrack.services.verbs.exchange import import_
from plantrack.services.workspace import Workspace
file, folder, last = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
steps = 0
def step():
    global steps
    steps += 1
    if steps == last:
        os.kill(os.getpid(), signal.SIGKILL)
made = import_.open_or_create
def opened(target, paths):
    db, is_new = made(target, paths)
    db.driver.set_progress_handler(step, 500)
    return db, is_new
import_.open_or_create = opened
import_.import_file(file, Workspace(folder, folder / "plantrack.db"))
print(steps)
"""


@pytest.fixture
def export(context_on: OpenContext, db: SQLite, tmp_path: Path) -> Path:
    for number in range(20):
        opened(context_on, "2024-07-01", f"Việc {number}", lead=("ubdt",))
        said(context_on, "2024-07-02", str(number + 1), percent="10", result="xong phần đầu")
    file = tmp_path / "all.jsonl"
    file.write_bytes(b"".join(export_whole(db).pieces()))
    return file


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    (tmp_path / "new").mkdir()
    return Workspace(tmp_path / "new", tmp_path / "new" / "plantrack.db")


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def test_an_export_may_have_been_given_the_line_ends_of_windows(
    export: Path, place: Workspace, db: SQLite
) -> None:
    export.write_bytes(export.read_bytes().replace(b"\n", b"\r\n"))
    import_file(export, place)
    with closing(connect(place.file)) as new:
        assert fact_digest(new) == fact_digest(db)


def test_a_folder_gets_a_database(export: Path, place: Workspace, db: SQLite) -> None:
    done = import_file(export, place)
    assert (done.database, done.commands, done.tasks, done.updates) == (place.database, 41, 20, 20)
    new = connect(place.file)
    assert fact_digest(new) == fact_digest(db)
    assert done.sha256 == fact_digest(db).sha256
    new.close()
    assert names(place.root) == [".gitignore", "plantrack.db"]


@pytest.mark.parametrize("has_tables", [False, True])
def test_an_empty_database_is_filled(export: Path, place: Workspace, has_tables: bool) -> None:
    empty = create(place.file)
    if has_tables:
        with empty.atomic():
            create_schema(empty)
    empty.close()
    assert import_file(export, place).tasks == 20


def test_one_with_data_is_refused_and_stays_as_it_was(export: Path, workspace: Path, db: SQLite) -> None:
    before = fact_digest(db)
    with pytest.raises(Failure) as caught:
        import_file(export, Workspace(workspace, workspace / "plantrack.db"))
    assert (caught.value.code, caught.value.exit_code) == ("database-not-empty", 4)
    assert fact_digest(db) == before


def test_where_it_fails_nothing_is_left(export: Path, place: Workspace) -> None:
    data = export.read_bytes()
    for other in (data[:-5], data.replace("Việc 7".encode(), b"Viec 7"), data + b"x\n"):
        export.write_bytes(other)
        with pytest.raises(Failure) as caught:
            import_file(export, place)
        assert caught.value.exit_code == 5
        assert names(place.root) == []


def test_an_empty_database_stays_empty_where_it_fails(export: Path, place: Workspace) -> None:
    create(place.file).close()
    export.write_bytes(export.read_bytes()[:-5])
    with pytest.raises(Failure):
        import_file(export, place)
    assert names(place.root) == ["plantrack.db"]
    with pytest.raises(Failure) as caught:
        connect(place.file)
    assert caught.value.code == "database-unfinished"


def test_any_other_file_is_refused(tmp_path: Path, place: Workspace) -> None:
    (tmp_path / "x.csv").write_text("Số;Tên\n")
    for name, code in (("x.csv", "import-unknown"), ("none", "import-missing")):
        with pytest.raises(Failure) as caught:
            import_file(tmp_path / name, place)
        assert caught.value.code == code


def restoring(export: Path, folder: Path, last_step: int) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-c", KILLED, str(export), str(folder), str(last_step)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_killed_at_any_moment_nothing_is_there_and_it_can_be_done_again(
    export: Path, place: Workspace, db: SQLite
) -> None:
    steps = int(restoring(export, place.root, 0).stdout)
    for share in (0.0, 0.2, 0.5, 0.8, 1.0):
        shutil.rmtree(place.root)
        place.root.mkdir()
        done = restoring(export, place.root, max(1, int(steps * share)))
        assert done.returncode == -signal.SIGKILL, done.stderr
        with pytest.raises(Failure) as caught:
            connect(place.file)
        assert caught.value.code == "database-unfinished"
        import_file(export, place)
        new = connect(place.file)
        assert fact_digest(new) == fact_digest(db)
        new.close()
