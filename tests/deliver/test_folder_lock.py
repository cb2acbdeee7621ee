"""One run at a time: the lock of a folder, which ends with its process."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from plantrack.deliver.folder_lock import folder_lock
from plantrack.errors import Exit, Failure

HOLDS = """
import sys, time
from pathlib import Path
from plantrack.deliver.folder_lock import folder_lock
with folder_lock(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(600)
"""


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that has the lock of the folder."""
    command = [sys.executable, "-c", HOLDS, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_another_run_is_waited_for_and_then_told(holder: subprocess.Popen[str], tmp_path: Path) -> None:
    with pytest.raises(Failure) as caught, folder_lock(tmp_path, patience=0.3):
        raise AssertionError("two at a time")
    assert (caught.value.code, caught.value.params) == ("mail-busy", {"folder": str(tmp_path)})
    assert caught.value.exit_code == Exit.NOT_NOW


def test_a_lock_ends_with_its_process_however_that_ends(
    holder: subprocess.Popen[str], tmp_path: Path
) -> None:
    holder.kill()
    holder.wait()
    with folder_lock(tmp_path, patience=0):
        pass


def test_who_waits_gets_it_when_the_other_is_done(holder: subprocess.Popen[str], tmp_path: Path) -> None:
    threading.Timer(0.3, holder.kill).start()
    with folder_lock(tmp_path, patience=60):
        assert holder.wait() != 0


def test_a_folder_is_free_again_after_each_run(tmp_path: Path) -> None:
    for _ in range(3):
        with folder_lock(tmp_path, patience=0):
            pass
    with pytest.raises(RuntimeError), folder_lock(tmp_path):
        raise RuntimeError
    with folder_lock(tmp_path, patience=0):
        pass


def test_other_folders_are_free(holder: subprocess.Popen[str], tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    with folder_lock(tmp_path / "other", patience=0):
        pass


def test_a_folder_that_may_only_be_read_has_a_lock_too(tmp_path: Path) -> None:
    folder = tmp_path / "read only"
    folder.mkdir(mode=0o555)
    with folder_lock(folder, patience=0):
        pass


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(Failure) as caught, folder_lock(tmp_path / "no"):
        raise AssertionError
    assert (caught.value.code, caught.value.params["folder"]) == (
        "folder-not-readable",
        str(tmp_path / "no"),
    )
