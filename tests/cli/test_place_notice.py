"""What is said of where a database lies: by `init` before it makes one, by `db status`, once a day by every command."""

import json
import shutil
from pathlib import Path

import pytest

from plantrack.store.place import mounts
from tests.conftest import Hands, Run

WSL = "1 0 8:1 / / rw - ext4 /dev/sda rw\n2 1 0:2 / {} rw - 9p C:\\134 rw,aname=drvfs;path=C:\\134;uid=1000"
NFS = "1 0 8:1 / / rw - ext4 /dev/sda rw\n2 1 0:2 / {} rw - nfs4 may-chu:/kh rw"


@pytest.fixture(autouse=True)
def states(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a user's states."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "states"))
    return tmp_path / "states"


@pytest.fixture
def dropbox(run: Run, workspace: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a workspace that Dropbox synchronises."""
    folder = workspace.parent / "Dropbox"
    shutil.move(workspace, folder)
    monkeypatch.chdir(folder)
    return folder


def mounted(monkeypatch: pytest.MonkeyPatch, table: str, folder: Path) -> None:
    monkeypatch.setattr(mounts, "_own_table", lambda: table.format(folder))


def test_on_a_disk_of_the_machine_nothing_is_said_or_remembered(run: Run, states: Path) -> None:
    assert (run("list").err, states.exists()) == ("", False)
    told = json.loads(run("db", "status", "--format", "json").out)["data"]
    assert (told["place"], told["conflict_copies"]) == (None, [])


def test_each_day_the_first_command_says_it(run: Run, dropbox: Path, clock: Hands) -> None:
    lines = [["list"], ["add", "Họp", "--area", "3"], ["list", "--format", "json"], ["show", "99"]]
    said = [run("--lang", "en", *line).err.count("which Dropbox synchronises") for line in lines]
    assert said == [1, 0, 0, 0]
    clock.set("2024-08-02")
    ended = run("--lang", "en", "show", "99")
    assert (ended.code, ended.err.count("which Dropbox synchronises")) == (3, 1)


def test_answers_stay_the_same_to_the_byte(run: Run, dropbox: Path) -> None:
    first, second = run("list"), run("list")
    assert first.out == second.out
    assert (bool(first.err), second.err) == (True, "")


def test_where_no_talk_is_wanted_only_a_copy_is_told(run: Run, dropbox: Path) -> None:
    assert run("list", "--quiet").err == ""
    shutil.copy(dropbox / "plantrack.db", dropbox / "plantrack (conflicted copy).db")
    said = run("--lang", "en", "weekly", "--quiet").err
    assert said.startswith("Beside the database lies “plantrack (conflicted copy).db”")
    assert f"--db '{dropbox / 'plantrack (conflicted copy).db'}' log" in said
    assert run("weekly", "--quiet").err == ""
    assert "which Dropbox" in run("--lang", "en", "list").err


def test_the_state_of_the_database_has_it_each_time(run: Run, dropbox: Path, states: Path) -> None:
    shutil.copy(dropbox / "plantrack.db", dropbox / "plantrack-DESKTOP-4F7K2.db")
    for _ in range(2):
        ended = run("db", "status", "--format", "json")
        told = json.loads(ended.out)["data"]
        assert told["place"] == {"kind": "synced", "name": "Dropbox", "folder": str(dropbox)}
        assert told["conflict_copies"] == ["plantrack-DESKTOP-4F7K2.db"]
        assert ended.err == ""
    text = run("--lang", "en", "db", "status").out
    assert "which Dropbox synchronises" in text
    assert "“plantrack-DESKTOP-4F7K2.db”" in text


def test_init_says_it_before_it_makes_anything(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mounted(monkeypatch, NFS, tmp_path / "mạng")
    for _ in range(2):  # also where there is a workspace, and was told today
        first, *_, last = run("--lang", "en", "init", str(tmp_path / "mạng")).err.splitlines()
        assert f"a network folder, {tmp_path / 'mạng'} (NFS)" in first
        assert last.startswith("Next: ")
    assert "network folder" not in run("-C", str(tmp_path / "mạng"), "--lang", "en", "list").err, "told today"


def test_init_names_a_copy_that_lies_there(run: Run, workspace: Path) -> None:
    shutil.copy(workspace / "plantrack.db", workspace / "plantrack (1).db")
    assert "“plantrack (1).db”" in run("--lang", "en", "init").err.splitlines()[0]


def test_on_a_drive_of_windows_init_proposes_the_linux_home(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drive = tmp_path / "mnt" / "c"
    mounted(monkeypatch, WSL, drive)
    monkeypatch.setenv("HOME", "/home/an")
    ended = run("--lang", "en", "init", str(drive / "Kế hoạch"))
    assert (ended.code, "[folder-on-windows-drive]" in ended.err) == (4, True)
    assert "`plantrack init '/home/an/Kế hoạch'`" in ended.err
    assert "`plantrack init --here`" in ended.err
    assert not drive.exists()
    for option in ("--here", "--tai-day"):
        ended = run("--lang", "en", "init", str(drive / option), option)
        assert (ended.code, f"the Windows drive {drive}" in ended.err) == (0, True)
    assert run("init", str(drive / "--here")).code == 0, "one that is there is left as it is"
    assert run("--db", str(tmp_path / "x.db"), "init", str(drive / "b")).code == 0, (
        "it is the rows that matter"
    )
    assert run("--db", str(drive / "x.db"), "init", str(tmp_path / "b")).code == 4


def test_where_nothing_can_be_remembered_no_command_fails(run: Run, dropbox: Path, states: Path) -> None:
    states.write_bytes(b"")
    for _ in range(2):
        ended = run("--lang", "en", "list")
        assert (ended.code, "which Dropbox synchronises" in ended.err) == (0, True)


def test_a_database_that_cannot_be_opened_is_told_where_it_lies(run: Run, dropbox: Path) -> None:
    (dropbox / "plantrack.db").write_bytes(b"x" * 5000)
    ended = run("--lang", "en", "list")
    assert (ended.code, "which Dropbox synchronises" in ended.err) == (6, True)
