"""Who may only read: the latest state, nothing left behind, nobody locked out; and a disk without room."""

import contextlib
import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from plantrack.errors import Failure
from plantrack.store.sqlite.connection import connect
from tests.support.logins import AN, BINH, GROUP, as_root, run_as

BESIDE = [".gitignore", "plans", "plantrack.db"]


@pytest.fixture
def common() -> Iterator[Path]:
    """A folder that every login may enter: pytest keeps its own to one."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o777)
        yield Path(name)


@pytest.fixture
def ours(made_once: Path, common: Path) -> Path:
    """A group's folder with a database that only its owner may write."""
    workspace = Path(shutil.copytree(made_once, common / "w"))
    for path in (workspace, *workspace.rglob("*")):
        os.chown(path, AN, GROUP)
        path.chmod(0o2775 if path.is_dir() else 0o644)
    return workspace


@as_root
def test_a_reader_may_check_and_not_mend(ours: Path) -> None:
    with contextlib.closing(sqlite3.connect(ours / "plantrack.db")) as driver:
        driver.execute("UPDATE area SET title = 'khác' WHERE code = 'ND1'")
        driver.commit()
    asked = ("-C", str(ours), "db", "check", "--lang", "en")
    assert run_as(BINH, *asked, groups=(GROUP,)).returncode == 1
    refused = run_as(BINH, *asked, "--repair", groups=(GROUP,))
    assert (refused.returncode, "[database-read-only]" in refused.stderr) == (6, True)
    assert sorted(os.listdir(ours)) == BESIDE
    assert run_as(AN, *asked, "--repair", groups=(GROUP,)).returncode == 0
    assert run_as(BINH, *asked, groups=(GROUP,)).returncode == 0


@as_root
def test_a_reader_does_not_lock_the_owner_out(ours: Path) -> None:
    folder = str(ours)
    assert run_as(AN, "-C", folder, "add", "Một", "--area", "1", groups=(GROUP,)).returncode == 0
    read = run_as(BINH, "-C", folder, "list", "--format", "csv", groups=(GROUP,))
    assert (read.returncode, "Một" in read.stdout, read.stderr) == (0, True, "")
    assert sorted(os.listdir(ours)) == BESIDE
    assert run_as(AN, "-C", folder, "add", "Hai", "--area", "1", groups=(GROUP,)).returncode == 0
    assert "Hai" in run_as(BINH, "-C", folder, "list", groups=(GROUP,)).stdout
    status = run_as(BINH, "-C", folder, "db", "status", "--format", "json", groups=(GROUP,)).stdout
    assert '"journal": "wal"' in status
    assert '"writable": false' in status
    refused = run_as(BINH, "-C", folder, "add", "Ba", "--area", "1", "--lang", "en", groups=(GROUP,))
    assert (refused.returncode, "database-read-only" in refused.stderr) == (6, True)
    assert sorted(os.listdir(ours)) == BESIDE


@as_root
def test_a_reader_sees_what_stands_in_the_log_only(ours: Path) -> None:
    with_log = sqlite3.connect(ours / "plantrack.db", isolation_level=None)
    with_log.execute("INSERT INTO meta VALUES ('example', '1', printf('%064d', 0))")
    before = sorted(os.listdir(ours))
    read = run_as(BINH, "-C", str(ours), "list", "--lang", "en", groups=(GROUP,))
    after = sorted(os.listdir(ours))
    with_log.close()
    assert read.returncode == 0, read.stderr
    assert "example" in read.stdout.lower()
    assert before == after == [*BESIDE, "plantrack.db-shm", "plantrack.db-wal"]


@as_root
@pytest.mark.parametrize("rights", [0o600, 0o644])
def test_a_log_that_a_killed_command_left_is_read_or_named(ours: Path, rights: int) -> None:
    file = ours / "plantrack.db"
    with_log = sqlite3.connect(file, isolation_level=None)
    with_log.execute("INSERT INTO meta VALUES ('example', '1', printf('%064d', 0))")
    log = shutil.copy(ours / "plantrack.db-wal", ours / "kept")
    with_log.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with_log.close()
    os.replace(log, ours / "plantrack.db-wal")  # without the index that belongs to it
    (ours / "plantrack.db-wal").chmod(rights)
    read = run_as(BINH, "-C", str(ours), "list", "--lang", "en", groups=(GROUP,))
    assert (read.returncode, read.stdout) == (6, "")
    assert "database-log-unreadable" in read.stderr
    assert not (ours / "plantrack.db-shm").exists()


