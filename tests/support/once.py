"""Work that many tests begin with: it is done once, and who comes later gets the database that it left."""

from collections.abc import Callable
from pathlib import Path
from types import CodeType

#: By what was done.
_LEFT: dict[CodeType, bytes] = {}


def once(workspace: Path, work: Callable[[], None]) -> None:
    """Do some work in a workspace that nothing was done in, the same each time and in nothing but its database."""
    file = workspace / "plantrack.db"
    assert not file.with_name("plantrack.db-wal").exists(), "somebody has it open"
    if work.__code__ in _LEFT:
        file.write_bytes(_LEFT[work.__code__])
    else:
        work()
        _LEFT[work.__code__] = file.read_bytes()
