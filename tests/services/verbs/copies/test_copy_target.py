"""The file where a copy goes: taken where it has no data, and left as it is where it has some."""

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from plantrack.services.verbs.copies.copy import copy
from plantrack.services.verbs.copies.copy_target import Copier
from plantrack.services.verbs.db import db_digest
from plantrack.store.sqlite.connection import connect, create
from tests.support.folders import files
from tests.support.older import made_by_version
from tests.support.steps import refused

COPIER = Copier("Người thử", datetime(2024, 8, 1, tzinfo=UTC))


def test_a_place_that_is_empty_is_taken(workspace: Path) -> None:
    (workspace / "x.db").write_bytes(b"")
    create(workspace / "y.db").close()
    assert (workspace / "y.db").stat().st_size
    for name in ("x.db", "y.db"):
        done = copy(workspace, "plantrack.db", name, COPIER)
        with closing(connect(workspace / name)) as copied:
            assert db_digest(copied).sha256 == done.sha256


@pytest.mark.parametrize("name", ["plantrack.db", "note.txt", "lost.db", "old.db", "used.db", "rolled.db"])
def test_what_has_something_is_left_as_it_is(name: str, workspace: Path) -> None:
    (workspace / "note.txt").write_text("ghi chú", "utf-8")
    (workspace / "lost.db").symlink_to("nowhere")
    (workspace / "used.db-wal").write_bytes(b"x")
    (workspace / "rolled.db-journal").write_bytes(b"x")
    copy(workspace, "plantrack.db", "o.db", COPIER)
    made_by_version(3, workspace / "o.db").rename(workspace / "old.db")
    before = files(workspace)
    with refused("file-exists"):
        copy(workspace, "plantrack.db", name, COPIER)
    assert files(workspace) == before
