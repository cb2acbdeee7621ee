"""When it is our fault: a sentence, exit 70, a log without any data, and nothing written."""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from plantrack.cli.failing.defect import entry, typed_without_values
from plantrack.cli.session import Session
from plantrack.deliver import defect_log
from plantrack.deliver.defect_log import Logged
from plantrack.errors import Exit, Failure
from plantrack.store.connection import Params
from plantrack.store.sqlite import connection
from tests.conftest import Run, dump

SECRET = "Nguyễn Thị Bí Mật"


@pytest.fixture
def entries(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is logged, in place of a log."""
    found: list[str] = []
    monkeypatch.delenv("PLANTRACK_DEBUG")

    def keep(text: str) -> Logged:
        found.append(text)
        return Logged(Path("/log/plantrack.log"))

    monkeypatch.setattr("plantrack.cli.failing.defect.log_defect", keep)
    return found


def breaking(
    monkeypatch: pytest.MonkeyPatch, error: BaseException, at: str = "services.verbs.list.list_tasks"
) -> None:
    """Let a function of the program break off with an error that nobody foresaw."""

    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(f"plantrack.{at}", fail)


# What is told.


def test_it_is_a_sentence_that_says_where_and_what_to_do_next(
    run: Run, entries: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    breaking(monkeypatch, ValueError(SECRET))
    ended = run("list", "--lang", "en")
    assert (ended.code, ended.out) == (Exit.DEFECT, "")
    told, hint = ended.err.splitlines()
    assert told.startswith("Error [defect]: The program met a fault of its own (ValueError, list.py:")
    assert told.endswith("; no task was changed.")
    assert "/log/plantrack.log" in hint
    assert SECRET not in ended.err
    assert "“/log/plantrack.log”" in run("list", "--lang", "vi").err


@pytest.mark.parametrize(
    "error", [MemoryError(), RecursionError(), sqlite3.ProgrammingError("x"), OSError(5, "x")]
)
def test_every_kind_of_error_is_told(
    error: Exception, run: Run, entries: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    breaking(monkeypatch, error)
    ended = run("list")
    assert (ended.code, ended.out) == (Exit.DEFECT, "")
    assert type(error).__name__ in ended.err
    assert len(entries) == 1


def test_a_program_is_told_in_json(run: Run, entries: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    breaking(monkeypatch, ValueError(SECRET))
    ended = run("list", "--format", "json")
    told = json.loads(ended.out)
    assert (told["data"], told["command"]) == (None, "list")
    assert (told["error"]["code"], told["error"]["exit_code"]) == ("defect", 70)
    assert "/log/plantrack.log" in told["error"]["hint"]
    assert SECRET not in ended.out + ended.err


def test_where_there_is_no_log_it_is_said(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(defect_log, "log_file", lambda: tmp_path / "file" / "plantrack.log")
    monkeypatch.delenv("PLANTRACK_DEBUG")
    breaking(monkeypatch, ValueError(SECRET))
    ended = run("list", "--lang", "en")
    assert ended.code == Exit.DEFECT
    assert "[defect-unlogged]" in ended.err
    assert f"The log “{tmp_path}/file/plantrack.log” cannot be written (" in ended.err.replace("\\", "/")
    assert "PLANTRACK_DEBUG=1" in ended.err


def test_whoever_looks_for_it_is_shown_all_of_it(
    run: Run, entries: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLANTRACK_DEBUG", "1")
    breaking(monkeypatch, ValueError(SECRET))
    ended = run("list")
    assert ended.code == Exit.DEFECT
    assert ended.err.startswith("Traceback (most recent call last):")
    assert f"ValueError: {SECRET}\n" in ended.err
    assert "[defect]" in ended.err


def test_a_defect_while_a_failure_is_told_is_told(
    run: Run, entries: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    told = Session.laid_out

    def fail(session: Session, text: str) -> str:
        if "99" in text:
            raise KeyError(text)
        return told(session, text)

    monkeypatch.setattr(Session, "laid_out", fail)
    ended = run("show", "99")
    assert (ended.code, "KeyError" in ended.err) == (Exit.DEFECT, True)
    assert "plantrack.errors.Failure (unknown-task)" in entries[0]


def test_a_defect_in_the_look_for_damage_hides_no_other(
    run: Run, entries: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    breaking(monkeypatch, KeyError("x"), "cli.session.Session.damage")
    breaking(monkeypatch, ZeroDivisionError())
    assert "ZeroDivisionError" in run("list").err


# What became of the data.


@contextmanager
def breaking_after(statements: int) -> Iterator[None]:
    """Let the program break off after so many statements that write."""
    left, execute = [statements], connection.SQLite.execute

    def fail(db: connection.SQLite, sql: str, params: Params | None = None) -> None:
        if sql.startswith(("INSERT", "UPDATE")):
            left[0] -= 1
            if left[0] < 0:
                raise ValueError(SECRET)
        execute(db, sql, params)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connection.SQLite, "execute", fail)
        yield


def test_nothing_is_written_wherever_a_command_breaks_off(
    run: Run, entries: list[str], workspace: Path
) -> None:
    run("add", "Họp", "--area", "3")
    before, broken = dump(workspace / "plantrack.db"), 0
    while True:
        with breaking_after(broken):
            ended = run("update", "1", "-r", "đã họp", "--lang", "en")
        if ended.code == Exit.DONE:
            break
        assert ended.code == Exit.DEFECT
        assert "; nothing was recorded." in ended.err
        assert dump(workspace / "plantrack.db") == before
        broken += 1
    assert broken > 2
    assert len(entries) == broken


def test_what_was_recorded_before_stays_and_is_said(
    run: Run, entries: list[str], workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = dump(workspace / "plantrack.db")
    breaking(monkeypatch, ValueError(), "cli.feedback.task_line")
    ended = run("add", "Họp", "--area", "3", "--lang", "en")
    assert ended.code == Exit.DEFECT
    assert "what it had recorded by then stays, so see `plantrack log`" in ended.err
    assert dump(workspace / "plantrack.db") != before


def test_a_command_with_a_database_of_its_own_recorded_all_or_nothing(
    run: Run, entries: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    breaking(monkeypatch, ValueError(), "services.verbs.init._fill")
    ended = run("init", str(tmp_path / "new"), "--lang", "en")
    assert (ended.code, "it recorded everything or nothing" in ended.err) == (Exit.DEFECT, True)
    assert not (tmp_path / "new").exists()


# What is logged.


def test_the_log_has_what_finds_a_fault_and_no_data(
    run: Run, entries: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    breaking(monkeypatch, ValueError(SECRET))
    run("list", "to:" + SECRET, "--as-of", "2024-07-01", "--limit=7")
    (text,) = entries
    head, system, command, *way = text.splitlines()
    assert head.startswith("--- 20")
    assert head.endswith("Z")
    assert system.startswith("plantrack ")
    assert ", Python 3." in system
    assert command == "$ plantrack list <1 argument> --as-of --limit"
    assert way[0] == "Traceback (most recent call last):"
    assert way[-2:] == ["ValueError", ""]
    assert any(line.startswith("  plantrack/cli/app.py:") for line in way)
    for private in (SECRET, "2024-07-01", str(Path(__file__).parents[2])):
        assert private not in text


def test_an_error_has_the_codes_that_others_have_for_it() -> None:
    """They quote nothing; the chain of what led to it is whole."""
    try:
        try:
            with sqlite3.connect(":memory:") as driver:
                driver.execute("CREATE TABLE a (b UNIQUE)")
                driver.executemany("INSERT INTO a VALUES (?)", [(SECRET,), (SECRET,)])
        except sqlite3.IntegrityError as error:
            raise Failure("database-error", file=SECRET) from error
    except Failure as failure:
        text = entry(Session(), [], failure)
    assert "sqlite3.IntegrityError (SQLITE_CONSTRAINT_UNIQUE)\nthen, while that was dealt with:\n" in text
    assert "plantrack.errors.Failure (database-error)\n" in text
    assert "builtins.OSError" not in text
    assert "OSError (28)\n" in entry(Session(), [], OSError(28, SECRET))
    assert SECRET not in text


def deep(left: int) -> None:
    if left:
        deep(left - 1)
    raise ValueError


def test_a_long_way_is_shortened() -> None:
    try:
        deep(500)
    except ValueError as error:
        text = entry(Session(), [], error)
    assert text.count(" deep\n") < 70
    assert "more)" in text


@pytest.mark.parametrize(
    ("args", "command", "said"),
    [
        (["update", "3", "-r", SECRET, "-s40"], "update", "update <1 argument> --result --status"),
        (["update", "3", "-r", SECRET], "", "update <1 argument> --result"),
        (
            ["-C", SECRET, "cap-nhat", "3", "4", f"--ket-qua={SECRET}"],
            "",
            "update <2 arguments> --directory --result",
        ),
        (["plan", "new", SECRET, "--from", SECRET], "", "plan new <1 argument> --from"),
        (["plan"], "", "plan"),
        ([SECRET, "--", "--lang"], "", "<2 arguments>"),
        (["list", f"--{SECRET}"], "list", "list <unknown option>"),
        (["add", "-area", SECRET], "add", "<3 words>"),
        ([], "", ""),
    ],
)
def test_a_command_is_told_without_its_values(args: list[str], command: str, said: str) -> None:
    assert typed_without_values(args, command) == said


# The last resort, in real processes.

BROKEN = """
import sys
part = sys.argv.pop(1)
if part == "session":
    sys.modules["plantrack.cli.session"] = None
else:
    import plantrack.cli.app, plantrack.i18n.failure, plantrack.cli.failing.error_output as told
    def fail(*_, **__): raise MemoryError
    told.sentence = fail
import plantrack.__main__ as program
program.run()
"""


@pytest.mark.parametrize("part", ["session", "catalogue"])
@pytest.mark.parametrize("debug", ["", "1"])
def test_where_nothing_else_can_be_said_something_is(workspace: Path, part: str, debug: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", BROKEN, part, "-C", str(workspace), "show", "99"],
        capture_output=True, encoding="utf-8", check=False, env={**os.environ, "PLANTRACK_DEBUG": debug},
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (70, "")
    assert ("Traceback" in done.stderr) == bool(debug)
    assert "Error [defect]: " in done.stderr


@pytest.mark.parametrize("part", ["cli.session", "cli.completion.answer"])
def test_a_shell_that_completes_a_line_is_told_of_no_defect(workspace: Path, part: str) -> None:
    script = f"import sys; sys.modules['plantrack.{part}'] = None; from plantrack.__main__ import run; run()"
    done = subprocess.run(
        [sys.executable, "-c", script, "-C", str(workspace), "show", ""],
        capture_output=True, check=False, env={**os.environ, "PLANTRACK_DEBUG": "", "PLANTRACK_COMPLETE": "zsh"},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
def test_an_envelope_that_cannot_be_printed_hides_no_defect(workspace: Path) -> None:
    script = "import sys; sys.modules['typer'] = None; from plantrack.__main__ import run; run()"
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-c", script, "-C", str(workspace), "list", "--format", "json"],
            stdout=full, stderr=subprocess.PIPE, check=False, env={**os.environ, "PLANTRACK_DEBUG": ""},
        )  # fmt: skip
    assert done.returncode == 70
    assert b"[defect]" in done.stderr
    assert b"[output-failed]" in done.stderr


def test_a_defect_is_an_exit_code_where_nobody_can_be_told(workspace: Path, tmp_path: Path) -> None:
    """Standard error is closed."""
    script = "import sys; sys.stderr = None; sys.modules['typer'] = None; from plantrack.__main__ import run; run()"
    done = subprocess.run(
        [sys.executable, "-c", script, "-C", str(workspace), "list", "--format", "json"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False,
        env={**os.environ, "PLANTRACK_DEBUG": ""},
    )  # fmt: skip
    assert done.returncode == 70
