"""Seals for what was there before them."""

import contextlib
import shutil
from pathlib import Path

import pytest

from plantrack.services.verbs.db import check
from plantrack.services.verbs.demo import build
from plantrack.store.sealing.seal_all import hash_apart, seal_all
from plantrack.store.sqlite.connection import connect
from tests.support.older import made_by_version, upgrade


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "w"
    build(folder)
    return folder / "plantrack.db"


@pytest.mark.parametrize("version", [1, 4, 7])
def test_an_upgraded_history_is_sealed_and_sound(version: int, example: Path, tmp_path: Path) -> None:
    file = made_by_version(version, Path(shutil.copy(example, tmp_path / "x.db")))
    upgrade(file)
    with contextlib.closing(connect(file)) as db:
        found = check(db)
        assert (found.history, found.found, found.sealed_from) == ((), (), "c56")
        assert db.query("SELECT DISTINCT later FROM seal") == [(1,)]


def test_nothing_is_sealed_twice_and_hashes_can_be_made_again(example: Path, tmp_path: Path) -> None:
    with contextlib.closing(connect(Path(shutil.copy(example, tmp_path / "x.db")))) as db:
        before = db.query("SELECT * FROM meta ORDER BY name")
        with db.atomic():
            hash_apart(db)
        assert db.query("SELECT * FROM meta ORDER BY name") == before
        with pytest.raises(Exception, match="UNIQUE"), db.atomic():
            seal_all(db)
