"""Care of the database: what is in it and in which state, and bringing one of before up to date."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from plantrack.errors import Failure
from plantrack.model.plan_json import plan_to_json
from plantrack.services.verbs.add import add_from_plan
from plantrack.services.verbs.db import status, upgrade
from plantrack.services.verbs.edit import remove
from plantrack.services.verbs.undo import undo
from plantrack.store.connection import SCHEMA_VERSION
from plantrack.store.schema.identity import upgraded_by
from plantrack.store.sqlite.connection import SQLite, connect, create
from tests.conftest import dump
from tests.support.folders import files
from tests.support.next_plan import next_plan
from tests.support.older import made_by_version
from tests.support.steps import PLAN, OpenContext, applied, opened, refused, said

NOW = datetime(2024, 12, 1, 1, 2, 3, tzinfo=UTC)


def test_it_counts_all_that_was_recorded_what_was_taken_back_and_removed_too(
    context_on: OpenContext, db: SQLite
) -> None:
    opened(context_on, "2024-07-01")
    opened(context_on, "2024-07-02")
    said(context_on, "2024-07-03", "1", percent="10")
    undo(context_on("2024-07-04"), None)
    remove(context_on("2024-07-05"), ["2"], "nhầm")
    told = status(db)
    assert (told.tasks, told.updates, told.commands) == (2, 1, 6)
    assert (told.first_moment, told.last_moment) == ("2024-03-25T02:00:00.000Z", "2024-07-05T02:00:00.000Z")
    assert (told.file, told.size) == (str(db.path), db.path.stat().st_size)
    assert (told.journal, told.writable, told.schema_version) == ("wal", True, SCHEMA_VERSION)


def test_plans_are_by_year_with_their_revision_and_the_last_one_has_the_time_zone(
    context_on: OpenContext, db: SQLite, workspace: Path
) -> None:
    next_plan(context_on, workspace, 2025, lambda c: c.update(reporting={"timezone": "Asia/Tokyo"}))
    applied(
        lambda *a, **k: context_on(*a, plan=PLAN, **k), "2024-12-30", workspace, ("format: 1", "format: 1 #")
    )
    told = status(db)
    assert (told.plans, told.timezone) == (((PLAN, 2024, 2), ("kh-2025", 2025, 1)), "Asia/Tokyo")


def test_looking_changes_nothing(db: SQLite) -> None:
    before = db.driver.total_changes
    status(db)
    assert (db.driver.total_changes, db.driver.in_transaction) == (before, False)


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        ("UPDATE task SET percent = 101", "database-damaged"),
        ("UPDATE counter SET used = 9", "history-altered"),
        ("DROP INDEX task_by_plan", "history-altered"),
    ],
)
def test_damage_that_is_seen_at_a_glance_is_named_instead(
    damage: str, code: str, context_on: OpenContext, db: SQLite
) -> None:
    opened(context_on, "2024-07-01")
    db.driver.execute("PRAGMA ignore_check_constraints = ON")
    db.driver.execute(damage)
    db.driver.execute("PRAGMA ignore_check_constraints = OFF")
    with refused(code) as caught:
        status(db)
    assert caught.value.exit_code == 6


# --- upgrading ---


def test_a_database_of_today_stays_as_it_is(workspace: Path) -> None:
    before = dump(workspace / "plantrack.db")
    assert upgrade(workspace / "plantrack.db", "", NOW) == (SCHEMA_VERSION, SCHEMA_VERSION, None)
    assert dump(workspace / "plantrack.db") == before


@pytest.mark.parametrize("version", [1, 3])
def test_one_of_each_version_before_holds_the_same_afterwards(
    context_on: OpenContext, workspace: Path, version: int
) -> None:
    add_from_plan(context_on("2024-04-01"))
    said(context_on, "2024-04-02", "1", "done", result="xong")
    file = workspace / "plantrack.db"
    plan, told = plan_to_json(context_on().plan), status(connect(file))
    before = dump(made_by_version(version, file))
    done = upgrade(file, "Nguyễn Thị An", NOW)
    assert done[:2] == (version, SCHEMA_VERSION)
    (kept,) = (workspace / "backups").glob(f"plantrack-*-20241201T010203Z-before-upgrade-{version}.db")
    assert (done.kept, dump(kept)) == (str(kept), before)
    db = connect(file)
    assert upgraded_by(db) == ("Nguyễn Thị An", "2024-12-01T01:02:03.000Z")
    after = status(db)
    db.close()
    same = ("plans", "tasks", "updates", "commands", "first_moment", "last_moment", "schema_version")
    assert [getattr(after, f) for f in same] == [getattr(told, f) for f in same]
    assert plan_to_json(context_on().plan) == plan


def test_what_is_no_database_of_ours_is_refused(tmp_path: Path) -> None:
    with refused("no-database"):
        upgrade(tmp_path / "plantrack.db", "An", NOW)
    create(tmp_path / "plantrack.db").close()
    with refused("database-unfinished"):
        upgrade(tmp_path / "plantrack.db", "An", NOW)


# --- upgrading: who may, and what is kept ---


@pytest.fixture
def old(workspace: Path) -> Path:
    """A database of an earlier version."""
    return made_by_version(5, workspace / "plantrack.db")


def test_nobody_upgrades_nothing(old: Path) -> None:
    before = old.read_bytes()
    with refused("no-author"):
        upgrade(old, "", NOW)
    assert old.read_bytes() == before


def test_only_its_owner_upgrades_it(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = files(old.parent)
    monkeypatch.setattr(os, "geteuid", lambda: old.stat().st_uid + 1)
    with refused("upgrade-not-owner") as caught:
        upgrade(old, "An", NOW)
    assert caught.value.params == {"file": str(old), "owner": old.owner()}
    assert files(old.parent) == before


def test_its_rights_and_those_of_what_is_kept_stay(old: Path) -> None:
    os.chmod(old, 0o640)
    inode = old.stat().st_ino
    done = upgrade(old, "An", NOW)
    assert done.kept
    assert [p.stat().st_mode & 0o777 for p in (old, Path(done.kept))] == [0o640, 0o640]
    assert old.stat().st_ino == inode
    assert "backups/" in (old.parent / ".gitignore").read_text("utf-8").split()


def test_without_room_for_the_backup_it_stays_as_it_is(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    before = files(old.parent)
    monkeypatch.setattr("plantrack.services.checked_copy.copy_pages", full)
    with refused("output-failed"):
        upgrade(old, "An", NOW)
    assert files(old.parent) == before


def test_where_a_step_fails_the_backup_is_gone_too(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise Failure("database-full", file="")

    before = dump(old)
    monkeypatch.setattr("plantrack.store.sqlite.migrations.seal_all", fail)
    with refused("database-full"):
        upgrade(old, "An", NOW)
    assert dump(old) == before
    assert not (old.parent / "backups").exists()
