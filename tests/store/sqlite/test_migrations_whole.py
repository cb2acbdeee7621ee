"""An upgrade is whole or nothing, in real processes: killed at any moment, on a full disk, two at once."""

import contextlib
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from plantrack.errors import Failure
from plantrack.store.connection import SCHEMA_VERSION
from plantrack.store.derived_rows import rebuild
from plantrack.store.sqlite import migrations
from plantrack.store.sqlite.connection import connect
from tests.benchmarks.data import make
from tests.conftest import dump
from tests.store.test_together import start
from tests.support.derived import all_derived
from tests.support.older import made_by_version
from tests.support.processes import go

#: Upgrades a database, and is killed when the engine has taken so many steps (0: never); says how many it took.
KILLED = """
import os, signal, sys
from pathlib import Path
from plantrack.store.sqlite import migrations
from plantrack.store.sqlite.connection import connect
file, last = Path(sys.argv[1]), int(sys.argv[2])
steps = 0
def step():
    global steps
    steps += 1
    if steps == last:
        os.kill(os.getpid(), signal.SIGKILL)
db = connect(file, older=True)
db.driver.set_progress_handler(step, 500)
migrations.upgrade(db)
print(steps)
"""


#: Upgrades a database as `db upgrade` does, and is killed once a function has done its part.
KILLED_AFTER = """
import importlib, os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from plantrack.services.verbs.db import upgrade
module, name = sys.argv[2].rsplit(".", 1)
module = importlib.import_module(module)
function = getattr(module, name)
def killed(*args, **named):
    function(*args, **named)
    os.kill(os.getpid(), signal.SIGKILL)
setattr(module, name, killed)
upgrade(Path(sys.argv[1]), "An", datetime(2024, 12, 1, tzinfo=UTC))
"""


@pytest.fixture(scope="module")
def third(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with a database of version 3, and work in it."""
    folder = tmp_path_factory.mktemp("third")
    make(folder, 30, 4)
    made_by_version(3, folder / "plantrack.db")
    return folder


@pytest.fixture
def folder(third: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(third, tmp_path / "w"))


def version_in(file: Path) -> int:
    with contextlib.closing(sqlite3.connect(file)) as driver:
        return int(driver.execute("PRAGMA user_version").fetchone()[0])


def upgrading(file: Path, last_step: int) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-c", KILLED, str(file), str(last_step)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def _said_alike(file: Path) -> list[str]:
    """Return all rows but those in which chance has a part: salts, seals, what the file is."""
    by_chance = tuple(f'INSERT INTO "{table}"' for table in ("salt", "seal", "meta"))
    return [row for row in dump(file) if not row.startswith(by_chance)]


@pytest.mark.slow
def test_killed_at_any_moment_it_is_as_before_and_can_be_upgraded(third: Path, folder: Path) -> None:
    file = folder / "plantrack.db"
    before = dump(file)
    steps = int(upgrading(file, 0).stdout)
    whole = _said_alike(file)
    for share in (0.0, 0.3, 0.6, 0.9, 1.0):
        shutil.copy(third / "plantrack.db", file)
        done = upgrading(file, max(1, int(steps * share)))
        assert done.returncode == -signal.SIGKILL, done.stderr
        assert (version_in(file), dump(file)) == (3, before)
        assert upgrading(file, 0).returncode == 0
        assert (version_in(file), _said_alike(file)) == (SCHEMA_VERSION, whole)


@pytest.mark.slow
@pytest.mark.parametrize(
    "step",
    [
        "services.checked_copy.copy_pages",
        "services.verbs.db.keep_before",
        "store.schema.identity.note_upgrade",
    ],
)
def test_killed_around_the_steps_it_is_as_before_and_can_be_upgraded(folder: Path, step: str) -> None:
    file = folder / "plantrack.db"
    before = dump(file)
    command = [sys.executable, "-c", KILLED_AFTER, str(file), f"plantrack.{step}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert (version_in(file), dump(file)) == (3, before)
    assert go("-C", str(folder), "db", "upgrade").returncode == 0
    assert version_in(file) == SCHEMA_VERSION
    kept = sorted((folder / "backups").glob("*.db"))
    assert [dump(one) for one in kept] == [before] * (1 if step.endswith("copy_pages") else 2)


@pytest.mark.slow
def test_two_at_once_upgrade_once(folder: Path) -> None:
    running = [start(folder, "db", "upgrade", "--lang", "en") for _ in range(3)]
    told = [(p.communicate()[1], p.returncode) for p in running]
    assert {code for _, code in told} == {0}, told
    said = sorted(re.split(r"[ :]", err)[0] for err, _ in told)
    assert said == ["The", "The", "Upgraded"]
    with contextlib.closing(connect(folder / "plantrack.db")) as db:
        assert db.query("PRAGMA integrity_check") == [("ok",)]


def test_where_files_can_grow_no_more_it_is_as_before(folder: Path) -> None:
    file = folder / "plantrack.db"
    before, size = dump(file), file.stat().st_size

    import resource

    def no_larger() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + size // 4, size + size // 4))

    ended = go("-C", str(folder), "db", "upgrade", "--lang", "en", preexec_fn=no_larger)
    assert (ended.returncode, ended.stdout) == (6, "")
    assert re.search(r"\[database-(full|io)\]", ended.stderr), ended.stderr
    assert (version_in(file), dump(file)) == (3, before)
    assert go("-C", str(folder), "db", "upgrade").returncode == 0


def test_without_room_in_the_file_it_is_as_before(folder: Path) -> None:
    file = folder / "plantrack.db"
    before = dump(file)
    with contextlib.closing(connect(file, older=True)) as db:
        db.execute(f"PRAGMA max_page_count = {db.query('PRAGMA page_count')[0][0] + 5}")
        with pytest.raises(Failure) as caught:
            migrations.upgrade(db)
        assert caught.value.code == "database-full"
        assert db.query("PRAGMA foreign_keys") == [(1,)]
    assert (version_in(file), dump(file)) == (3, before)


def test_interrupted_it_is_as_before(folder: Path) -> None:
    file = folder / "plantrack.db"
    before, heard = dump(file), list[float]()

    def interrupt(share: float) -> None:
        heard.append(share)
        if share > 0.5:
            raise KeyboardInterrupt

    with contextlib.closing(connect(file, older=True)) as db, pytest.raises(KeyboardInterrupt):
        migrations.upgrade(db, interrupt)
    assert (version_in(file), dump(file)) == (3, before)
    assert heard == sorted(heard)


def test_it_is_told_how_far_it_is_from_nothing_to_the_end(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrations, "_AT_ONCE", 7)
    monkeypatch.setattr("plantrack.store.derived_rows._AT_ONCE", 7)
    heard = list[float]()
    with contextlib.closing(connect(folder / "plantrack.db", older=True)) as db:
        migrations.upgrade(db, heard.append)
        made = all_derived(db)
        with db.atomic():
            rebuild(db)
        assert all_derived(db) == made
    assert heard == sorted(heard)
    assert len(heard) > 20
    assert (heard[0] < 0.1, heard[-1]) == (True, 1)
