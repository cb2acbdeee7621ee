"""The boundary: every failure is a sentence and an exit code, whatever becomes of streams and folders."""

import json
from pathlib import Path

import pytest

from plantrack.errors import Exit
from tests.conftest import Run
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


@full
def test_an_envelope_that_cannot_be_written_is_said_and_the_failure_keeps_its_code(workspace: Path) -> None:
    done = shell("$P show 99 --format json >/dev/full", workspace)
    assert (done.returncode, done.stdout) == (3, "")
    assert "[output-failed]" in done.stderr


def breaking(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    """Let `list` break off with an error that nobody foresaw."""

    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("plantrack.services.verbs.list.list_tasks", fail)


def test_an_interruption_is_an_exit_code(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    breaking(monkeypatch, KeyboardInterrupt())
    ended = run("list")
    assert (ended.code, ended.out) == (Exit.INTERRUPTED, "")
    assert "[interrupted]" in ended.err


@pytest.mark.parametrize("asked", [["--lang", "en"], ["--lang=en"]])
def test_a_line_that_does_not_parse_is_refused_in_the_language_it_asks_for(
    run: Run, asked: list[str]
) -> None:
    for args in ([*asked, "list", "--nope"], ["list", "--nope", *asked], ["lisst", *asked]):
        assert run(*args).err.startswith("Error [unknown-")
    assert run("add", "--nope", "--", *asked).err.startswith("Lỗi [unknown-option]"), "these are words"


def test_a_line_that_does_not_parse_is_refused_in_the_form_it_asks_for(run: Run) -> None:
    for asked in (["--format", "json"], ["--format=json"], ["--output", "a.json"]):
        assert json.loads(run("list", "--nope", *asked).out)["error"]["code"] == "unknown-option"


def test_an_argument_is_utf8_whatever_the_locale(workspace: Path) -> None:
    other = "LC_ALL=C PYTHONUTF8=0 PYTHONCOERCECLOCALE=0 PLANTRACK_USER=An"
    done = shell(f"{other} $P add 'Hội thảo' --area 3 --quiet && $P show 1", workspace)
    assert "Hội thảo" in done.stdout, done.stderr


@full
def test_what_was_saved_is_said_and_nothing_else(workspace: Path) -> None:
    """Only of a command that recorded something is it said that it must not be typed again."""
    line = "$P edit 1 --title Họp > /dev/full"
    first = shell(f"$P add Hop --area 1 > added; {line}", workspace)
    assert "[saved-not-printed]" in first.stderr
    for nothing_to_do in (line, "$P plan apply --format json > /dev/full"):
        assert "[output-failed]" in shell(nothing_to_do, workspace).stderr, nothing_to_do


@pytest.mark.parametrize(
    ("short", "long"),
    [
        *(("-h", "--help"), ("add -h", "add --help"), ("plan -h", "plan --help"), ("list -h", "list --help")),
        *(("-V", "--version"), ("list -V", "list --version")),
    ],
)
def test_help_and_version_have_one_letter_too(run: Run, short: str, long: str) -> None:
    asked, same = run(*short.split()), run(*long.split())
    assert (asked.code, asked.out, asked.err) == (0, same.out, "")
    assert asked.out


def test_what_is_typed_often_has_one_letter(run: Run) -> None:
    run("add", "Họp", "-a", "3", "-d", "30/9/2024", "-l", "ubdt", "-w", "hlhpn", "-t", "An")
    run("extend", "1", "-d", "15/10/2024", "-m", "chờ kinh phí")
    told = json.loads(run("list", "-n1", "--format", "json").out)["data"][0]
    assert (told["area"], told["due"], told["lead"], told["coordinating"], told["in_charge"]) == (
        *("ND3", "2024-10-15", ["ubdt"], ["hlhpn"], ["An"]),
    )
