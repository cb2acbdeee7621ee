"""Rows of a database from before whose table is made over again: measured values, and the ledger of mail."""

import contextlib
import sqlite3
from pathlib import Path

import pytest

from plantrack.errors import Failure
from plantrack.store.indicators import values_of
from plantrack.store.sqlite.connection import APPLICATION_ID, connect
from tests.conftest import dump
from tests.support.older import made_by_version, upgrade

THIRD = Path(__file__).parents[2] / "support" / "schema-3.sql"
VALUES = [0.0, -3.0, 12.5, 0.1, 0.125, 1234567.891, 1e15, 123456789012345.6, 1e-7, 2 / 3, -0.0]
MOMENT = "2024-07-01T00:00:{:02}.000Z"


def third(file: Path, values: list[float]) -> Path:
    """Make a database as the third version made it, with some values in it."""
    with contextlib.closing(sqlite3.connect(file)) as driver:
        driver.executescript(THIRD.read_text("utf-8"))
        driver.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        driver.execute("PRAGMA user_version = 3")
        driver.execute("INSERT INTO plan VALUES ('kh', 2024, 1)")
        for n, value in enumerate(values, 1):
            driver.execute(
                "INSERT INTO command VALUES (?, 'indicator record', 'A', ?)", (n, MOMENT.format(n))
            )
            row = (
                f"{n:026}",
                n,
                "kh",
                "ct",
                "2024-Q2",
                "nữ",
                "2024-07-01",
                MOMENT.format(n),
                value,
                "B",
                "g",
            )
            driver.execute("INSERT INTO indicator_value VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        driver.commit()
    return file


def test_every_value_is_carried_over(tmp_path: Path) -> None:
    file = third(tmp_path / "x.db", VALUES)
    assert upgrade(file)[0] == 3
    with contextlib.closing(connect(file)) as db:
        found = values_of(db, "kh")
    assert [v.value for v in found] == VALUES
    assert [str(v.value) for v in found[:3]] == ["0", "-3", "12.5"]
    assert {(v.labels, v.on, v.told_by, v.note) for v in found} == {(("nữ",), "2024-07-01", "B", "g")}


def test_a_value_can_still_only_be_added(tmp_path: Path) -> None:
    file = third(tmp_path / "x.db", VALUES)
    upgrade(file)
    for change in ("DELETE FROM indicator_value", "UPDATE indicator_value SET digits = 1"):
        with (
            contextlib.closing(sqlite3.connect(file)) as driver,
            pytest.raises(sqlite3.IntegrityError, match="append-only"),
        ):
            driver.execute(change)


def test_what_is_no_number_stops_the_upgrade_and_nothing_is_changed(tmp_path: Path) -> None:
    file = third(tmp_path / "x.db", [1.0, float("inf")])
    before = dump(file)
    with pytest.raises(Failure) as caught:
        upgrade(file)
    assert caught.value.exit_code == 6
    assert dump(file) == before


# --- from 5 to 6: the ledger of mail, for one more kind of report ---


def test_the_ledger_of_mail_is_as_it_was_and_takes_reminders(workspace: Path) -> None:
    file = made_by_version(5, workspace / "plantrack.db")
    row = (
        "INSERT INTO delivery VALUES ('{:026}', 'kh-468-2024', '{}', '2024-W29', '2024-07-21', 1, '', "
        "'a@example.org', 1, '{}', '{:064}', 'm', 'ok', 'A')"
    )
    with contextlib.closing(sqlite3.connect(file)) as driver:
        driver.execute(row.format(1, "weekly", MOMENT.format(1), 1))
        with pytest.raises(sqlite3.IntegrityError):
            driver.execute(row.format(2, "remind", MOMENT.format(2), 2))
        driver.commit()
        before = driver.execute("SELECT * FROM delivery").fetchall()
    assert upgrade(file)[0] == 5
    with contextlib.closing(sqlite3.connect(file)) as driver:
        assert [r[:-1] for r in driver.execute("SELECT * FROM delivery")] == before
        row = row.replace("'A')", "'A', printf('%064d', 0))")
        driver.execute(row.format(2, "remind", MOMENT.format(2), 2))
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            driver.execute("DELETE FROM delivery")
        with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
            driver.execute(row.format(3, "daily", MOMENT.format(3), 3))
