"""`db backup` as it is typed: what a person, a script and a program are told; beside writers, killed, without room."""

import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from plantrack.model.views.workspace import DbBackup
from plantrack.services.verbs.copies.backup import BackupPlace, backup
from plantrack.services.verbs.db import check
from plantrack.services.workspace import Workspace
from plantrack.store.commands import last_number
from plantrack.store.exchange.fact_reading import fact_lines
from plantrack.store.sqlite.connection import connect
from tests.conftest import Ended, Run, dump
from tests.support.folders import files
from tests.support.logins import AN, BINH, GROUP, as_root, run_as
from tests.support.processes import PROGRAM, go
from tests.support.terminal import on_terminal


def made_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# --- what is told ---


def test_a_script_gets_the_path_and_a_person_a_sentence(run: Run, workspace: Path) -> None:
    ended = run("db", "backup", "--lang", "en")
    (file,) = (workspace / "backups").iterdir()
    assert (ended.code, ended.out) == (0, f"{file}\n")
    assert ended.err.startswith(f"Backed up to {file} (")
    assert ended.err.endswith("bytes, up to command c1); the copy was checked.\n")


def test_on_a_terminal_it_is_said_once(workspace: Path) -> None:
    seen = on_terminal(workspace, "db", "backup", "x.db")
    assert seen.startswith("Đã sao lưu vào ")
    assert seen.count("x.db") == 1


def test_a_program_gets_an_object(run: Run, workspace: Path) -> None:
    run("db", "backup", "x", "-q")
    told = json.loads(run("db", "backup", "x", "--keep", "1", "--format", "json").out)["data"]
    (file,) = (workspace / "x").iterdir()
    assert (told["file"], told["database"]) == (str(file), str(workspace / "plantrack.db"))
    assert (told["command"], told["recorded"], told["size"]) == (1, True, file.stat().st_size)
    assert len(told["removed"]) == 1


def test_quiet_says_nothing_but_the_path(run: Run) -> None:
    ended = run("db", "backup", "-q")
    assert (ended.err, ended.out.count("\n")) == ("", 1)


