"""A database that is not there yet: made, taken up again, or gone where it could not be filled."""

from contextlib import closing
from pathlib import Path

import pytest

from plantrack.errors import Failure
from plantrack.services.new_database import clean_up_on_failure, ignore_database, open_or_create
from plantrack.store.connection import create, is_used


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
    assert new.endswith(b"\nplantrack.db-*\n")
