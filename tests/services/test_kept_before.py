"""What is kept of a database before something is done to all of it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from plantrack.errors import Failure
from plantrack.services.kept_before import forget, keep_before
from tests.support.steps import refused

NOW = datetime(2024, 11, 28, 3, 45, 12, tzinfo=UTC)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    file = tmp_path / "plantrack.db"
    file.write_bytes(b"x")
    file.chmod(0o640)
    return file


def fill(file: Path) -> None:
    file.write_bytes(b"kept")


def test_it_is_named_after_what_comes_next_and_never_written_over(database: Path) -> None:
    kept = [keep_before("restore", database, "k3m9q2xz", fill, NOW) for _ in range(2)]
    name = "plantrack-k3m9q2xz-20241128T034512Z-before-restore"
    assert kept == [database.parent / "backups" / f"{name}{end}.db" for end in ("", "-2")]
    assert [(one.read_bytes(), one.stat().st_mode & 0o777) for one in kept] == [(b"kept", 0o640)] * 2


def test_what_cannot_be_kept_leaves_nothing(database: Path) -> None:
    def fail(_: Path) -> None:
        raise Failure("database-full", file="")

    with refused("database-full"):
        keep_before("restore", database, "old", fail, NOW)
    assert [p.name for p in database.parent.iterdir()] == ["plantrack.db"]


def test_it_is_forgotten_with_its_folder_where_that_has_nothing_else(database: Path) -> None:
    first, second = (keep_before("restore", database, "old", fill, NOW) for _ in range(2))
    forget(first)
    assert [*second.parent.iterdir()] == [second]
    forget(second)
    forget(None)
    assert [p.name for p in database.parent.iterdir()] == ["plantrack.db"]
