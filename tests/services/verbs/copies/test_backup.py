"""Backups: checked, whole or not at all, over nothing else, and of a database that tells of the last one."""

import json
import os
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from plantrack.services.verbs.copies import backup as verb
from plantrack.services.verbs.copies.backup import BackupPlace, backup, backup_place
from plantrack.services.workspace import Workspace
from plantrack.store import stats
from plantrack.store.commands import last_number
from plantrack.store.schema.guards import unguarded
from plantrack.store.sqlite.connection import SQLite, connect
from tests.conftest import dump
from tests.support.folders import files
from tests.support.steps import OpenContext, opened, refused, said

NOW = datetime(2024, 11, 28, 3, 45, 12, 678000, tzinfo=UTC)


@pytest.fixture
def here(workspace: Path) -> Workspace:
    return Workspace(workspace, workspace / "plantrack.db")


Place = Callable[..., BackupPlace]


@pytest.fixture
def place(here: Workspace) -> Place:
    return lambda named=None, keep=None: backup_place(here, here.root, named, keep)


def held(folder: Path) -> dict[str, bytes]:
    """Return the files of a folder; what the engine keeps for those who have a database open is none of them."""
    return {name: data for name, data in files(folder).items() if name != "plantrack.db-shm"}


def unmarked(file: Path) -> list[str]:
    """Return what a backup holds, but that it is only to be read."""
    return [line for line in dump(file) if not line.startswith("INSERT INTO \"meta\" VALUES('moved'")]


# --- where ---


def test_it_goes_beside_the_database_unless_told_otherwise(place: Place, here: Workspace) -> None:
    assert place() == (here.root / "backups", True)
    elsewhere = here._replace(database=here.root.parent / "x" / "y.db")
    assert backup_place(elsewhere, here.root, None, 3) == (here.root.parent / "x" / "backups", True)


@pytest.mark.parametrize(
    ("named", "is_folder"),
    [("x", True), ("x.y/", True), ("plans", True), ("x.db", False), ("plans/x.db", False), ("a.b/x", True)],
)
def test_what_has_no_ending_is_a_folder(named: str, is_folder: bool, place: Place, here: Workspace) -> None:
    assert place(named) == (here.root / named, is_folder)


def test_what_is_there_is_what_it_is(place: Place, here: Workspace) -> None:
    (here.root / "x.db").mkdir()
    (here.root / "tệp").write_bytes(b"")
    (here.root / "link").symlink_to("x.db")
    assert [place(name).is_folder for name in ("x.db", "tệp", "link")] == [True, False, True]


def test_a_file_is_not_kept_by_number(place: Place) -> None:
    with refused("keep-needs-folder"):
        place("x.db", keep=3)


@pytest.mark.parametrize("name", ["plantrack.db", "./plans/../plantrack.db", "link.db", "hard.db"])
def test_nothing_is_written_over_the_database_or_a_plan(name: str, place: Place, here: Workspace) -> None:
    (here.root / "link.db").symlink_to("plantrack.db")
    os.link(here.file, here.root / "hard.db")
    with refused("output-is-source"):
        place(name)
    with refused("output-is-source"):
        place("plans/kh-468-2024.yaml")


@pytest.mark.parametrize(
    ("named", "code"),
    [("postgresql://an@may/db", "backup-to-address"), ("x" * 300 + ".db", "output-failed")],
)
def test_what_is_no_name_of_a_file_is_refused(named: str, code: str, place: Place) -> None:
    with refused(code):
        place(named)


# --- what ---


def test_it_holds_all_that_was_recorded_and_the_database_tells_of_it(
    context_on: OpenContext, db: SQLite, here: Workspace, place: Place
) -> None:
    opened(context_on, "2024-07-01")
    before = dump(here.file)
    done = backup(db, here, place(), NOW)
    file = here.root / "backups" / f"plantrack-{done.id}-20241128T034512Z.db"
    assert (done.file, done.size, done.command) == (str(file), file.stat().st_size, last_number(db))
    assert (done.moment, done.removed, done.unrecorded) == ("2024-11-28T03:45:12.678Z", (), None)
    assert unmarked(file) == before
    told = json.loads(stats.get(db, "last_backup") or "")
    assert told == {"moment": done.moment, "file": str(file), "command": done.command}
    assert sorted(p.name for p in file.parent.iterdir()) == [file.name], "no log beside it"
    with closing(connect(file)) as copy:
        assert last_number(copy) == done.command


def test_two_in_one_second_both_are_there(db: SQLite, here: Workspace, place: Place) -> None:
    names = [Path(backup(db, here, place("x"), NOW).file).name for _ in range(3)]
    assert [name.partition("Z")[2] for name in names] == [".db", "-2.db", "-3.db"]


def test_the_newest_stay(db: SQLite, here: Workspace, place: Place) -> None:
    made = [backup(db, here, place("x"), NOW.replace(hour=hour)).file for hour in range(4)]
    done = backup(db, here, place("x", 3), NOW.replace(hour=5), 3)
    assert done.removed == tuple(made[:2])
    assert sorted(map(str, (here.root / "x").iterdir())) == [*made[2:], done.file]
    assert len(list((here.root / "x").iterdir())) == 3


