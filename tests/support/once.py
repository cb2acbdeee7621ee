"""Work that many tests begin with: it is done once, and who comes later gets the files that it left."""

from collections.abc import Callable
from pathlib import Path
from types import CodeType

DATABASE = "plantrack.db"
#: By what was done; each file by its name.
_LEFT: dict[CodeType, dict[str, bytes]] = {}


def once(workspace: Path, work: Callable[[], None], *made: str) -> None:
    """Do some work in a workspace that nothing else was done in, the same each time.

    It changes the database, makes the files that are named, and touches no others.
    """
    assert not (workspace / f"{DATABASE}-wal").exists(), "somebody has it open"
    if work.__code__ not in _LEFT:
        work()
        _LEFT[work.__code__] = {name: (workspace / name).read_bytes() for name in (DATABASE, *made)}
    for name, data in _LEFT[work.__code__].items():
        (workspace / name).write_bytes(data)
