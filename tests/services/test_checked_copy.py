"""A copy that is good for going back to, or none."""

from contextlib import closing
from pathlib import Path

import pytest

from plantrack.deliver.files import fill_new
from plantrack.errors import Failure
from plantrack.services.checked_copy import checked_copy
from plantrack.store.connection import SCHEMA_VERSION
from plantrack.store.sqlite.connection import SQLite, connect, version_of
from tests.conftest import dump
from tests.support.older import made_by_version
from tests.support.steps import OpenContext, opened, refused


def test_it_is_opened_and_looked_at_before_it_gets_its_name(db: SQLite, tmp_path: Path) -> None:
    told, seen, target = list[float](), list[int](), tmp_path / "a.db"

    def look(copy: SQLite) -> None:
        assert copy.path != target
        assert not target.exists()
        seen.append(version_of(copy))

    assert fill_new([target], checked_copy(db, told.append, look), db.path) == target
    assert (seen, told[-1], dump(target)) == ([SCHEMA_VERSION], 1, dump(db.path))


def test_damaged_pages_are_found_in_the_copy(db: SQLite, tmp_path: Path) -> None:
    ((root,),) = db.query("SELECT rootpage FROM sqlite_master WHERE name = 'activity'")
    ((size,),) = db.query("PRAGMA page_size")
    path = db.path
    db.close()
    with path.open("rb+") as file:
        file.seek((root - 1) * size)
        file.write(b"\0" * size)
    with closing(connect(path)) as hurt, pytest.raises(Failure) as caught:
        fill_new([tmp_path / "a.db"], checked_copy(hurt), path)
    assert (caught.value.code, caught.value.params["file"]) == ("database-damaged", str(path))
    assert not (tmp_path / "a.db").exists()


def test_one_of_an_earlier_version_is_copied_as_it_is(db: SQLite, workspace: Path, tmp_path: Path) -> None:
    file = workspace / "plantrack.db"
    db.close()
    old = made_by_version(3, file)
    with closing(connect(old, older=True)) as source:
        fill_new([tmp_path / "a.db"], checked_copy(source), old)
    with closing(connect(tmp_path / "a.db", older=True)) as copy:
        assert version_of(copy) == 3
    assert dump(tmp_path / "a.db") == dump(old)


def test_what_is_not_as_it_was_recorded_is_a_fault(
    context_on: OpenContext, db: SQLite, tmp_path: Path
) -> None:
    opened(context_on, "2024-07-01")
    db.execute("UPDATE counter SET used = used + 1 WHERE name = 'task'")
    with refused("history-altered") as caught:
        fill_new([tmp_path / "a.db"], checked_copy(db), db.path)
    assert (caught.value.params["file"], caught.value.params["altered"]) == (str(db.path), 1)
    assert not (tmp_path / "a.db").exists()
