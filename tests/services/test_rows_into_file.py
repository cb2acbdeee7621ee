"""A file filled with the rows of a database is looked at before it has a name; what is wrong is told of the database."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from plantrack.deliver.files import fill_new
from plantrack.errors import Failure
from plantrack.services.rows_into_file import rows_into_file
from plantrack.store.copying.marks import elsewhere
from plantrack.store.copying.whole_tables import RowDigest, row_digest
from plantrack.store.schema.guards import unguarded
from plantrack.store.sealing.seals import insert_apart
from plantrack.store.sqlite.connection import SQLite

PLACE = elsewhere("x", "An", datetime(2024, 8, 1, tzinfo=UTC))


def test_it_is_looked_at_and_told_of_the_database(db: SQLite, tmp_path: Path) -> None:
    seen = list[RowDigest]()
    told = list[float]()
    file = fill_new(
        [tmp_path / "a.db"], rows_into_file(db, "a.db", PLACE, lambda _, d: seen.append(d), told.append), None
    )
    assert (seen, file.name) == ([row_digest(db)], "a.db")
    assert (told, told[-1]) == (sorted(told), 1)

    def fault(copy: SQLite, _: RowDigest) -> None:
        raise Failure("history-altered", file=copy.name, altered=1, named="")

    with pytest.raises(Failure) as found:
        fill_new([tmp_path / "b.db"], rows_into_file(db, "b.db", PLACE, fault), None)
    assert (found.value.params["file"], sorted(p.name for p in tmp_path.iterdir())) == (
        db.name,
        ["a.db", "w"],
    )


def test_what_is_altered_is_no_copy(db: SQLite, tmp_path: Path) -> None:
    insert_apart(db, "meta", [{"name": "schema", "value": "x"}], key="name")
    fill_new(
        [tmp_path / "a.db"], rows_into_file(db, "a.db", PLACE, lambda *_: None), None
    )  # it is each file's own
    with db.atomic(), unguarded(db, "seal"):
        db.execute("UPDATE seal SET hash = :hash", {"hash": "0" * 64})
    with pytest.raises(Failure) as found:
        fill_new([tmp_path / "b.db"], rows_into_file(db, "b.db", PLACE, lambda *_: None), None)
    assert found.value.code == "history-altered"
