"""Where people work with the data of a backup: it says so, and no second hub begins beside the first one unnoticed."""

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from plantrack.model.views.elsewhere import Elsewhere
from plantrack.services.verbs.copies.backup import backup, backup_place
from plantrack.services.verbs.copies.copy import copy
from plantrack.services.verbs.copies.copy_target import Copier
from plantrack.services.verbs.copies.origin import worked_on
from plantrack.services.verbs.copies.restore import readied, what_restore_would_do
from plantrack.services.workspace import Workspace
from plantrack.store.copying.marks import mark
from plantrack.store.sqlite.connection import SQLite, connect

NOW = datetime(2024, 11, 28, 3, 45, 12, tzinfo=UTC)
SERVER = "postgresql://lan:bi-mat@db.example.vn/plantrack"


@pytest.fixture
def backed(db: SQLite, workspace: Path) -> Path:
    here = Workspace(workspace, workspace / "plantrack.db")
    return Path(backup(db, here, backup_place(here, workspace, "b.db", None), NOW).file)


def told(folder: Path, file: Path) -> str:
    folder.mkdir(exist_ok=True)
    with readied(Workspace(folder, folder / "plantrack.db"), folder, str(file)) as ready:
        return what_restore_would_do(ready).worked_on


def test_beside_the_database_where_people_work_it_is_told(
    workspace: Path, backed: Path, tmp_path: Path
) -> None:
    assert told(workspace, backed) == ""
    assert told(tmp_path / "other", backed) == str(workspace / "plantrack.db")
    (workspace / "plantrack.db").rename(tmp_path / "gone.db")
    assert told(tmp_path / "other", backed) == ""
    assert told(workspace, backed) == ""


def test_where_the_database_went_since_people_work_there(db: SQLite, backed: Path, tmp_path: Path) -> None:
    with db.atomic():
        mark(db, Elsewhere(SERVER, "2024-11-29T00:00:00.000000Z", "An"))
    assert told(tmp_path / "other", backed) == "postgresql://db.example.vn/plantrack"


def test_of_a_server_that_may_be_down_it_is_told_too(workspace: Path, backed: Path, tmp_path: Path) -> None:
    """But not where the data came back from there, and the database has what the backup has."""
    with closing(connect(backed)) as made, made.atomic(moved=True):
        mark(made, Elsewhere(SERVER, "2024-11-28T00:00:00.000000Z", "An", to_read=True))
    assert told(tmp_path / "other", backed) == "postgresql://db.example.vn/plantrack"
    assert told(workspace, backed) == ""


def test_another_database_under_the_name_is_none_of_it(workspace: Path, db: SQLite, tmp_path: Path) -> None:
    copy(workspace, "plantrack.db", "x.db", Copier("An", NOW))
    place = Elsewhere(str(workspace / "x.db"), "2024-11-28T00:00:00.000000Z", "An", to_read=True)
    assert worked_on(place, "id", tmp_path / "n.db") == ""
