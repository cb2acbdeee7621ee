"""An earlier copy of a database: a newer one takes its place, and that of nothing else."""

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from plantrack.services.verbs.copies.backup import BackupPlace, backup, backup_place
from plantrack.services.verbs.copies.copy import copy
from plantrack.services.verbs.copies.copy_target import Copier
from plantrack.services.workspace import Workspace
from plantrack.store.commands import last_number
from plantrack.store.copying.marks import elsewhere, let_write, mark
from plantrack.store.sqlite.connection import SQLite, connect
from tests.support.folders import files
from tests.support.steps import OpenContext, opened, refused

COPIER = Copier("An", datetime(2024, 11, 28, tzinfo=UTC))
READER = COPIER._replace(keep_source=True)


@pytest.fixture
def here(workspace: Path) -> Workspace:
    return Workspace(workspace, workspace / "plantrack.db")


def at(here: Workspace, name: str) -> BackupPlace:
    return backup_place(here, here.root, name, None)


def test_a_copy_to_read_takes_the_place_of_an_earlier_one(
    workspace: Path, db: SQLite, context_on: OpenContext
) -> None:
    copy(workspace, "plantrack.db", "x.db", READER)
    opened(context_on, "2024-07-01")
    done = copy(workspace, "plantrack.db", "x.db", READER)
    with closing(connect(workspace / "x.db")) as copied, refused("database-to-read"), copied.atomic():
        pass
    with closing(connect(workspace / "x.db")) as copied:
        assert last_number(copied) == done.commands == last_number(db)
    with refused("file-exists"):
        copy(workspace, "plantrack.db", "x.db", COPIER)


def test_a_copy_to_read_takes_the_place_of_nothing_else(
    workspace: Path, db: SQLite, context_on: OpenContext
) -> None:
    here = Workspace(workspace, workspace / "plantrack.db")
    backup(db, here, at(here, "backup.db"), COPIER.now)
    copy(workspace, "plantrack.db", "earlier.db", COPIER)
    copy(workspace, "plantrack.db", "work.db", COPIER)
    opened(context_on, "2024-07-01")
    copy(workspace, "plantrack.db", "of-later.db", READER)
    before = files(workspace)
    for source, name in (
        ("plantrack.db", "backup.db"),
        ("plantrack.db", "work.db"),
        ("earlier.db", "of-later.db"),
    ):
        with refused("file-exists"):
            copy(workspace, source, name, READER)
    assert files(workspace) == before


def test_one_of_before_backups_said_so_is_replaced_and_no_database_that_has_its_own_life(
    db: SQLite, here: Workspace
) -> None:
    copy(here.root, "plantrack.db", "again.db", COPIER)
    copy(here.root, "plantrack.db", "read.db", READER)
    backup(db, here, at(here, "old.db"), COPIER.now)
    backup(db, here, at(here, "moved.db"), COPIER.now)
    with closing(connect(here.root / "old.db")) as old, closing(connect(here.root / "moved.db")) as moved:
        let_write(old, own_id=False)
        with moved.atomic(moved=True):
            mark(moved, elsewhere("postgresql://may/kh", "An", COPIER.now))
    backup(db, here, at(here, "old.db"), COPIER.now)
    for name in ("again.db", "read.db", "moved.db"):
        with refused("backup-over-other"):
            backup(db, here, at(here, name), COPIER.now)