def test_none_makes_room_for_one_whose_history_was_altered(
    context_on: OpenContext, db: SQLite, here: Workspace, place: Place
) -> None:
    said(context_on, "2024-07-01", opened(context_on, "2024-07-01"), percent="10")
    opened(context_on, "2024-07-02")
    good = backup(db, here, place("x"), NOW)
    with db.atomic(), unguarded(db, "status_update"):
        db.execute("DELETE FROM status_update")
    told = stats.get(db, "last_backup")
    with refused("backup-unsound") as caught:
        backup(db, here, place("x", 1), NOW.replace(hour=5), 1)
    assert {good.file, caught.value.params["file"]} == set(map(str, (here.root / "x").iterdir()))
    assert stats.get(db, "last_backup") == told
    assert not backup(db, here, place("x", 9), NOW.replace(hour=6), 9).removed


def test_what_fails_takes_no_earlier_one_away(
    db: SQLite, here: Workspace, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    for hour in range(3):
        backup(db, here, place("x"), NOW.replace(hour=hour))
    before = held(here.root)
    monkeypatch.setattr(verb, "checked_copy", lambda *_: lambda file: file.write_bytes(b"x") // 0)
    with pytest.raises(ZeroDivisionError):
        backup(db, here, place("x", 1), NOW, 1)
    with pytest.raises(ZeroDivisionError):
        backup(db, here, place("new/folder"), NOW)
    assert held(here.root) == before
    assert not (here.root / "new").exists()


def test_a_file_is_replaced_by_a_later_one_of_the_same_history(
    context_on: OpenContext, db: SQLite, here: Workspace, place: Place
) -> None:
    first = backup(db, here, place("x.db"), NOW)
    opened(context_on, "2024-07-01")
    second = backup(db, here, place("x.db"), NOW)
    assert (second.file, second.command) == (first.file, first.command + 1)


def test_another_file_is_left_as_it_is(db: SQLite, here: Workspace, place: Place) -> None:
    root = here.root
    backup(db, here, place("used.db"), NOW)
    (root / "used.db-wal").write_bytes(b"x")
    (root / "note.txt").write_text("ghi chú", "utf-8")
    (root / "empty.db").write_bytes(b"")
    (root / "lost.db").symlink_to("nowhere")
    before = held(root)
    for name in ("used.db", "note.txt", "empty.db", "lost.db"):
        with refused("backup-over-other"):
            backup(db, here, place(name), NOW)
    assert held(root) == before


def test_a_copy_in_which_work_went_on_is_left_as_it_is(
    context_on: OpenContext, db: SQLite, here: Workspace, place: Place, workspace: Path
) -> None:
    backup(db, here, place("x.db"), NOW)
    opened(context_on, "2024-07-01")
    with closing(connect(here.root / "x.db")) as newer:
        backup(db, here, place("y.db"), NOW)
        y = here._replace(database=here.root / "y.db")
        with refused("backup-over-other"):
            backup(newer, y, backup_place(y, here.root, "plantrack.db", None), NOW)


def test_it_is_only_to_be_read_where_people_work_it_may_be_put_by_hand(
    db: SQLite, here: Workspace, place: Place
) -> None:
    file = Path(backup(db, here, place("x.db"), NOW, by="An").file)
    with closing(connect(file)) as copy, refused("database-to-read"), copy.atomic():
        pass
    db.close()
    file.replace(here.file)
    with closing(connect(here.file)) as put, put.atomic():
        assert put.told.elsewhere is None


def test_a_database_that_may_only_be_read_is_backed_up_and_does_not_tell_of_it(
    here: Workspace, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = dump(here.file)
    with monkeypatch.context() as may_only_be_read:
        may_only_be_read.setattr(os, "access", lambda *_: False)
        db = connect(here.file)
    with closing(db):
        done = backup(db, here, place(), NOW)
    assert done.unrecorded is not None
    assert unmarked(Path(done.file)) == dump(here.file) == before


@pytest.mark.parametrize(
    ("database", "file", "folder"),
    [
        (0o600, 0o600, 0o700),
        (0o660, 0o660, 0o770),
        (0o640, 0o640, 0o750),
        (0o644, 0o640, 0o750),
        (0o604, 0o600, 0o700),
    ],
)
def test_a_backup_is_its_owner_s_and_the_group_s_of_the_database(
    database: int, file: int, folder: int, db: SQLite, here: Workspace, place: Place
) -> None:
    here.file.chmod(database)
    done = Path(backup(db, here, place(), NOW).file)
    assert (done.stat().st_mode & 0o777, done.parent.stat().st_mode & 0o777) == (file, folder)


def test_git_is_kept_off_the_folder(db: SQLite, here: Workspace, place: Place) -> None:
    (here.root / ".gitignore").write_text("plantrack.db\n", "utf-8")
    backup(db, here, place("x"), NOW)
    assert (here.root / ".gitignore").read_text("utf-8") == "plantrack.db\n"
    backup(db, here, place(), NOW)
    assert "backups/\n" in (here.root / ".gitignore").read_text("utf-8")
    (here.root / ".gitignore").unlink()
    backup(db, here, place(), NOW)
    assert not (here.root / ".gitignore").exists(), "whoever wants it otherwise is not told each night"
