"""A database that is not there yet: made, taken up again, or gone where it could not be filled."""

import os
from contextlib import closing
from pathlib import Path

import pytest

from plantrack.errors import Failure
from plantrack.services.new_database import clean_up_on_failure, ignore_database, open_or_create
from plantrack.services.verbs.demo import build
from plantrack.services.verbs.exchange.export import export_whole
from plantrack.services.verbs.exchange.import_ import import_file
from plantrack.services.verbs.init import init
from plantrack.services.workspace import Workspace
from plantrack.store.connection import SCHEMA_VERSION
from plantrack.store.sqlite.connection import SQLite, connect, create, is_used


def test_one_that_is_there_is_opened(workspace: Path) -> None:
    made: list[Path] = []
    db, is_new = open_or_create(workspace / "plantrack.db", made)
    with closing(db):
        assert (is_new, is_used(db), made) == (False, True, [])


def test_one_that_is_not_is_made_empty(tmp_path: Path) -> None:
    file, made = tmp_path / "plantrack.db", list[Path]()
    db, is_new = open_or_create(file, made)
    with closing(db):
        assert (is_new, is_used(db), made) == (True, False, [file])


def test_one_that_was_left_empty_is_taken_up_again_and_is_nobodys_to_take_away(tmp_path: Path) -> None:
    file, made = tmp_path / "plantrack.db", list[Path]()
    create(file).close()
    db, is_new = open_or_create(file, made)
    with closing(db):
        assert (is_new, made) == (True, [])


def test_what_is_none_of_ours_stays(tmp_path: Path) -> None:
    file = tmp_path / "plantrack.db"
    file.write_text("văn bản")
    with pytest.raises(Failure) as caught:
        open_or_create(file, [])
    assert (caught.value.code, file.read_text()) == ("database-foreign", "văn bản")


def test_where_something_fails_what_was_made_is_gone(tmp_path: Path) -> None:
    file, folder = tmp_path / "a" / "plantrack.db", tmp_path / "a"
    with pytest.raises(ZeroDivisionError), clean_up_on_failure(file) as made:
        folder.mkdir()
        made.append(folder)
        open_or_create(file, made)[0].close()
        raise ZeroDivisionError
    assert not folder.exists()


def test_a_database_that_another_one_filled_meanwhile_stays(workspace: Path) -> None:
    file = workspace / "plantrack.db"
    with pytest.raises(ZeroDivisionError), clean_up_on_failure(file) as made:
        made.append(file)
        raise ZeroDivisionError
    assert file.exists()


def test_git_is_kept_off_the_rows_once(tmp_path: Path) -> None:
    made: list[Path] = []
    for _ in range(2):
        ignore_database(tmp_path, made)
    assert (tmp_path / ".gitignore").read_text() == "plantrack.db\nplantrack.db-*\nbackups/\n"
    assert made == [tmp_path / ".gitignore"]


@pytest.mark.parametrize("old", [b"*.tmp\r\nplantrack.db\r\n", b"x"])
def test_what_git_ignores_already_stays_byte_for_byte(tmp_path: Path, old: bytes) -> None:
    (tmp_path / ".gitignore").write_bytes(old)
    ignore_database(tmp_path, [])
    new = (tmp_path / ".gitignore").read_bytes()
    assert new.startswith(old)
    assert new.split().count(b"plantrack.db") == 1
    assert new.endswith(b"\nplantrack.db-*\nbackups/\n")


@pytest.fixture(params=[0o755, 0o777, 0o2770], ids=oct)
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """An own folder, one of everybody, one of a group."""
    made = tmp_path / "mới"
    made.mkdir()
    made.chmod(request.param)
    return made


def rights(folder: Path) -> dict[str, int]:
    return {p.name: p.stat().st_mode & 0o777 for p in folder.glob("plantrack.db*")}


@pytest.mark.parametrize("how", ["init", "import", "demo"])
def test_a_database_and_its_log_are_their_owner_s_or_a_group_s(
    folder: Path, db: SQLite, tmp_path: Path, how: str
) -> None:
    export, umask = tmp_path / "x.jsonl", os.umask(0)
    try:
        if how == "init":
            init(folder, None, "A")
        elif how == "demo":
            build(folder)
        else:
            export.write_bytes(b"".join(export_whole(db).pieces()))
            import_file(export, Workspace(folder, folder / "plantrack.db"))
        with closing(connect(folder / "plantrack.db")) as made:
            made.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
            expected = 0o660 if folder.stat().st_mode & 0o2000 else 0o600
            assert rights(folder) == dict.fromkeys(
                ("plantrack.db", "plantrack.db-wal", "plantrack.db-shm"), expected
            )
    finally:
        os.umask(umask)


def test_one_that_is_there_keeps_its_rights(workspace: Path) -> None:
    for given in (0o644, 0o664, 0o600):
        (workspace / "plantrack.db").chmod(given)
        with closing(open_or_create(workspace / "plantrack.db", [])[0]) as db:
            db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
            assert set(rights(workspace).values()) == {given}
