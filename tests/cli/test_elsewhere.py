"""Whoever reads a database that is worked on elsewhere is told so, by every command; what would go out of it is refused."""

import json
from pathlib import Path

import pytest

from plantrack.store.copying.marks import copy_of, elsewhere, mark
from plantrack.store.sqlite.connection import SQLite
from tests.conftest import Hands, Run

MOVED = "This data was moved to “postgresql://may/kh” on 1 Aug 2024; since then nothing is added here."
TO_READ = (
    "This is a copy to read, taken on 1 Aug 2024 from “/a.db”; what was recorded after that is not here."
)


@pytest.fixture
def moved(run: Run, db: SQLite, clock: Hands) -> None:
    """Stand in a workspace whose data went to a server."""
    run("add", "Họp", "--area", "3")
    with db.atomic():
        mark(db, elsewhere("postgresql://may/kh", "An", clock.now))


@pytest.mark.usefixtures("moved")
@pytest.mark.parametrize(
    "line",
    [
        "list",
        "show 1",
        "show 99",
        "progress -q",
        "log",
        "list --format json",
        "export",
        "db digest",
        "list overdue",
    ],
)
def test_it_is_said_once(run: Run, line: str) -> None:
    ended = run("--lang", "en", *line.split())
    assert ended.err.count(MOVED) == 1
    assert "add --db 'postgresql://may/kh'." in ended.err
    assert MOVED not in ended.out or "json" in line


@pytest.mark.usefixtures("moved")
@pytest.mark.parametrize(
    "line", ["weekly", "report --period 2024-07", "remind", "weekly --brief", "weekly --format csv"]
)
def test_what_is_passed_on_says_it_itself(run: Run, line: str) -> None:
    ended = run("--lang", "en", *line.split())
    assert (ended.err.count(MOVED), ended.out.count(MOVED)) == (1, 0 if "csv" in line else 1)


@pytest.mark.usefixtures("moved")
def test_a_program_is_told_too(run: Run) -> None:
    (problem,) = json.loads(run("--lang", "en", "list", "--format", "json").out)["problems"]
    assert (problem["severity"], problem["code"], problem["message"]) == ("warning", "database-moved", MOVED)


def test_a_copy_to_read_says_what_it_is(run: Run, db: SQLite, clock: Hands) -> None:
    with db.atomic():
        mark(db, copy_of(db, "/a.db", "An", clock.now))
    assert run("--lang", "en", "list").err.endswith(f"{TO_READ} To see it as it is now, add --db '/a.db'.\n")


@pytest.mark.usefixtures("moved")
def test_nothing_goes_out_of_it_that_others_go_on_from(
    run: Run, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLANTRACK_SMTP_URL", "smtp://127.0.0.1:9")
    monkeypatch.setenv("PLANTRACK_MAIL_FROM", "a@vi-du.vn")
    for line in ("add Họp --area 3", "weekly --mail-to b@vi-du.vn", "bundle export hn.jsonl --site HN"):
        ended = run("--lang", "en", *line.split())
        assert (ended.code, ended.err.count("[database-moved]")) == (6, 1)
    assert not (workspace / "hn.jsonl").exists()


def test_a_site_that_only_reads_gives_what_it_recorded(run: Run, db: SQLite, clock: Hands) -> None:
    run("bundle", "export", "hn.jsonl", "--site", "HN")
    for line in ("bundle import hn.jsonl", "add Họp --area 3"):
        assert run("--db", "hn.db", *line.split()).code == 0
    assert run("db", "copy", "hn.db", "xem.db", "--keep-source").code == 0
    ended = run("--db", "xem.db", "--lang", "en", "bundle", "export", "ve.jsonl")
    assert (ended.code, "This is a copy to read" in ended.err) == (0, True)
