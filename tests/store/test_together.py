"""Real processes: many at once, and some that are killed in the middle of their work."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from plantrack.store.sqlite.connection import connect
from tests.conftest import dump

ENVIRONMENT = {"PLANTRACK_USER": "A", "PATH": ""}
#: The program with all the patience that a slow machine may need of one who waits for others.
PATIENT = """
from plantrack.store.sqlite import connection
for way_in in (connection.connect, connection.create):
    way_in.__kwdefaults__["timeout"] = 3600.0
from plantrack.__main__ import run
run()
"""


def start(workspace: Path, *args: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", PATIENT, "-C", str(workspace), *args],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=ENVIRONMENT,
    )  # fmt: skip


@pytest.mark.slow
def test_many_writers_at_once_lose_nothing_and_share_no_label(workspace: Path) -> None:
    running = [start(workspace, "add", f"Việc {n}", "--area", "3") for n in range(24)]
    ended = [(p.communicate(), p.returncode) for p in running]
    assert {code for _, code in ended} == {0}, [err for (_, err), code in ended if code]
    labels = sorted(int(out) for (out, _), _ in ended)
    assert labels == list(range(1, 25))
    db = connect(workspace / "plantrack.db")
    assert db.query("SELECT COUNT(*), COUNT(DISTINCT recorded_at) FROM command") == [(25, 25)]
    assert db.query("PRAGMA integrity_check") == [("ok",)]
    db.close()


KILLED = """
import os, signal, sys
from pathlib import Path
from plantrack.services.verbs.add import NewTask, add
from plantrack.services.context import ContextRequest, open_context
from plantrack.store.sqlite.connection import connect
from plantrack.store import tasks
tasks.update_tasks = lambda db, rows, corrected: os.kill(os.getpid(), signal.SIGKILL)
add(open_context(connect(Path(sys.argv[1])), ContextRequest(author="A")), NewTask("Việc", area="1"))
"""


def test_a_killed_writer_leaves_the_data_as_before(workspace: Path) -> None:
    file = workspace / "plantrack.db"
    before = dump(file)
    done = subprocess.run([sys.executable, "-c", KILLED, str(file)], check=False, capture_output=True)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert dump(file) == before
    ended = start(workspace, "add", "Việc", "--area", "1").communicate()
    assert ended[0] == "1\n"


KILLED_INIT = """
import os, signal, sys
from pathlib import Path
from plantrack.services.verbs import init
init.apply = lambda *args, **more: os.kill(os.getpid(), signal.SIGKILL)
init.init(Path(sys.argv[1]), None, "A")
"""


def test_a_killed_init_is_taken_up_again(tmp_path: Path) -> None:
    folder = tmp_path / "w"
    done = subprocess.run([sys.executable, "-c", KILLED_INIT, str(folder)], check=False, capture_output=True)
    assert done.returncode == -signal.SIGKILL, done.stderr
    listed = start(folder, "list")
    assert "[database-unfinished]" in listed.communicate()[1]
    assert listed.returncode == 6
    again = start(tmp_path, "init", str(folder))
    again.communicate()
    assert again.returncode == 0
    added = start(folder, "add", "--from-plan")
    assert added.communicate()[0].split() == [str(n) for n in range(1, 13)]


@pytest.mark.slow
def test_two_inits_at_once_make_one_workspace(tmp_path: Path) -> None:
    folder = tmp_path / "w"
    running = [start(tmp_path, "init", str(folder)) for _ in range(4)]
    ended = [p.communicate()[1] for p in running]
    assert [p.returncode for p in running] == [0] * 4, ended
    db = connect(folder / "plantrack.db")
    assert db.query("SELECT COUNT(*) FROM plan_revision") == [(1,)]
    db.close()


def test_a_full_disk_behind_stdout_is_told(workspace: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    with open("/dev/full", "w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-m", "plantrack", "-C", str(workspace), "plan", "show"],
            stdout=full, stderr=subprocess.PIPE, text=True, env=ENVIRONMENT, check=False,
        )  # fmt: skip
    assert done.returncode == 7
    assert "[output-failed]" in done.stderr


def test_a_full_disk_behind_stdout_after_saving_says_that_it_is_saved(workspace: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    with open("/dev/full", "w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-m", "plantrack", "-C", str(workspace), "add", "Việc", "--area", "3"],
            stdout=full, stderr=subprocess.PIPE, text=True, env=ENVIRONMENT, check=False,
        )  # fmt: skip
    assert done.returncode == 7
    assert "[saved-not-printed]" in done.stderr
    db = connect(workspace / "plantrack.db")
    assert db.query("SELECT COUNT(*) FROM task") == [(1,)]
    db.close()


def test_a_reader_who_goes_away_is_no_failure(workspace: Path) -> None:
    command = f"'{sys.executable}' -m plantrack -C '{workspace}' plan show | head -n 1"
    done = subprocess.run(
        ["/bin/bash", "-o", "pipefail", "-c", command], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_arguments_that_are_not_utf8(workspace: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "plantrack", "-C", str(workspace), "add", b"H\xe1\xba", "--area", "3"],
        capture_output=True, text=True, env=ENVIRONMENT, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "[text-not-utf8]" in done.stderr
