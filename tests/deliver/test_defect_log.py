"""The log of defects: its owner's alone, bounded, whole whoever else writes to it, and never a failure itself."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from plantrack.deliver import defect_log
from plantrack.deliver.defect_log import log_defect, log_file


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of the test's own for what a system keeps of its users."""
    for name in ("XDG_STATE_HOME", "WIN_PD_OVERRIDE_LOCAL_APPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "state"))
    return tmp_path / "state"


def test_it_is_where_the_system_has_logs_and_its_owner_s_alone(state: Path) -> None:
    mask = os.umask(0)
    try:
        logged = log_defect("một\n")
    finally:
        os.umask(mask)
    assert logged == (log_file(), "")
    assert state in logged.file.parents
    assert logged.file.read_text("utf-8") == "một\n"
    if os.name == "posix":
        assert [stat.S_IMODE(p.stat().st_mode) for p in (logged.file, logged.file.parent)] == [0o600, 0o700]


def test_entries_are_added_until_it_is_full_and_then_the_older_ones_are_kept_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(defect_log, "_MOST", 100)
    for number in range(30):
        log_defect(f"{number:02} {'x' * 30}\n")
    file = log_file()
    kept = [*file.parent.glob("*.1.log")]
    assert [p.name for p in file.parent.iterdir()].count(file.name) == len(kept) == 1
    both = (kept[0].read_text() + file.read_text()).splitlines()
    assert [line[:2] for line in both] == [f"{n:02}" for n in range(30 - len(both), 30)]
    assert max(file.stat().st_size, kept[0].stat().st_size) <= 100


def test_an_entry_is_not_longer_than_a_log_may_be() -> None:
    log_defect("x" * (1 << 20))
    assert log_file().stat().st_size == 1 << 16


def test_what_cannot_be_written_as_text_is_written_all_the_same() -> None:
    log_defect("\udc80")
    assert log_file().read_bytes() == b"\\udc80"


WRITES = """
import sys
from plantrack.deliver import defect_log
defect_log._MOST = 20_000
for number in range(100):
    assert not defect_log.log_defect(f"{sys.argv[1]} {number} {'x' * 200}\\n").reason
"""


def test_several_write_to_it_at_once() -> None:
    command = [sys.executable, "-c", WRITES]
    running = [subprocess.Popen([*command, str(n)]) for n in range(3)]
    assert [process.wait() for process in running] == [0, 0, 0]
    file = log_file()
    lines = (file.with_suffix(".1.log").read_text() + file.read_text()).splitlines()
    assert {len(line.split()[2]) for line in lines} == {200}
    assert file.stat().st_size <= 20_000
    for writer in "012":
        own = [int(line.split()[1]) for line in lines if line[0] == writer]
        assert own == sorted(own)


@pytest.mark.parametrize("way", ["file", "folder", "link"])
def test_where_it_cannot_be_written_the_reason_is_said(state: Path, tmp_path: Path, way: str) -> None:
    file = log_file()
    if way == "file":
        state.write_text("in the way")
    elif way == "folder":
        file.mkdir(parents=True)
    else:
        file.parent.mkdir(parents=True)
        file.symlink_to(tmp_path / "elsewhere")
    logged = log_defect("x")
    assert logged.file == file
    assert logged.reason
    assert not (tmp_path / "elsewhere").exists()


def test_a_library_that_is_missing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "platformdirs", None)
    logged = log_defect("x")
    assert (logged.file, "platformdirs" in logged.reason) == (Path("plantrack.log"), True)


def test_a_login_without_a_home_has_no_log(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(defect_log, "log_file", lambda: Path("~/.local/state/plantrack/log/plantrack.log"))
    assert log_defect("x").reason == "no-home"
    assert list(tmp_path.iterdir()) == []
