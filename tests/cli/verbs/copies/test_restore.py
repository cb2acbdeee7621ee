"""`db restore` as it is typed: what a person, a script and a program are told; killed at any step, beside others."""

import json
import shlex
import shutil
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from plantrack.services.verbs.db import check
from plantrack.store.sqlite.connection import connect
from tests.conftest import Run, dump
from tests.support.folders import files
from tests.support.terminal import on_screen, on_terminal


@pytest.fixture
def backed(run: Run, workspace: Path) -> str:
    """A backup, and a database that went on for three commands."""
    run("add", "Họp", "--area", "3")
    run("db", "backup", "b.db")
    for n in range(3):
        run("add", f"Việc {n}", "--area", "3", "--author", "Nguyễn Thị An")
    return "b.db"


def kept_in(workspace: Path) -> list[Path]:
    return sorted((workspace / "backups").iterdir()) if (workspace / "backups").exists() else []


# --- what is told, and asked ---


def test_without_a_yes_nothing_is_done_and_what_would_be_lost_is_listed(
    run: Run, workspace: Path, backed: str
) -> None:
    before = files(workspace)
    ended = run("db", "restore", backed, "--lang", "en")
    assert (ended.code, ended.out) == (4, "")
    lines = ended.err.splitlines()
    assert lines[0] == "3 commands of this database are not in the backup and will be lost:"
    assert lines[1].startswith("  c3 · ")
    assert lines[1].endswith(" · Nguyễn Thị An · new task · 2: Việc 0")
    assert lines[4].startswith("Error [restore-unconfirmed]: ")
    assert files(workspace) == before


def test_a_script_gets_the_file_that_keeps_what_was_there(run: Run, workspace: Path, backed: str) -> None:
    before = dump(workspace / "plantrack.db")
    ended = run("db", "restore", backed, "--yes", "--lang", "en")
    (kept,) = kept_in(workspace)
    assert (ended.code, ended.out) == (0, f"{kept}\n")
    assert dump(kept) == before
    assert "3 commands are no longer in it: c3–c5." in ended.err
    assert "The next task gets number 5, the next command c7." in ended.err
    told = json.loads(run("db", "check", "--format", "json").out)["data"]
    assert (told["history"], told["rows"]) == ([], {})
    log = run("log", "--lang", "en").out
    assert "went back to a backup" in log
    assert str(kept) in log


def test_a_program_gets_all_that_is_lost(run: Run, workspace: Path, backed: str) -> None:
    before = files(workspace)
    told = json.loads(run("db", "restore", backed, "--dry-run", "--format", "json").out)["data"]
    assert [(one["command"], one["tasks"]) for one in told["lost"]] == [
        ("c3", ["2"]),
        ("c4", ["3"]),
        ("c5", ["4"]),
    ]
    assert (told["command"], told["kept"], told["next_task"]) == (None, None, 5)
    assert files(workspace) == before
    told = json.loads(run("db", "restore", backed, "-y", "--format", "json").out)["data"]
    assert (told["command"], told["next_command"], told["taken_over"]) == (
        "c6",
        7,
        {"delivery": 0, "form": 0},
    )


def test_many_are_told_by_the_last(run: Run, workspace: Path, backed: str) -> None:
    for n in range(20):
        run("add", f"Việc {n}", "--area", "3")
    lines = run("db", "restore", backed, "--lang", "en").err.splitlines()
    assert lines[:2] == [
        "23 commands of this database are not in the backup and will be lost:",
        "  … and 3 earlier ones (all of them: --dry-run --format json)",
    ]
    assert [line.split()[0] for line in lines[2:22]] == [f"c{n}" for n in range(6, 26)]


def test_a_person_is_asked(workspace: Path, backed: str) -> None:
    before = files(workspace)
    seen = on_terminal(workspace, "db", "restore", backed, typed="k\n")
    assert "3 lệnh của cơ sở dữ liệu này không có trong bản sao lưu và sẽ mất:" in seen
    assert "[declined]" in seen
    assert files(workspace) == before
    screen = on_screen(workspace, "db", "restore", backed, typed="c\n")
    assert screen.code == 0, screen.seen
    assert len(kept_in(workspace)) == 1


def test_of_another_history_a_person_is_asked_twice_and_a_script_says_so(
    run: Run, workspace: Path, backed: str
) -> None:
    run("db", "restore", backed, "-y")
    (kept,) = kept_in(workspace)
    ended = run("db", "restore", str(kept), "--yes", "--lang", "en")
    assert ended.code == 4
    assert "goes another way than that of this database after command c2" in ended.err
    assert "[restore-other]" in ended.err
    screen = on_screen(workspace, "db", "restore", str(kept), keys=[("[c/K]", "c\n"), ("[c/K]", "k\n")])
    assert screen.code == 4, screen.seen
    assert run("db", "restore", str(kept), "--yes", "--other").code == 0
    assert run("db", "check").code == 0


def test_one_that_cannot_be_read_needs_a_number(run: Run, workspace: Path, backed: str) -> None:
    (workspace / "plantrack.db").write_bytes(b"\x00\x01" * 5000)
    ended = run("db", "restore", backed, "--yes", "--lang", "en")
    assert ended.code == 4
    assert "[restore-needs-number]" in ended.err
    assert run("db", "restore", backed, "--yes", "--next-number", "0").code == 2
    ended = run("db", "restore", backed, "--yes", "--next-number", "50", "--lang", "en")
    assert ended.code == 0
    assert "If higher numbers were given already" in ended.err
    assert run("add", "Họp", "--area", "3").out == "50\n"


