"""What the tests of mail share: the addresses, what was kept."""

import contextlib
import sqlite3
from pathlib import Path
from typing import Any

WEEK = ("weekly", "--week", "2024-W29")
A, B, C = "a@example.org", "b@example.org", "c@example.org"


def rows(workspace: Path, columns: str = "address, period, accepted") -> list[tuple[Any, ...]]:
    with contextlib.closing(sqlite3.connect(workspace / "plantrack.db")) as driver:
        return list(driver.execute(f"SELECT {columns} FROM delivery ORDER BY uid"))


def to(*addresses: str) -> tuple[str, ...]:
    return ("--mail-to", ",".join(addresses))
