"""Going back to a backup: what is lost is known before, what was there is kept, and numbers and seals go on."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from plantrack.errors import Failure
from plantrack.model.forms.form import Form
from plantrack.model.views.mail import Delivery, Edition
from plantrack.model.views.workspace import DbRestore
from plantrack.services.verbs.copies.backup import backup, backup_place
from plantrack.services.verbs.copies.restore import readied, restore, what_restore_would_do
from plantrack.services.verbs.db import check, quick_check
from plantrack.services.verbs.undo import undo
from plantrack.services.workspace import Workspace
from plantrack.store import commands, deliveries, stats
from plantrack.store.exchange import restorations
from plantrack.store.exchange.fact_reading import fact_lines
from plantrack.store.exchange.forms import insert_form
from plantrack.store.sqlite.connection import SQLite, connect
from plantrack.store.sqlite.file_copy import copy_pages
from tests.conftest import dump
from tests.support.folders import files
from tests.support.older import made_by_version
from tests.support.steps import PLAN, OpenContext, opened, refused

NOW = datetime(2024, 11, 28, 3, 45, 12, tzinfo=UTC)


@pytest.fixture
def here(workspace: Path) -> Workspace:
    return Workspace(workspace, workspace / "plantrack.db")


@pytest.fixture
def backed(db: SQLite, here: Workspace, context_on: OpenContext) -> Path:
    """A backup with one task, and a database that went on: two more, of another author."""
    opened(context_on, "2024-07-01")
    done = backup(db, here, backup_place(here, here.root, "b.db", None), NOW)
    for day in ("2024-07-02", "2024-07-03"):
        opened(lambda d=None, **k: context_on(d, author="Nguyễn Thị An", **k), day)
    return Path(done.file)


def going_back(here: Workspace, file: Path | str, number: int | None = None) -> DbRestore:
    with readied(here, here.root, str(file), number) as ready:
        what_restore_would_do(ready)
        return restore(ready, "Người giữ", NOW)


def facts(file: Path, *, without: str = "") -> set[bytes]:
    """Return the facts of a database; without those of a command, by its uid."""
    with closing(connect(file)) as db:
        lines = {line for kind, own in fact_lines(db) if kind != "salt" for line in own}
    return {line for line in lines if not (without and without.encode() in line)}


def is_sound(file: Path) -> bool:
    with closing(connect(file)) as db:
        found = check(db)
        return not (found.history or found.found or found.missing or found.indexes or quick_check(db).history)


def test_it_is_as_it_was_and_goes_on_after_what_was_there(
    here: Workspace, backed: Path, context_on: OpenContext
) -> None:
    before = dump(here.file)
    done = going_back(here, backed)
    assert done.lost is not None
    assert [(one.command, one.author) for one in done.lost] == [
        ("c3", "Nguyễn Thị An"),
        ("c4", "Nguyễn Thị An"),
    ]
    assert (done.command, done.next_command, done.next_task) == ("c5", 6, 4)
    assert done.kept is not None
    assert dump(Path(done.kept)) == before
    assert Path(done.kept).parent == here.root / "backups"
    with closing(connect(here.file)) as db:
        command = commands.command(db, 5)
        assert command is not None
        assert (command.verb, command.author) == ("db restore", "Người giữ")
        told = restorations.restoration_of(db, command.uid)
        assert told is not None
        assert (told.commands, told.tasks, told.file, told.kept) == (4, 3, str(backed), done.kept)
    assert facts(here.file, without=command.uid) == facts(backed)
    assert is_sound(here.file)
    assert opened(context_on, "2024-12-01") == "4"
    assert is_sound(here.file)


def test_its_moment_is_after_all_of_both(here: Workspace, backed: Path, db: SQLite) -> None:
    latest = commands.last_moment(db)
    assert latest is not None
    with readied(here, here.root, str(backed)) as ready:
        restore(ready, "An", datetime(2020, 1, 1, tzinfo=UTC))
    assert (commands.last_moment(db) or "") > latest


def test_it_can_be_done_again_and_back(here: Workspace, backed: Path, context_on: OpenContext) -> None:
    first = going_back(here, backed)
    opened(context_on, "2024-12-01")
    second = going_back(here, backed)
    assert [(d.command, d.next_task) for d in (first, second)] == [("c5", 4), ("c7", 5)]
    assert is_sound(here.file)
    assert first.kept
    third = going_back(here, Path(first.kept))
    assert (third.is_other, third.parted_after, third.command, third.next_task) == (True, "c2", "c8", 5)
    assert is_sound(here.file)
    assert opened(context_on, "2024-12-02") == "5"
    assert is_sound(here.file)


def test_nothing_is_lost_where_the_backup_has_all(here: Workspace, db: SQLite) -> None:
    copy_pages(db, _empty(here.root / "b.db"))
    done = going_back(here, here.root / "b.db")
    assert (done.lost, done.is_other, done.command) == ((), False, "c2")


def test_one_that_goes_further_is_no_other_history(here: Workspace, backed: Path, db: SQLite) -> None:
    copy_pages(db, _empty(here.root / "new.db"))
    going_back(here, backed)
    with closing(sqlite3.connect(backed)) as old:
        old.backup(db.driver)
    done = going_back(here, here.root / "new.db")
    assert (done.lost, done.is_other, done.next_task) == ((), False, 4)


def test_another_database_is_said_to_be_one(here: Workspace, backed: Path, tmp_path: Path) -> None:
    from plantrack.services.verbs.init import init

    init(tmp_path / "o", None, "An", lambda: NOW)
    with readied(here, here.root, str(tmp_path / "o" / "plantrack.db")) as ready:
        would = what_restore_would_do(ready)
        assert (would.is_other, would.parted_after) == (True, "")
        assert would.lost is not None
        assert len(would.lost) == 4
        done = restore(ready, "An", NOW)
    assert done.id == would.id
    assert is_sound(here.file)


def _empty(file: Path) -> Path:
    file.write_bytes(b"")
    return file


# --- what was sent ---


def send(db: SQLite, plan: str, uid: str) -> None:
    edition = Edition(plan, "weekly", "2024-W30", "2024-07-28", whole=True)
    with db.atomic():
        deliveries.add(
            db, uid, Delivery(edition, f"{uid[-1]}@x.vn", "", "ok", "m", "0" * 64, "2024-07-29T01:00:00.000Z")
        )


def test_what_was_sent_is_taken_over_once(here: Workspace, backed: Path, db: SQLite) -> None:
    first, second = "01J00000000000000000000001", "01J00000000000000000000002"
    send(db, PLAN, first)
    insert_form(
        db, Form(second, PLAN, "ubdt", "2024-07", "2024-07-25", "", "2024-07-20T01:00:00.000Z", "An", 3)
    )
    db.execute("INSERT INTO plan (id, year, revision) VALUES ('other', 2025, 1)")
    send(db, "other", "01J00000000000000000000003")
    done = going_back(here, backed)
    assert (dict(done.taken), done.left) == ({"delivery": 1, "form": 1}, 1)
    assert db.query("SELECT uid FROM delivery") == [(first,)]
    assert is_sound(here.file)
    again = going_back(here, backed)
    assert dict(again.taken) == {"delivery": 1, "form": 1}
    assert db.query("SELECT uid FROM form") == [(second,)]
    assert is_sound(here.file)


def test_the_last_backup_is_still_told_of(here: Workspace, backed: Path, db: SQLite) -> None:
    told, id = stats.get(db, "last_backup"), stats.get(db, "id")
    going_back(here, backed)
    assert (stats.get(db, "last_backup"), stats.get(db, "id")) == (told, id)


# --- what is refused, with nothing changed ---


def test_an_undo_names_the_way(here: Workspace, backed: Path, context_on: OpenContext) -> None:
    done = going_back(here, backed)
    with refused("undo-restore") as caught:
        undo(context_on("2024-12-01", author="Người giữ"), "c5")
    assert caught.value.params == {"command": "c5", "kept": done.kept}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("no.db", "restore-missing"),
        ("no.db/b.db", "restore-missing"),
        ("loop.db", "restore-unreadable"),
        ("n" * 300, "restore-unreadable"),
        ("empty.db", "restore-foreign"),
        ("pipe", "restore-foreign"),
        ("plantrack.db", "restore-itself"),
        ("link.db", "restore-itself"),
        ("plans/kh-468-2024.yaml", "restore-foreign"),
        ("newer.db", "database-newer"),
        ("flipped.db", "restore-unsound"),
        ("altered.db", "restore-unsound"),
        ("underived.db", "restore-unsound"),
        ("postgresql://an@may/db", "restore-from-address"),
    ],
)
def test_what_is_no_sound_backup(name: str, code: str, here: Workspace, backed: Path) -> None:
    (here.root / "link.db").symlink_to("plantrack.db")
    (here.root / "empty.db").touch()
    (here.root / "loop.db").symlink_to("loop.db")
    os.mkfifo(here.root / "pipe")
    for changed, sql in (
        ("newer", "PRAGMA user_version = 99"),
        ("altered", "UPDATE counter SET used = 7"),
        ("underived", "UPDATE task SET status = 'done'"),
    ):
        shutil.copy(backed, here.root / f"{changed}.db")
        with closing(sqlite3.connect(here.root / f"{changed}.db")) as driver:
            driver.execute(sql)
            driver.commit()
    damaged = bytearray(backed.read_bytes())
    damaged[5 * 4096 : 6 * 4096] = os.urandom(4096)
    (here.root / "flipped.db").write_bytes(damaged)
    before = files(here.root)
    with refused(code):
        going_back(here, name)
    assert files(here.root) == before


def test_of_a_folder_the_newest_backup_is_named(here: Workspace, db: SQLite, backed: Path) -> None:
    for day in (28, 29):
        newest = backup(db, here, backup_place(here, here.root, None, None), NOW.replace(day=day)).file
    with refused("restore-folder") as caught:
        going_back(here, "backups")
    assert caught.value.params["near"] == newest
    with refused("restore-folder") as caught:
        going_back(here, "plans")
    assert caught.value.params["near"] == ""


def test_a_backup_that_may_not_be_read(
    here: Workspace, backed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(file: Path, **_: object) -> SQLite:
        raise Failure("database-cannot-open", file=str(file), reason="Permission denied")

    monkeypatch.setattr("plantrack.services.verbs.copies.restore.connect", closed)
    with refused("restore-unreadable") as caught:
        going_back(here, "b.db")
    assert caught.value.params == {"file": str(backed), "reason": "Permission denied"}


def test_nobody_does_it(here: Workspace, backed: Path) -> None:
    with readied(here, here.root, str(backed)) as ready, refused("no-author"):
        restore(ready, "", NOW)


def test_what_was_recorded_after_the_yes_is_not_lost(
    here: Workspace, backed: Path, context_on: OpenContext
) -> None:
    with readied(here, here.root, str(backed)) as ready:
        told = what_restore_would_do(ready)
        opened(context_on, "2024-07-04")
        before = dump(here.file)
        with refused("restore-changed-meanwhile"):
            restore(ready, "An", NOW, told=told)
        assert dump(here.file) == before
        assert not (here.root / "backups").exists()
        done = restore(ready, "An", NOW, told=what_restore_would_do(ready))
    assert done.lost is not None
    assert len(done.lost) == 3


def test_while_another_writes_it_waits_and_gives_up(
    here: Workspace, backed: Path, db: SQLite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("plantrack.services.verbs.copies.restore.connect", partial(connect, timeout=0.01))
    with db.atomic():
        db.execute("UPDATE counter SET used = used")
        with readied(here, here.root, str(backed)) as ready, refused("database-locked"):
            restore(ready, "An", NOW)
    assert len(commands_of(here.file)) == 4


def test_without_room_all_is_as_it_was(
    here: Workspace, backed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    before = dump(here.file)
    for step in (
        "services.checked_copy.copy_pages",
        "services.verbs.copies.restore._copy_checked",
        "deliver.files._place_new",
    ):
        with monkeypatch.context() as without_room, refused("database-full") as caught:
            without_room.setattr(f"plantrack.{step}", full)
            going_back(here, backed)
        assert caught.value.params["file"] == str(here.database)
    assert dump(here.file) == before
    assert not (here.root / "backups").exists()


def test_without_the_right_to_write_all_is_as_it_was(
    here: Workspace, backed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    before = dump(here.file)
    for step, code in (
        ("services.verbs.copies.restore.scratch_beside", "database-read-only"),
        ("deliver.files._place_new", "folder-not-writable"),
    ):
        with monkeypatch.context() as without_right, refused(code):
            without_right.setattr(f"plantrack.{step}", closed)
            going_back(here, backed)
    assert dump(here.file) == before
    assert not (here.root / "backups").exists()


# --- a database that cannot be read, or is not there ---


def _random(file: Path) -> None:
    file.write_bytes(os.urandom(9000))


def _page_of_commands(file: Path) -> None:
    _spoil_page(file, "command")


def _spoil_page(file: Path, table: str) -> None:
    with closing(sqlite3.connect(file)) as driver:
        ((page,),) = driver.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchall()
    with file.open("rb+") as stream:
        stream.seek((page - 1) * 4096)
        stream.write(b"\xff" * 4096)


def _page_of_notes(file: Path) -> None:
    _spoil_page(file, "meta")


def _older(file: Path) -> None:
    made_by_version(3, file)


@pytest.mark.parametrize("spoil", [_random, _page_of_commands, _page_of_notes, _older])
def test_of_one_that_cannot_be_read_the_number_is_asked(
    spoil: Callable[[Path], None], here: Workspace, backed: Path, db: SQLite
) -> None:
    db.close()
    spoil(here.file)
    os.chmod(here.file, 0o640)
    before, mode = here.file.read_bytes(), here.file.stat().st_mode
    with refused("restore-needs-number"):
        going_back(here, backed)
    assert here.file.read_bytes() == before
    done = going_back(here, backed, 40)
    assert (done.lost, done.command, done.next_command, done.next_task) == (None, "c40", 41, 40)
    assert done.unreadable is not None
    assert done.kept
    kept = Path(done.kept).read_bytes()
    assert kept[100:] == before[100:]
    assert here.file.stat().st_mode == mode
    assert is_sound(here.file)
    with closing(connect(here.file)) as made:
        assert made.journal() == "wal"


def test_its_log_is_not_taken_for_the_new_ones(here: Workspace, backed: Path, db: SQLite) -> None:
    db.close()
    here.file.write_bytes(b"no database at all")
    log = here.file.with_name("plantrack.db-wal")
    log.write_bytes(b"a log")
    done = going_back(here, backed, 40)
    assert done.kept
    assert Path(done.kept).read_bytes() == b"no database at all"
    assert is_sound(here.file)
    assert not log.exists()


@pytest.mark.parametrize("is_empty", [True, False])
def test_where_there_is_none_one_is_made(is_empty: bool, backed: Path, tmp_path: Path) -> None:
    there = Workspace(tmp_path / "new", tmp_path / "new" / "plantrack.db")
    there.root.mkdir()
    if is_empty:
        there.file.write_bytes(b"")
        os.chmod(there.file, 0o600)
    done = going_back(there, backed)
    assert (done.lost, done.kept, done.command, done.next_task) == ((), None, "c3", 2)
    assert there.file.stat().st_mode & 0o777 == 0o600
    assert is_sound(there.file)
    assert sorted(p.name for p in there.root.iterdir()) == [".gitignore", "plantrack.db"]


def test_one_that_another_command_made_meanwhile_is_not_lost(
    backed: Path, here: Workspace, tmp_path: Path
) -> None:
    there = Workspace(tmp_path, tmp_path / "plantrack.db")
    with readied(there, here.root, str(backed)) as ready:
        going_back(there, backed)
        before = dump(there.file)
        with refused("restore-changed-meanwhile"):
            restore(ready, "An", NOW)
    assert dump(there.file) == before


# --- of another kind ---


def test_an_older_backup_is_upgraded_on_the_way(here: Workspace, backed: Path, db: SQLite) -> None:
    old, id = made_by_version(5, Path(shutil.copy(backed, here.root / "old.db"))), stats.get(db, "id")
    before = old.read_bytes()
    done = going_back(here, old)
    assert (done.upgraded_from, done.is_other, done.id) == (5, False, id)
    assert stats.get(db, "id") == id
    assert old.read_bytes() == before
    assert is_sound(here.file)


def test_pages_of_another_size_fit(here: Workspace, backed: Path) -> None:
    with closing(sqlite3.connect(backed)) as driver:
        driver.execute("PRAGMA page_size = 8192")
        driver.execute("VACUUM")
    going_back(here, backed)
    assert is_sound(here.file)


def test_readers_see_the_old_one_to_the_end(here: Workspace, backed: Path) -> None:
    with closing(connect(here.file)) as reader:
        reader.snapshot()
        assert reader.query("SELECT COUNT(*) FROM task") == [(3,)]
        going_back(here, backed)
        assert reader.query("SELECT COUNT(*) FROM task") == [(3,)]
        reader.execute("ROLLBACK")
        assert reader.query("SELECT COUNT(*) FROM task") == [(1,)]


def test_one_written_without_a_log_gets_one(here: Workspace, backed: Path, db: SQLite) -> None:
    assert db.query("PRAGMA journal_mode = DELETE") == [("delete",)]
    going_back(here, backed)
    assert db.journal() == "wal"
    assert is_sound(here.file)


def commands_of(file: Path) -> list[str]:
    with closing(connect(file)) as db:
        return [row[0] for row in db.query("SELECT c.uid FROM command AS c ORDER BY c.number")]