def test_a_file_that_changes_while_it_is_read_is_read_again(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = workspace / "plantrack.db"
    whole = Path.read_bytes
    reads: list[int] = []

    def read(path: Path) -> bytes:
        data = whole(path)
        if not reads:
            with sqlite3.connect(file) as writer:
                writer.execute("INSERT INTO meta VALUES ('late', '1', printf('%064d', 0))")
            writer.close()
            os.utime(file, ns=(0, 0))
        reads.append(len(data))
        return data

    monkeypatch.setattr(Path, "read_bytes", read)
    monkeypatch.setattr(os, "access", lambda _path, _mode: False)
    db = connect(file)
    assert len(reads) == 2
    assert db.query("SELECT value FROM meta WHERE name = 'late'") == [("1",)]
    with pytest.raises(Failure) as refused:
        db.execute("UPDATE meta SET value = '2'")
    assert refused.value.code == "database-read-only"
    db.close()


@pytest.fixture
def may_only_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the tests may write nothing."""
    monkeypatch.setattr(os, "access", lambda _path, _mode: False)


@pytest.mark.usefixtures("may_only_read")
def test_what_stands_in_the_log_of_a_writer_is_read_with_it(workspace: Path) -> None:
    file = workspace / "plantrack.db"
    writer = sqlite3.connect(file, isolation_level=None)
    writer.execute("INSERT INTO meta VALUES ('late', '1', printf('%064d', 0))")
    db = connect(file)
    assert db.query("SELECT value FROM meta WHERE name = 'late'") == [("1",)]
    with pytest.raises(Failure) as refused:
        db.execute("UPDATE meta SET value = '2'")
    assert refused.value.code == "database-read-only"
    db.close()
    writer.close()


@pytest.mark.usefixtures("may_only_read")
def test_a_log_without_its_index_is_named(workspace: Path) -> None:
    file = workspace / "plantrack.db"
    writer = sqlite3.connect(file, isolation_level=None)
    writer.execute("INSERT INTO meta VALUES ('late', '1', printf('%064d', 0))")
    log = (workspace / "plantrack.db-wal").read_bytes()
    writer.close()
    (workspace / "plantrack.db-wal").write_bytes(log)
    with pytest.raises(Failure) as refused:
        connect(file)
    assert refused.value.code == "database-log-unreadable"
    assert not (workspace / "plantrack.db-shm").exists()


@pytest.mark.usefixtures("may_only_read")
def test_a_file_that_never_stands_still_is_refused_after_some_tries(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, whole, moved = workspace / "plantrack.db", Path.read_bytes, count(1)

    def read(path: Path) -> bytes:
        data = whole(path)
        os.utime(file, ns=(0, next(moved)))
        return data

    monkeypatch.setattr(Path, "read_bytes", read)
    with pytest.raises(Failure) as refused:
        connect(file)
    assert refused.value.code == "database-log-unreadable"
    assert next(moved) > 2, "it was tried again"


@pytest.mark.parametrize("data", [b"", b"x", b"SQLite format 3\0", b"\2" * 5000])
def test_an_odd_file_that_may_only_be_read(
    tmp_path: Path, data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "odd.db"
    file.write_bytes(data)
    monkeypatch.setattr(os, "access", lambda _path, _mode: False)
    with pytest.raises(Failure) as refused:
        connect(file)
    assert refused.value.code in ("database-foreign", "database-unfinished")
    assert os.listdir(tmp_path) == ["odd.db"]


def test_a_link_to_a_database_is_opened_to_write(workspace: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.db"
    link.symlink_to(workspace / "plantrack.db")
    db = connect(link)
    assert db.refusal == ""
    db.close()


@pytest.fixture
def full(workspace: Path, tmp_path: Path) -> Iterator[Path]:
    """A small disk of its own, with a workspace on it and room for nothing more."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no disk can be made here")
    try:
        shutil.copytree(workspace, disk, dirs_exist_ok=True)
        with (disk / "fill").open("wb", buffering=0) as file, pytest.raises(OSError, match="No space"):
            while True:
                file.write(b"x" * 4096)
        yield disk
    finally:
        subprocess.run(["umount", str(disk)], check=True)


@as_root
def test_a_full_disk_can_be_read_and_a_write_says_so(full: Path) -> None:
    before = (full / "plantrack.db").read_bytes()
    assert run_as(0, "-C", str(full), "progress").returncode == 0
    refused = run_as(0, "-C", str(full), "add", "Một", "--area", "1")
    assert refused.returncode == 6
    assert "database-full" in refused.stderr
    assert (full / "plantrack.db").read_bytes() == before
    os.truncate(full / "fill", 0)
    assert run_as(0, "-C", str(full), "add", "Một", "--area", "1").returncode == 0
    assert sorted(os.listdir(full)) == [".gitignore", "fill", "plans", "plantrack.db"]


@as_root
def test_a_group_shares_a_workspace(common: Path) -> None:
    """Whoever makes it, in whatever umask, the others of the group record in it; outsiders only read."""
    from grp import getgrgid

    folder, name = common / "w", getgrgid(GROUP).gr_name
    assert run_as(0, "-C", str(common), "init", "w", "--group", name).returncode == 0
    for login in (BINH, AN, BINH):
        done = run_as(login, "-C", str(folder), "add", "Việc", "--area", "1", groups=(GROUP,))
        assert done.returncode == 0, done.stderr
        with_log = run_as(login, "-C", str(folder), "list", "--output", "list.md", groups=(GROUP,))
        assert with_log.returncode == 0, with_log.stderr
    rights = {p.name: (p.stat().st_gid, p.stat().st_mode & 0o7777) for p in (folder, *folder.iterdir())}
    files = {"plantrack.db": 0o660, ".gitignore": 0o664, "list.md": 0o664}
    assert rights == {n: (GROUP, files.get(n, 0o2775)) for n in ("w", "plans", *files)}
    outside = run_as(20003, "-C", str(folder), "add", "Việc", "--area", "1")
    assert outside.returncode == 6
    again = run_as(BINH, "-C", str(folder), "init", "--group", name, groups=(GROUP,))
    assert again.returncode == 0, again.stderr


@as_root
def test_sharing_is_refused_before_anything_is_made(common: Path, ours: Path) -> None:
    from grp import getgrgid

    name = getgrgid(GROUP).gr_name
    cases = [
        (run_as(AN, "-C", str(common), "init", "n", "--group", "khong-co"), 3, "unknown-group"),
        (run_as(AN, "-C", str(common), "init", "n", "--group", name), 4, "group-not-member"),
        (run_as(BINH, "-C", str(ours), "init", "--group", name, groups=(GROUP,)), 4, "group-not-owner"),
        (run_as(AN, "-C", str(common), "init", "n", "--db", "x.db", "--group", name), 2, "options-exclude"),
    ]
    assert [(done.returncode, code in done.stderr) for done, _, code in cases] == [
        (n, True) for _, n, _ in cases
    ]
    assert not (common / "n").exists()
