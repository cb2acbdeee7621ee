"""`db status` for monitors: what was done for the database last, and how it ends when that is too long ago."""

import json
from pathlib import Path

import pytest

from plantrack.model.uid import UidMaker
from plantrack.model.views.mail import Delivery, Edition
from plantrack.store import deliveries
from plantrack.store.sqlite import connection
from plantrack.store.sqlite.connection import SQLite
from tests.conftest import Hands, Run


def sent(db: SQLite, clock: Hands, kind: str, moment: str, *, accepted: bool) -> None:
    edition = Edition("kh-468-2024", kind, "2024-W30", "2024-07-28", whole=True)
    delivery = Delivery(
        edition, "a@vi-du.vn", "" if accepted else "refused", "250", "<x>", "0" * 64, moment, "A"
    )
    with db.atomic():
        deliveries.add(db, UidMaker()(clock.now), delivery)


def test_never_is_late_too(run: Run) -> None:
    ended = run("db", "status", "--fail-on", "backup:2d,weekly:8d", "--lang", "en", "-q")
    assert (ended.code, sum(line.endswith(" never") for line in ended.out.splitlines())) == (1, 3)
    backup, weekly = ended.err.splitlines()
    assert backup.startswith("Backup: never done. Run `plantrack db backup`; ")
    assert weekly.startswith("Weekly summary by mail: never done. Send it with `plantrack weekly --mail-to …")


def test_what_was_done_in_time_is_no_fault(run: Run, clock: Hands) -> None:
    run("db", "backup", "x")
    clock.set("2024-08-03")
    ended = run("db", "status", "--fail-on", "backup:2d", "--lang", "en")
    assert (ended.code, ended.err) == (0, "")
    assert "Last backup        09:00 on 1 Aug 2024, up to c1: " in ended.out
    clock.set("2024-08-04")
    ended = run("db", "status", "--loi-khi", "sao-luu:2d")
    assert ended.code == 1
    assert ended.err.startswith("Sao lưu: lần gần nhất lúc 09:00 ngày 01/08/2024, đã quá 2 ngày. ")


def test_places_are_told_as_they_are_found_from_anywhere(run: Run, workspace: Path) -> None:
    (workspace / "a").mkdir()
    database = "a/../plantrack.db"
    made = run("--db", database, "db", "backup", "a/../bản sao.db").out
    told = json.loads(run("--db", database, "db", "status", "--format", "json").out)["data"]
    assert (told["file"], told["last_backup"]["file"]) == (
        str(workspace / "plantrack.db"),
        str(workspace / "bản sao.db"),
    )
    assert made == f"{workspace / 'bản sao.db'}\n"
    would = json.loads(
        run("--db", database, "db", "restore", "a/../bản sao.db", "--yes", "--format", "json").out
    )["data"]
    assert ".." not in f"{would['file']} {would['database']} {would['kept']}"


def test_only_mail_that_was_taken_counts(run: Run, db: SQLite, clock: Hands) -> None:
    sent(db, clock, "weekly", "2024-07-29T00:00:00.000Z", accepted=True)
    sent(db, clock, "weekly", "2024-07-31T00:00:00.000Z", accepted=False)
    sent(db, clock, "report", "2024-07-31T00:00:00.000Z", accepted=False)
    told = json.loads(
        run("db", "status", "--fail-on", "weekly:2d", "--fail-on", "report:5w", "--format", "json").out
    )
    assert told["data"]["last_mail"] == {"weekly": "2024-07-29T00:00:00.000Z", "report": None, "remind": None}
    assert [(p["code"], p["severity"]) for p in told["problems"]] == [("upkeep-late", "error")] * 2
    assert "đã quá 2 ngày" in told["problems"][0]["message"]
    assert run("db", "status", "--fail-on", "weekly:4d").code == 0


def test_a_clock_that_went_back_is_told(run: Run, clock: Hands) -> None:
    run("db", "backup", "x")
    clock.set("2024-07-01")
    ended = run("db", "status", "--fail-on", "backup:2d", "--lang", "en")
    assert (ended.code, "still to come" in ended.err) == (1, True)


def test_a_backup_that_is_gone_is_none(run: Run, workspace: Path) -> None:
    run("db", "backup", "x.db")
    (workspace / "x.db").rename(workspace / "y.db")
    ended = run("db", "status", "--fail-on", "backup:2d", "--lang", "en")
    assert (ended.code, "is not found any more as “" in ended.err) == (1, True)
    assert run("db", "status").code == 0


@pytest.mark.parametrize(
    ("typed", "code"),
    [("bakup:2d", "unknown-upkeep"), ("backup", "bad-age"), ("", "unknown-upkeep"), (" ,", "unknown-upkeep")],
)
def test_what_cannot_be_read_is_refused_before_anything(typed: str, code: str, run: Run) -> None:
    ended = run("db", "status", "--fail-on", "check:2d", "--fail-on", typed)
    assert (ended.code, f"[{code}]" in ended.err, ended.out) == (2, True, "")


def test_damage_goes_before_age(run: Run, workspace: Path) -> None:
    data = bytearray((workspace / "plantrack.db").read_bytes())
    data[8192:12288] = bytes(4096)
    (workspace / "plantrack.db").write_bytes(data)
    ended = run("db", "status", "--fail-on", "backup:2d")
    assert (ended.code, ended.out) == (6, "")


def test_what_a_note_says_that_cannot_be_read_is_damage(run: Run, db: SQLite) -> None:
    from plantrack.store import stats

    stats.put(db, "last_backup", "[1]")
    ended = run("db", "status")
    assert (ended.code, "[database-damaged]" in ended.err) == (6, True)


def test_a_check_that_finds_nothing_is_noted(run: Run, db: SQLite, clock: Hands) -> None:
    assert run("db", "check").code == 0
    told = json.loads(run("db", "status", "--format", "json").out)["data"]
    assert told["last_check"] == {"moment": "2024-08-01T02:00:00.000Z"}
    clock.set("2024-08-05")
    assert run("db", "check", "--quick").code == 0
    with db.atomic():
        db.execute("UPDATE counter SET used = used + 1 WHERE name = 'command'")
    assert run("db", "check").code != 0
    with db.atomic():
        db.execute("UPDATE counter SET used = used - 1 WHERE name = 'command'")
    assert run("db", "status", "--fail-on", "check:2d").code == 1
    assert run("db", "check").code == 0
    assert run("db", "status", "--fail-on", "check:2d").code == 0


def test_beside_a_writer_a_check_is_a_check_that_is_not_noted(
    run: Run, db: SQLite, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection.connect, "__kwdefaults__", {"timeout": 0.1, "older": False})
    with db.atomic():
        ended = run("db", "check", "--lang", "en")
    assert (ended.code, "could not note it" in ended.err) == (0, True)
    assert "c1" in ended.out
    assert json.loads(run("db", "status", "--format", "json").out)["data"]["last_check"] is None


def test_where_nothing_may_be_written_a_check_is_a_check(
    run: Run, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (workspace / "plantrack.db").read_bytes()
    monkeypatch.setattr("os.access", lambda *_: False)
    assert run("db", "check").code == 0
    assert (workspace / "plantrack.db").read_bytes() == before
