"""The program as a process: streams that are closed or full, pipes, a folder that is gone, Ctrl-C."""

import ast
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from plantrack import __main__ as start
from plantrack import __version__
from tests.support.logins import AN, as_root, run_as

PROGRAM = [sys.executable, "-m", "plantrack"]
full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")


def go(*args: str, **how: Any) -> subprocess.CompletedProcess[str]:
    """Run the program."""
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **how}
    return subprocess.run([*PROGRAM, *args], text=True, check=False, **streams)


def shell(line: str, folder: Path, **how: Any) -> subprocess.CompletedProcess[str]:
    """Run a line of the shell, with the program as `$P`."""
    env = {**os.environ, "P": " ".join(PROGRAM), "LC_ALL": "C.UTF-8"}
    return subprocess.run(
        ["bash", "-c", line], cwd=folder, env=env, text=True, check=False, capture_output=True, **how
    )


# --- talk, and data ---


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


@full
def test_what_was_saved_is_said_and_nothing_else(workspace: Path) -> None:
    """Only of a command that recorded something is it said that it must not be typed again."""
    line = "$P edit 1 --title Họp > /dev/full"
    codes = ["saved-not-printed", "output-failed"]
    first = shell(f"$P add Hop --area 1 > added; {line}", workspace)
    again = shell(line, workspace)
    assert [
        code for code, done in zip(codes, (first, again), strict=True) if f"[{code}]" in done.stderr
    ] == codes


@pytest.mark.parametrize("asked", ["--version", "--help", "list --all --help", "list"])
def test_a_reader_who_has_gone_away_is_no_failure(workspace: Path, asked: str) -> None:
    done = shell(f"$P {asked} | true; echo ${{PIPESTATUS[0]}}", workspace)
    assert (done.stdout, done.stderr) == ("0\n", "")


def test_the_version_is_printed_once(workspace: Path) -> None:
    assert go("--version").stdout == f"plantrack {__version__}\n"


# --- --output ---


def test_output_to_stdout_is_stdout(workspace: Path) -> None:
    plain = go("-C", str(workspace), "list", "--format", "md").stdout
    assert shell("$P list --format md --output /dev/stdout | cat", workspace).stdout == plain
    done = shell("echo trước > a.md; $P list --format md --output /dev/stdout >> a.md; cat a.md", workspace)
    assert done.stdout == "trước\n" + plain
    done = shell("$P list --output b.md > b.md; cat b.md", workspace)
    assert (done.stdout, done.stderr) == (plain, "")
    for_eyes = go("-C", str(workspace), "list").stdout
    done = shell("$P list --output /dev/stdout > c; cat c", workspace)
    assert (done.stdout, done.stderr) == (for_eyes, "")


def test_output_to_a_pipe_or_a_device_is_written_through(workspace: Path) -> None:
    plain = go("-C", str(workspace), "list", "--format", "md").stdout
    done = shell("exec 3>&1; $P list --format md --output >(cat >&3) >&2; wait $!", workspace)
    assert (done.returncode, done.stdout) == (0, plain)
    line = "mkfifo p; cat p & $P list --format md --output p >&2; code=$?; wait; exit $code"
    done = shell(line, workspace)
    assert (done.returncode, done.stdout) == (0, plain)
    assert (workspace / "p").is_fifo()
    done = shell("$P list --output /dev/null", workspace)
    assert (done.returncode, done.stdout) == (0, "")
    assert Path("/dev/null").is_char_device()


# --- folders ---

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


# --- Ctrl-C ---

INTERRUPTED = """
import builtins, os, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # what runs behind a shell is born deaf to it
real, when = builtins.__import__, sys.argv.pop(1)
def load(name, *rest):
    if name == when:
        os.kill(os.getpid(), signal.SIGINT)
    return real(name, *rest)
import plantrack.__main__ as program
builtins.__import__ = load
program.run()
"""


@pytest.mark.parametrize(
    "when",
    ["plantrack.cli.app", "plantrack.cli.typer_adapter", "typer", "plantrack.store.connection", "zoneinfo"],
)
def test_an_interruption_at_any_time_shows_no_inside(workspace: Path, when: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED, when, "-C", str(workspace), "list"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (130, "")
    assert "Traceback" not in done.stderr


def test_the_start_loads_only_what_is_there_before_an_interruption_is_minded() -> None:
    module = ast.parse(Path(start.__file__).read_text("utf-8"))
    loaded = {alias.name for node in module.body if isinstance(node, ast.Import) for alias in node.names}
    assert loaded <= {"gc", "os", "sys"}, "Python has these by then"
    assert not any(isinstance(node, ast.ImportFrom) for node in module.body)


@pytest.mark.parametrize("verb", ["list", "plan check", "weekly"])
@pytest.mark.parametrize("file", ["plantrack.db", "plans/kh-468-2024.yaml", "plans/../plantrack.db", "link"])
def test_no_answer_is_written_over_what_it_is_made_from(workspace: Path, verb: str, file: str) -> None:
    (workspace / "link").symlink_to("plantrack.db")
    own = [workspace / "plantrack.db", workspace / "plans/kh-468-2024.yaml"]
    before = [part.read_bytes() for part in own]
    done = shell(f"$P {verb} --format json --output {file}", workspace)
    assert (done.returncode, "[output-is-source]" in done.stderr) == (2, True), done.stderr
    assert [part.read_bytes() for part in own] == before