@pytest.mark.no_cover
def test_the_way_back_is_typed_as_it_is_printed(
    run: Run, workspace: Path, backed: str, tmp_path: Path
) -> None:
    for flags in ([], ["--other"]):  # nothing is lost of what the backup has all of
        if not flags:
            run("db", "backup", "all.db")
        before = dump(workspace / "plantrack.db")
        told = run("db", "restore", backed if flags else "all.db", "-y", "--lang", "en").err
        (back,) = [line for line in told.splitlines() if line.startswith("To go back to it: ")]
        words = shlex.split(back.removeprefix("To go back to it: plantrack "))
        assert words[5:] == flags
        away = tmp_path / "elsewhere"
        away.mkdir(exist_ok=True)
        assert run("-C", str(away), *words, "--yes").code == 0
        assert len(dump(workspace / "plantrack.db")) > len(before)


def test_numbers_are_left_that_a_task_can_be_called_by(run: Run, workspace: Path, backed: str) -> None:
    ended = run("db", "restore", backed, "--yes", "--next-number", "999990001", "--lang", "en")
    assert (ended.code, "999990000" in ended.err) == (2, True)
    assert run("db", "restore", backed, "--yes", "--next-number", "999990000").code == 0
    label = run("add", "Họp", "--area", "3").out.strip()
    assert (label, run("show", label).code) == ("999990000", 0)


def test_it_makes_a_new_place(run: Run, workspace: Path, backed: str, tmp_path: Path) -> None:
    new = tmp_path / "new"
    new.mkdir()
    restoring = ("-C", str(new), "db", "restore", str(workspace / backed))
    ended = run(*restoring, "--yes", "--lang", "en")
    assert (ended.code, files(new)) == (4, {})
    assert "[restore-worked-on]" in ended.err
    where = str(workspace / "plantrack.db")
    dry = run(*restoring, "--dry-run", "--lang", "en", "--format", "json")
    assert where in dry.err
    assert json.loads(dry.out)["data"]["worked_on"] == where
    ended = run(*restoring, "--yes", "--other")
    assert (ended.code, ended.out) == (0, "")
    assert run("-C", str(new), "db", "check").code == 0


def test_what_is_said_to_who_would_write_into_a_backup_works(run: Run, workspace: Path, backed: str) -> None:
    ended = run("--db", backed, "add", "Họp", "--area", "3", "--lang", "en")
    assert "[database-to-read]" in ended.err
    (typed,) = [part for part in ended.err.split("`") if " db restore " in part]
    (workspace / "plantrack.db").unlink()
    assert run(*shlex.split(typed)[1:], "--yes").code == 0
    assert (workspace / "plantrack.db").exists()


# --- real processes ---

#: Restores a backup, and is killed when so many functions were called (0: never); says how many it called.
KILLED = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from plantrack.services.verbs.copies.restore import readied, restore
from plantrack.services.workspace import Workspace
from plantrack.store.sqlite import file_copy
file_copy._PAGES = 20
root, last = Path(sys.argv[1]), int(sys.argv[2])
calls = 0
def count(frame, event, found):
    global calls
    if "call" in event:
        calls += 1
        if calls == last:
            os.kill(os.getpid(), signal.SIGKILL)
with readied(Workspace(root, root / "plantrack.db"), root, "b.db") as ready:
    sys.setprofile(count)
    restore(ready, "An", datetime(2024, 12, 1, tzinfo=UTC))
sys.setprofile(None)
print(calls)
"""


def restoring(folder: Path, last: int) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-c", KILLED, str(folder), str(last)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def state_of(folder: Path) -> str:
    """Return whether a database is the old one or the new one; anything else fails."""
    with closing(connect(folder / "plantrack.db")) as db:
        found = check(db)
        assert not (found.history or found.found or found.missing or found.indexes)
        (tasks,) = db.query("SELECT COUNT(*) FROM task")[0]
        verbs = [row[0] for row in db.query("SELECT verb FROM command ORDER BY number")]
    return {(4, "add"): "old", (1, "db restore"): "new"}[tasks, verbs[-1]]


@pytest.mark.slow
def test_killed_at_any_step_it_is_the_old_one_or_the_new_one(
    workspace: Path, backed: str, tmp_path: Path
) -> None:
    first = shutil.copytree(workspace, tmp_path / "first")
    calls = int(restoring(workspace, 0).stdout)
    assert state_of(workspace) == "new"
    seen = list[str]()
    for share in (0.3, 0.97, 1.0):
        folder = Path(shutil.copytree(first, tmp_path / str(share)))
        done = restoring(folder, max(1, int(calls * share)))
        assert done.returncode == -signal.SIGKILL, done.stderr
        seen.append(state_of(folder))
        if seen[-1] == "old":
            assert restoring(folder, 0).returncode == 0
            assert state_of(folder) == "new"
    assert seen == sorted(seen, reverse=True)
    assert {*seen} == {"old", "new"}