@pytest.mark.parametrize(
    ("args", "code", "failure"),
    [
        (("--keep", "0"), 2, "bad-number"),
        (("--keep", "-1"), 2, "bad-number"),
        (("--keep", "x"), 2, "bad-number"),
        (("--keep", "2.5"), 2, "bad-number"),
        (("x.db", "--keep", "2"), 2, "keep-needs-folder"),
        (("",), 2, "missing-argument"),
        (("a", "b"), 2, "unexpected-argument"),
        (("plantrack.db",), 2, "output-is-source"),
        (("plantrack.db/x",), 5, "folder-not-writable"),
        (("nowhere/x.db",), 7, "output-failed"),
        (("postgresql://an@host/db",), 2, "backup-to-address"),
        (("--format", "csv"), 2, "unknown-format"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_made(
    args: tuple[str, ...], code: int, failure: str, run: Run, workspace: Path
) -> None:
    before = files(workspace)
    ended = run("db", "backup", *args)
    assert (ended.code, f"[{failure}]" in ended.err, ended.out) == (code, True, "")
    assert files(workspace) == before


def test_vietnamese_names_do_the_same(run: Run, workspace: Path) -> None:
    for keep in ("--giu-lai", "--keep"):
        assert run("du-lieu", "sao-luu", "x", keep, "1").code == 0
    assert len(made_in(workspace / "x")) == 1


@pytest.mark.parametrize("name", ["hai\ndòng", "dấu ' \" $HOME %", "-rf", "\x1b[31m", "thư mục\u202e"])
def test_any_name_of_a_folder(name: str, run: Run, workspace: Path) -> None:
    ended = run("db", "backup", "--", name)
    (file,) = (workspace / name).iterdir()
    assert (ended.code, "\x1b" in ended.err, "\u202e" in ended.err) == (0, False, False)
    assert run("db", "status").code == 0
    assert ended.out == f"{file}\n"


def test_a_name_that_is_no_utf_8_is_printed_as_it_is(workspace: Path) -> None:
    name = os.fsencode(workspace) + b"/x\xff"
    args: list[str | bytes] = [*PROGRAM, "-C", str(workspace), "db", "backup", name]
    done = subprocess.run(args, capture_output=True, check=False)
    (file,) = os.listdir(name)
    assert (done.returncode, done.stdout) == (0, name + b"/" + file + b"\n")
    assert go("-C", str(workspace), "db", "backup", "x").returncode == 0


def test_a_folder_is_found_by_the_letters_it_has(run: Run, workspace: Path) -> None:
    composed, taken_apart = (unicodedata.normalize(form, "Sao lưu Hà Nội") for form in ("NFC", "NFD"))
    (workspace / taken_apart).mkdir()
    assert run("db", "backup", taken_apart).code == 0
    assert len(made_in(workspace / taken_apart)) == 1
    assert not (workspace / composed).exists()


def test_a_folder_may_be_a_link(run: Run, workspace: Path, tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    (workspace / "backups").symlink_to(tmp_path / "disk")
    for _ in range(3):
        assert run("db", "backup", "--keep", "2").code == 0
    assert len(made_in(tmp_path / "disk")) == 2


def test_without_an_environment(workspace: Path) -> None:
    done = go("-C", str(workspace), "db", "backup", "--keep", "3", env={})
    assert (done.returncode, len(made_in(workspace / "backups"))) == (0, 1), done.stderr


# --- rights ---


@pytest.fixture
def ours(made_once: Path) -> Iterator[Path]:
    """A workspace of a login and its group, in a folder that every login may enter: pytest keeps its own to one."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o777)
        workspace = Path(shutil.copytree(made_once, Path(name) / "w"))
        for path in (workspace, *workspace.rglob("*")):
            os.chown(path, AN, GROUP)
            path.chmod(0o2770 if path.is_dir() else 0o660)
        yield workspace


@as_root
def test_who_may_only_read_backs_up_elsewhere_and_the_database_does_not_tell_of_it(ours: Path) -> None:
    for path in (ours, ours / "plantrack.db"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    asked = ("-C", str(ours), "db", "backup", "--lang", "en", "-q")
    before = files(ours)
    refused = run_as(BINH, *asked)
    assert (refused.returncode, "[folder-not-writable]" in refused.stderr) == (5, True)
    refused = run_as(BINH, *asked, "plans")
    assert (refused.returncode, "[output-failed]" in refused.stderr) == (7, True)
    ended = run_as(BINH, *asked, "../x")
    assert (ended.returncode, "could not be written into the database" in ended.stderr) == (0, True)
    (file,) = (ours.parent / "x").iterdir()
    known, told = dump(ours / "plantrack.db"), dump(file)
    assert ["'moved'" in line for line in told if line not in known] == [True]
    assert [line for line in known if line not in told] == []
    assert files(ours) == before


@as_root
def test_a_group_that_shares_the_database_shares_its_backups(ours: Path) -> None:
    for login in (AN, BINH, AN):
        ended = run_as(login, "-C", str(ours), "db", "backup", "--keep", "2", groups=(GROUP,))
        assert ended.returncode == 0, ended.stderr
    found = [path.stat() for path in (ours / "backups").iterdir()]
    assert [(f.st_gid, f.st_mode & 0o777) for f in found] == [(GROUP, 0o660)] * 2


# --- beside others, and cut short ---

WRITER = """
import sys
from plantrack.store.sqlite import connection
connection.connect.__kwdefaults__["timeout"] = 3600.0
from plantrack.cli.app import main
for n in range(int(sys.argv[3])):
    assert main(["-C", sys.argv[1], "add", f"{sys.argv[2]} {n}", "--area", "3", "--lead", "ubdt", "-q"]) == 0
"""


def facts_of(file: Path, upto: int) -> set[bytes]:
    """Return the lines of all facts that were recorded by the first commands; names get their salts with theirs."""
    with closing(connect(file)) as db:
        numbers = {uid: n for uid, n in db.query("SELECT uid, number FROM command")}
        lines = [line for kind, some in fact_lines(db) if kind != "salt" for line in some]
    told = [(json.loads(line), line) for line in lines]
    return {line for fact, line in told if numbers.get(command_of(fact), 1) <= upto}


def command_of(fact: dict[str, str]) -> str:
    return fact["uid"] if fact["type"] == "command" else fact.get("command", "")


@pytest.mark.no_cover
@pytest.mark.slow
def test_beside_writers_each_is_a_beginning_of_the_history(workspace: Path, tmp_path: Path) -> None:
    here, place = (
        Workspace(workspace, workspace / "plantrack.db"),
        BackupPlace(tmp_path / "x", is_folder=True),
    )
    env = {"PLANTRACK_USER": "A", **{n: os.environ[n] for n in ("PYTHONPATH",) if n in os.environ}}
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(workspace), f"Việc {n}", "5"],
            stdout=subprocess.DEVNULL,
            env=env,
        )
        for n in range(4)
    ]
    made: list[DbBackup] = []
    while not made or any(writer.poll() is None for writer in writers):
        with closing(connect(here.file, timeout=3600.0)) as db:
            made.append(backup(db, here, place, datetime.now(UTC)))
    assert [writer.returncode for writer in writers] == [0] * 4
    assert [one.command for one in made] == sorted(one.command for one in made)
    assert len({one.command for one in made}) > 2
    for one in made[:: max(1, len(made) // 8)]:
        assert facts_of(Path(one.file), one.command) == facts_of(here.file, one.command)
        with closing(connect(Path(one.file))) as copy:
            assert last_number(copy) == one.command
            assert not check(copy).counts


@pytest.mark.slow
def test_killed_at_any_moment_it_leaves_what_was(workspace: Path) -> None:
    folder, seed = workspace / "x", random.randrange(2**32)
    assert go("-C", str(workspace), "db", "backup", "x").returncode == 0
    chance, before = random.Random(seed), backups_in(folder)
    for _ in range(4):
        killed_after(chance.uniform(0.1, 0.5), "-C", str(workspace), "db", "backup", "x", "--keep", "1")
        now = backups_in(folder)
        assert now, f"seed {seed}: none is left"
        assert all(before.get(name, data) == data for name, data in now.items()), f"seed {seed}"
        for name in now.keys() - before.keys():
            with closing(connect(folder / name)) as copy:
                assert not check(copy).counts, f"seed {seed}"
        before = now


def backups_in(folder: Path) -> dict[str, bytes]:
    """Return the backups of a folder; what a killed run leaves has another name, and goes an hour later."""
    others = [path.name for path in folder.iterdir() if path.suffix != ".db"]
    assert all(name.startswith(".plantrack-") and name.endswith(".tmp") for name in others)
    return {path.name: path.read_bytes() for path in folder.glob("*.db")}


def killed_after(seconds: float, *args: str) -> None:
    """Run the program, which a signal ends that it does not hear of; perhaps it was quicker."""
    set_alarm = partial(signal.setitimer, signal.ITIMER_REAL, seconds)
    assert go(*args, preexec_fn=set_alarm).returncode in (0, -signal.SIGALRM)


def without_room(limit: int) -> Callable[[], None]:
    def set_limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return set_limit


def test_without_room_there_is_none_and_all_is_as_it_was(workspace: Path) -> None:
    assert go("-C", str(workspace), "db", "backup", "x").returncode == 0
    before = files(workspace)
    for limit, to in ((0, "x"), (4096, "y"), (60_000, "x")):
        asked = ("-C", str(workspace), "db", "backup", to, "--keep", "1", "--lang", "en")
        done = go(*asked, preexec_fn=without_room(limit))
        assert (done.returncode, done.stdout) == (7, "")
        assert "[output-failed]" in done.stderr
    assert files(workspace) == before
    assert not (workspace / "y").exists()


def test_a_later_run_may_make_room_while_it_is_told(workspace: Path) -> None:
    """Two runs that keep one each: the second takes the first one's away, perhaps before that is told."""
    asked = [*PROGRAM, "-C", str(workspace), "db", "backup", "x", "--keep", "1"]
    runs = [subprocess.Popen(asked, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) for _ in range(4)]
    ended = [(run.communicate()[1], run.returncode) for run in runs]
    assert [code for _, code in ended] == [0] * 4, ended
    assert backups_in(workspace / "x")


def test_interrupted_it_leaves_nothing(run: Run, workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> Ended:
        raise KeyboardInterrupt

    monkeypatch.setattr("plantrack.services.checked_copy.refuse_faults", interrupt)
    before = files(workspace)
    assert run("db", "backup").code == 130
    assert files(workspace) == before
