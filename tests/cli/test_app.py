"""The boundary: every failure is a sentence and an exit code, whatever becomes of streams and folders."""

from pathlib import Path

import pytest

from tests.support.logins import AN, as_root, run_as
from tests.support.processes import shell

full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")


@full
@pytest.mark.parametrize("where", ["2>/dev/full", "2>&-"])
def test_talk_that_cannot_be_written_makes_no_command_fail(workspace: Path, where: str) -> None:
    done = shell(f"$P add Họp --area 1 {where} && $P done 1 {where} && $P list {where}", workspace)
    assert done.returncode == 0
    assert done.stdout.startswith("1\n1\n")


@full
@pytest.mark.parametrize("where", [">/dev/full", ">&-"])
@pytest.mark.parametrize("asked", ["--version", "--help", "list --help", "plan --help", "help", "list", ""])
def test_data_that_cannot_be_written_is_said(workspace: Path, where: str, asked: str) -> None:
    done = shell(f"$P {asked} {where}", workspace)
    assert (done.returncode, done.stdout) == (7, "")
    assert "[output-failed]" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("asked", ["--version", "--help", "list --all --help", "list"])
def test_a_reader_who_has_gone_away_is_no_failure(workspace: Path, asked: str) -> None:
    done = shell(f"$P {asked} | true; echo ${{PIPESTATUS[0]}}", workspace)
    assert (done.stdout, done.stderr) == ("0\n", "")


EVERY = [
    *("init", "init x", "demo", "demo x", "list", "add Họp --area 1", "log", "weekly", "cron", "db status"),
    *("plan check", "plan check x.yaml", "plan diff", "plan apply", "plan new x.yaml --from a --year 2025"),
    *("--db x.db list", "-C x list", "report --period 2024 --format docx --template x.docx"),
]


@pytest.mark.parametrize("asked", EVERY)
def test_every_command_in_a_folder_that_is_gone(tmp_path: Path, asked: str) -> None:
    (tmp_path / "gone").mkdir()
    done = shell(f"cd gone; rmdir ../gone; $P {asked}", tmp_path)
    assert (done.returncode, done.stdout) == (3, "")
    assert "[folder-gone]" in done.stderr


def test_whole_paths_work_where_the_folder_is_gone(tmp_path: Path, workspace: Path) -> None:
    (tmp_path / "gone").mkdir()
    line = f"cd gone; rmdir ../gone; $P -C {workspace} list && $P init {tmp_path}/new && $P help cron"
    assert shell(line, tmp_path).returncode == 0


@as_root
@pytest.mark.parametrize(
    "command", [["init", "x/y"], ["demo", "x/y"], ["-C", "x", "list"], ["-C", "x", "init"]]
)
def test_a_folder_that_cannot_be_looked_at(command: list[str], tmp_path: Path) -> None:
    closed = tmp_path / "x"
    closed.mkdir(mode=0o700)
    args = [str(closed) + a[1:] if a.startswith("x") else a for a in command]
    done = run_as(AN, *args)
    assert done.returncode in (3, 5), done.stderr
    assert "folder-not-" in done.stderr
    assert list(closed.iterdir()) == []
