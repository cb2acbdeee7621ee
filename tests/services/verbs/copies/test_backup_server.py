"""A backup of what a server has: a checked file to read, of which a database is made where the server is lost."""

import json
import platform
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from plantrack.model.typed.database_address import DatabaseAddress
from plantrack.services.verbs.copies.backup import backup, backup_place
from plantrack.services.verbs.copies.copy import copy
from plantrack.services.verbs.copies.copy_target import Copier
from plantrack.services.verbs.copies.restore import readied, restore
from plantrack.services.verbs.db import check, gone, status
from plantrack.services.workspace import Workspace
from plantrack.store import stats
from plantrack.store.copying.whole_tables import row_digest
from plantrack.store.opening import open_database
from plantrack.store.sqlite.connection import connect
from tests.support.folders import files
from tests.support.postgres_server import PostgresServer
from tests.support.steps import refused

NOW = datetime(2024, 11, 28, 3, 45, 12, tzinfo=UTC)
MOVER = Copier("Người thử", NOW)


@pytest.fixture
def here(workspace: Path, postgres_server: PostgresServer) -> Iterator[Workspace]:
    """A workspace whose database is on a server."""
    with postgres_server.database() as address:
        copy(workspace, "plantrack.db", address, MOVER)
        yield Workspace(workspace, DatabaseAddress(address))


def test_it_is_a_checked_file_to_read_and_the_server_tells_of_it(here: Workspace) -> None:
    with closing(open_database(here.database)) as db:
        place = backup_place(here, here.root, None, None)
        assert place == (here.root / "backups", True)
        done = backup(db, here, place, NOW, 1, by="Người thử")
        assert Path(done.file).parent == place.path
        assert Path(done.file).name == f"plantrack-{stats.get(db, 'id')}-20241128T034512Z.db"
        with closing(connect(Path(done.file))) as made:
            assert (row_digest(made), check(made).is_sound) == (row_digest(db), True)
            assert json.loads(made.told.moved)["to_read"]
            with refused("database-to-read"), made.atomic():
                pass
        assert [p.name for p in place.path.iterdir()] == [Path(done.file).name]
        again = backup(db, here, place, NOW.replace(hour=5), 1)
        assert (again.removed, again.unrecorded) == ((done.file,), None)
        view = status(db)
        assert view.last_backup is not None
        assert (view.last_backup.file, view.last_backup.machine) == (again.file, platform.node())
        assert gone(view) == frozenset()
        Path(again.file).unlink()
        assert gone(status(db)) == {"backup"}
        stats.put_told(db, "last_backup", moment=done.moment, file="/x.db", command=1, machine="elsewhere")
        assert gone(status(db)) == frozenset()


def test_one_of_what_was_moved_makes_no_other_go(here: Workspace) -> None:
    """They have one id, and may lie in one folder."""
    with closing(open_database(here.database)) as db, closing(connect(here.root / "plantrack.db")) as old:
        place = backup_place(here, here.root, None, 1)
        newest = backup(db, here, place, NOW, 1)
        stale = backup(old, here, place, NOW.replace(hour=5), 1)
        assert (stale.id, stale.removed, Path(newest.file).exists()) == (newest.id, (), True)
        assert stale.unrecorded is not None


def test_a_backup_takes_the_place_of_an_earlier_one_alone(here: Workspace) -> None:
    with closing(open_database(here.database)) as db:
        place = backup_place(here, here.root, "x.db", None)
        backup(db, here, place, NOW)
        backup(db, here, place, NOW)
        with refused("backup-over-other"):
            backup(db, here, backup_place(here, here.root, ".gitignore", None)._replace(is_folder=False), NOW)


def test_what_fails_leaves_nothing(here: Workspace) -> None:
    class Killed(BaseException):
        pass

    def ended(share: float) -> None:
        if share > 0.2:
            raise Killed

    before = files(here.root)
    with closing(open_database(here.database)) as db, pytest.raises(Killed):
        backup(db, here, backup_place(here, here.root, None, None), NOW, advance=ended)
    assert files(here.root) == before


def test_of_a_backup_a_server_is_filled_or_a_file_made(
    here: Workspace, postgres_server: PostgresServer
) -> None:
    with closing(open_database(here.database)) as db:
        file = backup(db, here, backup_place(here, here.root, "x.db", None), NOW).file
        id = stats.get(db, "id")
    with refused("restore-into-server"), readied(here, here.root, file):
        pass
    with postgres_server.database() as address:
        copy(here.root, file, address, MOVER)
        with closing(open_database(DatabaseAddress(address))) as db, db.atomic():
            assert stats.get(db, "id") != id
    copy(here.root, file, "y.db", MOVER)
    target = Workspace(here.root, here.root / "new.db")
    with readied(target, here.root, file, 500) as ready:
        restore(ready, "Người thử", NOW)
    for name in ("y.db", "new.db"):
        with closing(connect(here.root / name)) as db, db.atomic():
            pass


def test_nothing_is_put_over_what_was_moved(here: Workspace) -> None:
    copy(here.root, "plantrack.db", "x.db", MOVER._replace(keep_source=True))
    moved = Workspace(here.root, here.root / "plantrack.db")
    before = files(here.root)
    with refused("database-moved"), readied(moved, here.root, "x.db"):
        pass
    assert files(here.root) == before
