"""Which files beside a database are copies that a program made of it, by the names that such programs give."""

import unicodedata
from pathlib import Path

import pytest

from plantrack.store.place import conflict_copies

COPIES = (
    "plantrack (conflicted copy).db",
    "plantrack (Máy của An's conflicted copy 2024-07-01).db",
    "plantrack (Bản sao xung đột của An 2024-07-01).db",
    unicodedata.normalize("NFD", "plantrack (bản sao xung đột).db"),
    "plantrack (conflicted copy 2024-07-01 101010).db",
    "plantrack (SFConflict an@example.org 2024-07-01-10-10-10).db",
    "plantrack (Case Conflict 1).db",
    "plantrack (1).db",
    "plantrack(2).db",
    "plantrack 2.db",
    "plantrack_conf(1).db",
    "plantrack_conflict-20240701-101010.db",
    "plantrack.sync-conflict-20240701-101010-ABCDEFG.db",
    "plantrack-DESKTOP-4F7K2.db",
    "plantrack-LAPTOP-AN-2.db",
    "plantrack-VANPHONG.db",
    "plantrack-Lan-PC.db",
    "plantrack-MacBook-Pro.db",
)
OTHERS = (
    "plantrack-2024.db",
    "plantrack-20240701.db",
    "plantrack-01J1X9-20240701T101010Z.db",
    "plantrack-ABCDEFGHJK-20240701T101010Z-2.db",
    "plantrack-backup.db",
    "plantrack-cũ.db",
    "plantrack (cũ).db",
    "plantrack - Copy.db",
    "plantrack.db-wal",
    "plantrack.bak.db",
    "plantracker.db",
    "kế hoạch (1).db",
    "plantrack (1).db.bak",
)


@pytest.fixture
def database(workspace: Path) -> Path:
    return workspace / "plantrack.db"


@pytest.mark.parametrize(("names", "found"), [(COPIES, COPIES), (OTHERS, ())], ids=["copies", "others"])
def test_copies_are_told_from_other_files_by_their_names(
    database: Path, names: tuple[str, ...], found: tuple[str, ...]
) -> None:
    for name in names:
        database.with_name(name).write_bytes(database.read_bytes())
    assert conflict_copies(database) == tuple(sorted(found))


def test_what_is_no_database_of_ours_is_no_copy(database: Path) -> None:
    data = database.read_bytes()
    database.with_name("plantrack (1).db").write_bytes(b"")
    database.with_name("plantrack (2).db").write_bytes(b"x" * 5000)
    database.with_name("plantrack (3).db").write_bytes(data[:68] + b"\0\0\0\0" + data[72:])
    database.with_name("plantrack (4).db").mkdir()
    assert conflict_copies(database) == ()


def test_a_database_of_another_name_has_copies_of_that_name(database: Path) -> None:
    other = database.with_name("kế hoạch.sqlite")
    for path in (other, other.with_name("kế hoạch (1).sqlite")):
        path.write_bytes(database.read_bytes())
    assert conflict_copies(other) == ("kế hoạch (1).sqlite",)
    assert conflict_copies(database) == ()
    assert conflict_copies(database.parent / "không có" / "plantrack.db") == ()
