"""A database opened for a glance."""

import sqlite3
from pathlib import Path

import pytest

from plantrack.errors import Failure
from plantrack.store.sqlite.connection import connect
from plantrack.store.sqlite.glance import glance_at_file


def beside(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}


def test_it_reads_and_leaves_everything_as_it_is(workspace: Path) -> None:
    before = beside(workspace)
    db = glance_at_file(workspace / "plantrack.db")
    assert db.query("SELECT COUNT(*) FROM plan") == [(1,)]
    with pytest.raises(Failure):
        db.execute("DELETE FROM plan")
    assert beside(workspace) == before
    db.close()
    assert beside(workspace) == before


def test_what_stands_in_the_log_counts_and_a_writer_is_not_waited_for(workspace: Path) -> None:
    writer = connect(workspace / "plantrack.db")
    writer.execute("INSERT INTO meta VALUES ('a', 'b', printf('%064d', 0))")
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("INSERT INTO meta VALUES ('c', 'd', printf('%064d', 0))")
    db = glance_at_file(workspace / "plantrack.db")
    assert db.query("SELECT name FROM meta WHERE name IN ('a', 'c')") == [("a",)]
    db.close()
    writer.execute("ROLLBACK")
    writer.close()


@pytest.mark.parametrize("content", [b"", b"no database at all", b"SQLite format 3\0" + b"x" * 5000])
def test_what_is_no_database_of_ours_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "plantrack.db"
    file.write_bytes(content)
    with pytest.raises(Failure):
        glance_at_file(file)
    with pytest.raises(Failure):
        glance_at_file(tmp_path / "other.db")
    assert beside(tmp_path) == {"plantrack.db": content}


def test_an_older_one_is_refused(workspace: Path) -> None:
    with sqlite3.connect(workspace / "plantrack.db") as driver:
        driver.execute("PRAGMA user_version = 1")
    driver.close()
    with pytest.raises(Failure) as caught:
        glance_at_file(workspace / "plantrack.db")
    assert caught.value.code == "database-older"
