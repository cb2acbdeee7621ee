"""`db check` as it is typed: what it says, in words and for programs, and how it ends."""

import contextlib
import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Run


@pytest.fixture
def hurt(workspace: Path, run: Run) -> Path:
    """A database with a wrong row in two tables."""
    assert run("add", "Họp [x]", "--area", "3", "--lead", "ubdt").code == 0
    with contextlib.closing(sqlite3.connect(workspace / "plantrack.db")) as driver:
        driver.execute("UPDATE task SET percent = 40")
        driver.execute("DELETE FROM holder")
        driver.commit()
    return workspace / "plantrack.db"


def test_nothing_found_ends_with_0(run: Run) -> None:
    ended = run("db", "check", "--lang", "en")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith("No fault was found in ")


def test_what_is_found_is_named_with_what_to_do_and_ends_with_1(hurt: Path, run: Run) -> None:
    ended = run("db", "check", "--lang", "en")
    assert ended.code == 1
    text = " ".join(ended.out.split())
    assert "[derived-other] task 1: table task has a row that is not what was recorded (percent)" in text
    assert "[derived-missing] task 1: table holder lacks a row (lead/ubdt/2024-08-01)" in text
    assert "`plantrack db check --repair`" in text
    ended = run("db", "check")
    assert "nhiệm vụ 1: bảng holder thiếu một dòng (lead/ubdt/2024-08-01)" in " ".join(ended.out.split())


def test_mended_it_says_how_many_rows_of_which_table(hurt: Path, run: Run) -> None:
    ended = run("db", "check", "--repair", "--lang", "en")
    assert (ended.code, ended.err) == (0, "")
    assert "table task: 1 row\n" in ended.out
    assert "table holder: 1 row\n" in ended.out
    assert "nothing was changed" in " ".join(run("db", "check", "--repair", "--lang", "en").out.split())
    assert run("db", "check").code == 0


def test_programs_get_problems_and_numbers(hurt: Path, run: Run) -> None:
    told = json.loads(run("db", "check", "--format", "json", "--lang", "en").out)
    assert told["data"].pop("head")["command"] == "c2"
    assert told["data"] == {
        "file": str(hurt), "missing": [], "indexes": [], "rows": {"task": 1, "holder": 1}, "repaired": False,
        "history": [], "altered": 0, "last_sound": None, "sealed_from": None,
    }  # fmt: skip
    assert [(p["code"], p["severity"], p["line"]) for p in told["problems"]] == [
        ("derived-other", "error", 0), ("derived-missing", "error", 0)
    ]  # fmt: skip
    assert all("db check --repair" in p["hint"] for p in told["problems"])
    told = json.loads(run("db", "check", "--repair", "--format", "json").out)
    assert (told["data"]["repaired"], told["data"]["rows"], told["problems"]) == (
        True,
        {"task": 1, "holder": 1},
        [],
    )


def test_damaged_facts_end_with_6_and_say_what_can_be_done(hurt: Path, run: Run) -> None:
    with contextlib.closing(sqlite3.connect(hurt)) as driver:
        driver.execute("PRAGMA ignore_check_constraints = ON")
        driver.execute("UPDATE task SET opened_on = '2024-13-01'")
        driver.commit()
    for more in ((), ("--repair",)):
        ended = run("db", "check", *more, "--lang", "en")
        assert ended.code == 6
        assert "[database-damaged]" in ended.err
        assert "latest backup" in " ".join(ended.err.split())


def test_without_an_environment_it_is_checked_and_mended(hurt: Path) -> None:
    for more, code in (((), 1), (("--repair",), 0), ((), 0)):
        done = subprocess.run(
            [sys.executable, "-m", "plantrack", "-C", str(hurt.parent), "db", "check", *more],
            env={}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert (done.returncode, done.stderr) == (code, "")
        assert "plantrack.db" in done.stdout or "bảng holder" in done.stdout
