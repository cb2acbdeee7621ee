"""Through each door a text is kept as it is, or is refused in a sentence, and nothing is changed."""

import contextlib
import shutil
import sqlite3
from pathlib import Path

import pytest

from plantrack.cli.app import main
from tests.hostile.doors import DOORS, Door, Visitor
from tests.hostile.texts import GROUPS, TEXTS, Hostile
from tests.hostile.workspace import NOW, SAMPLE

pytestmark = [pytest.mark.no_cover, pytest.mark.slow]


@pytest.fixture(scope="module")
def house(made_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with a task and a person."""
    folder = tmp_path_factory.mktemp("doors") / "w"
    shutil.copytree(made_once, folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PLANTRACK_USER", "Người thử")
        added = ["add", "Họp giao ban", "--area", "3", "--to", "Lê An", "--new-person"]
        assert main(["-C", str(folder), "-q", *added], lambda: NOW) == 0
    return folder


def rows_in(database: Path) -> dict[str, int]:
    """Return how many rows each table has: nothing is ever written over."""
    with contextlib.closing(sqlite3.connect(database)) as driver:
        names = [name for (name,) in driver.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: driver.execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0] for name in names}


def offered(door: Door) -> list[Hostile]:
    """Return the texts that a door is offered: all, or of each group one, and at each door others."""
    step = 1 if SAMPLE == 1 else SAMPLE * 5
    found = TEXTS[DOORS.index(door) * 5 % step :: step]
    return [own for own in found if not door.is_out(own.text)]


@pytest.mark.parametrize("door", DOORS, ids=[door.name for door in DOORS])
def test_a_text_is_kept_as_it_is_or_refused_and_nothing_is_changed(
    door: Door,
    house: Path,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = tmp_path / "w"
    shutil.copytree(house, folder)
    visitor, wrong = Visitor(folder, capfd, monkeypatch), list[object]()
    before = rows_in(folder / "plantrack.db")
    for own in offered(door):
        kept = door.put(visitor, own.text)
        if kept is None:
            if rows_in(folder / "plantrack.db") != before:
                wrong.append((own, "changed"))
        elif kept != door.wanted(own.text):
            wrong.append((own, kept))
        else:
            before = rows_in(folder / "plantrack.db")
            continue
        if kept is None and not door.is_strict and door.wanted(own.text) is not None:
            wrong.append((own, "refused"))
    assert wrong == []


def test_every_group_is_offered_somewhere() -> None:
    assert {own.group for door in DOORS for own in offered(door)} == set(GROUPS)
