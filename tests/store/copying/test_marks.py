"""A database that says where its data is worked on refuses writes, until it may be written to."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from plantrack.errors import Failure
from plantrack.store import stats
from plantrack.store.copying.marks import copy_of, elsewhere, is_to_read, let_write, mark
from plantrack.store.sqlite.connection import SQLite, connect

NOW = datetime(2024, 8, 1, tzinfo=UTC)


def refusal(db: SQLite) -> tuple[str, object, object]:
    with pytest.raises(Failure) as found, db.atomic():
        pass
    return found.value.code, found.value.params["to"], found.value.params["day"]


def marked(db: SQLite, workspace: Path, to_read: bool) -> SQLite:
    place = copy_of(db, "/a.db", "An", NOW) if to_read else elsewhere("postgresql://may/kh", "An", NOW)
    with db.atomic():
        mark(db, place)
    db.close()
    return connect(workspace / "plantrack.db")


@pytest.mark.parametrize("own_id", [True, False])
def test_a_copy_to_read_may_be_written_to(db: SQLite, workspace: Path, own_id: bool) -> None:
    id = stats.get(db, "id")
    copy = marked(db, workspace, to_read=True)
    assert (is_to_read(copy), refusal(copy)) == (True, ("database-to-read", "/a.db", "2024-08-01"))
    let_write(copy, own_id=own_id)
    with copy.atomic():
        pass
    assert (stats.get(copy, "id") != id, stats.get(copy, "moved")) == (own_id, None)
    copy.close()


def test_what_was_moved_says_where_it_is_and_so_does_a_copy_of_it(db: SQLite, workspace: Path) -> None:
    moved = marked(db, workspace, to_read=False)
    assert (is_to_read(moved), refusal(moved)) == (
        False,
        ("database-moved", "postgresql://may/kh", "2024-08-01"),
    )
    assert copy_of(moved, "/b.db", "An", NOW).to == "postgresql://may/kh"
    moved.close()
