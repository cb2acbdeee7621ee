"""A database in which most tables of facts have rows."""

import contextlib
from pathlib import Path

from plantrack.services.verbs.init import init
from plantrack.store import stats
from plantrack.store.sqlite.connection import connect
from tests.support.statements import give, lived_in, made_up


def filled_file(folder: Path) -> Path:
    """Make it in an empty folder."""
    init(folder, None, "Ví dụ A")
    file = folder / "plantrack.db"
    with contextlib.closing(connect(file)) as db:
        made_up(folder, db, 12)
        lived_in(db, ["1", "2", "3"])
        for name in ("add with a new person", "indicator record", "filter save", "remove", "undo of remove"):
            give(db, name, ["4"])
        give(db, "import of tasks", ["5"])
        stats.put(db, "example", "1")
    return file
