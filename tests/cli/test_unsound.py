"""Where something is wrong with the database, a report says so, ends with 6, and is mailed to nobody."""

import contextlib
import json
import sqlite3
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.support.mail_server import Mail
from tests.support.posting import WEEK, A, rows, to

REPORT = ("report", "--period", "2024-07")


@pytest.fixture
def hurt(workspace: Path, run: Run) -> Path:
    """A workspace of whose last command somebody changed a row past the program."""
    assert run("add", "Họp", "--area", "3", "--lead", "ubdt").code == 0
    with contextlib.closing(sqlite3.connect(workspace / "plantrack.db")) as driver:
        (guard,) = driver.execute(
            "SELECT sql FROM sqlite_master WHERE name = 'deadline_no_update'"
        ).fetchone()
        driver.executescript(f"DROP TRIGGER deadline_no_update; UPDATE deadline SET reason = 'lén'; {guard};")
    return workspace


@pytest.mark.parametrize("command", [WEEK, REPORT])
def test_it_is_printed_with_a_warning_first_and_ends_with_6(
    hurt: Path, run: Run, command: tuple[str, ...]
) -> None:
    ended = run(*command, "--lang", "en", "--format", "plain")
    assert ended.code == 6
    lines = ended.out.split("\n\n")[0].split("\n")
    warned = next(line for line in lines if line.startswith("CHECK THIS"))
    assert "command c2, task 1: a row of the table deadline is not as it was recorded" in warned
    assert warned in ended.err
    data = json.loads(run(*command, "--format", "json").out)
    assert [fault["kind"] for fault in data["data"]["provenance"]["faults"]] == ["row-changed"]


@pytest.mark.parametrize("form", ["md", "html", "csv", "docx", "xlsx"])
def test_every_form_is_written_and_ends_with_6(hurt: Path, run: Run, form: str) -> None:
    assert run(*WEEK, "--output", f"w.{form}").code == 6
    assert (hurt / f"w.{form}").stat().st_size


def test_nothing_is_mailed(hurt: Path, run: Run, mail: Mail) -> None:
    ended = run(*WEEK, *to(A), "--lang", "en")
    assert ended.code == 6
    assert "[mail-unsound]" in ended.err and "c2" in ended.err
    assert (mail.handler.boxes(), rows(hurt)) == ([], [])


def test_what_is_put_right_is_mailed(hurt: Path, run: Run, mail: Mail) -> None:
    with contextlib.closing(sqlite3.connect(hurt / "plantrack.db")) as driver:
        (guard,) = driver.execute(
            "SELECT sql FROM sqlite_master WHERE name = 'deadline_no_update'"
        ).fetchone()
        driver.executescript(f"DROP TRIGGER deadline_no_update; UPDATE deadline SET reason = NULL; {guard};")
    assert run(*WEEK, *to(A)).code == 0
    assert mail.handler.boxes() == [A]


def test_the_footer_has_the_last_seal_and_that_of_an_earlier_moment(workspace: Path, run: Run) -> None:
    run("add", "Họp", "--area", "3")
    told = json.loads(run("db", "check", "--format", "json").out)["data"]["head"]
    assert told["command"] == "c2"
    assert f"seal {told['hash'][:16]} (c2)" in run(*WEEK, "--lang", "en", "--width", "400").out
    assert json.loads(run(*WEEK, "--format", "json").out)["data"]["provenance"]["seal"] == told
    then = run(*WEEK, "--known-at", "2024-03-25T23:00", "--lang", "en", "--width", "400").out
    assert "(c1)" in then and told["hash"][:16] not in then
