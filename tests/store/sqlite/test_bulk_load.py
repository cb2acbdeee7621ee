"""A new file that is filled has what every database has; one that cannot be written is no failure of a database."""

import contextlib
from pathlib import Path

import pytest

from plantrack.errors import Failure
from plantrack.store.schema import identity
from plantrack.store.sqlite import migrations, search_index
from plantrack.store.sqlite.bulk_load import bulk_load, open_to_fill
from plantrack.store.sqlite.connection import connect
from tests.support.exported import empty_database


def test_all_is_there_at_the_end(tmp_path: Path) -> None:
    file = tmp_path / "x.db"
    file.touch()
    with contextlib.closing(open_to_fill(file)) as db, bulk_load(db):
        assert {*migrations.missing_parts(db)} > {"task_open"}
    with contextlib.closing(connect(file)) as made, empty_database() as meant:
        assert (migrations.missing_parts(made), search_index.is_sound(made)) == ({}, True)
        assert identity.schema_hash(made) == identity.schema_hash(meant)
    assert [path.name for path in tmp_path.iterdir()] == ["x.db"]


@pytest.mark.parametrize(("code", "number"), [("database-full", 28), ("database-io", 5)])
def test_a_full_disk_is_told_as_of_any_file(code: str, number: int, tmp_path: Path) -> None:
    (tmp_path / "x.db").touch()
    with (
        contextlib.closing(open_to_fill(tmp_path / "x.db")) as db,
        pytest.raises(OSError, match="x|space|error") as found,
        bulk_load(db),
    ):
        raise Failure(code, file=db.name, reason="")
    assert found.value.errno == number


def test_a_failure_of_the_source_stays_one(tmp_path: Path) -> None:
    (tmp_path / "x.db").touch()
    with contextlib.closing(open_to_fill(tmp_path / "x.db")) as db, pytest.raises(Failure), bulk_load(db):
        raise Failure("database-io", file="a.db", reason="")
