"""A copy to work in: the same data in both, or no copy."""

import os
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from plantrack.model.views.workspace import FactDigest
from plantrack.services.verbs.add import NewTask, add
from plantrack.services.verbs.copies import copy_file
from plantrack.services.verbs.copies.copy import copy
from plantrack.services.verbs.copies.copy_target import Copier
from plantrack.services.verbs.db import check, db_digest
from plantrack.store import stats
from plantrack.store.commands import last_number
from plantrack.store.schema import identity
from plantrack.store.sqlite.connection import SQLite, connect
from tests.conftest import dump
from tests.support.folders import files
from tests.support.steps import OpenContext, opened, refused

COPIER = Copier("Người thử", datetime(2024, 8, 1, tzinfo=UTC))


def facts(file: Path) -> list[str]:
    """Return all that a database holds but the notes of what it is, which a copy has its own of."""
    return [line for line in dump(file) if not line.startswith('INSERT INTO "meta"')]


def test_both_have_the_same_data_and_the_copy_is_worked_in(
    context_on: OpenContext, db: SQLite, workspace: Path
) -> None:
    opened(context_on, "2024-07-01")
    told = list[float]()
    stats.put_told(db, "last_backup", moment="2024-07-01T00:00:00.000Z", file="x", command=1)
    stats.put_told(db, "last_check", moment="2024-07-01T00:00:00.000Z")
    before = dump(db.path)
    done = copy(workspace, "plantrack.db", "x.db", COPIER, told.append)
    assert (done.source, done.target) == (str(db.path), str(workspace / "x.db"))
    assert (done.commands, done.sha256) == (last_number(db), db_digest(db).sha256)
    assert (told, told[-1]) == (sorted(told), 1)
    assert facts(workspace / "x.db") == facts(db.path)
    assert dump(db.path) == before
    with closing(connect(workspace / "x.db")) as copied:
        assert check(copied).is_sound
        assert identity.id_of(copied) != identity.id_of(db)
        assert [stats.get(copied, name) for name in ("last_backup", "last_check")] == [None, None]
        assert copied.query("PRAGMA journal_mode") == [("wal",)]
        copied.execute("UPDATE task SET percent = 1")
    assert dump(db.path) == before
    assert done.size == (workspace / "x.db").stat().st_size


def test_what_is_recorded_meanwhile_is_in_neither_digest(
    context_on: OpenContext, db: SQLite, workspace: Path
) -> None:
    first = last_number(db)

    def write(_: float) -> None:
        if last_number(db) == first:
            add(context_on("2024-07-01"), NewTask("Họp", area="1"))

    assert copy(workspace, "plantrack.db", "x.db", COPIER, write).commands == first
    assert last_number(db) == first + 1


@pytest.mark.parametrize(
    ("source", "target", "code"),
    [
        ("no.db", "x.db", "no-database"),
        ("plans/kh-468-2024.yaml", "x.db", "database-foreign"),
        ("plantrack.db", "plans", "output-failed"),
        ("plantrack.db", "no/x.db", "output-failed"),
        ("plantrack.db", "new/", "output-failed"),
        ("plantrack.db", "x" * 300, "output-failed"),
        ("plantrack.db", "mysql://an@may/db", "database-address"),
        ("mysql://an@may/db", "x.db", "database-address"),
    ],
)
def test_what_cannot_be_is_refused(source: str, target: str, code: str, workspace: Path) -> None:
    before = files(workspace)
    with refused(code):
        copy(workspace, source, target, COPIER)
    assert files(workspace) == before


def test_one_that_differs_gets_no_name(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = iter([FactDigest("a", {}), FactDigest("b", {})])
    monkeypatch.setattr(copy_file, "fact_digest", lambda *_: next(found))
    before = files(workspace)
    with refused("copy-differs"):
        copy(workspace, "plantrack.db", "x.db", COPIER)
    assert files(workspace) == before


def test_one_that_may_only_be_read_is_copied(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as may_only_be_read:
        may_only_be_read.setattr(os, "access", lambda file, *_: Path(file).name != "plantrack.db")
        copy(workspace, "plantrack.db", "x.db", COPIER)
    assert facts(workspace / "x.db") == facts(workspace / "plantrack.db")


def test_a_copy_to_read_refuses_what_is_recorded(workspace: Path) -> None:
    done = copy(workspace, "plantrack.db", "x.db", COPIER._replace(keep_source=True))
    assert (done.moved, done.to_read) == (False, True)
    with closing(connect(workspace / "x.db")) as copied, refused("database-to-read"), copied.atomic():
        pass
    copy(workspace, "x.db", "y.db", COPIER)
    for name in ("plantrack.db", "y.db"):
        with closing(connect(workspace / name)) as db, db.atomic():
            pass
