"""Whatever was done in an earlier version, it is upgraded to what the program of today makes of the same work."""

from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.store.connection import Row
from plantrack.store.sqlite.connection import SQLite, connect
from plantrack.store.task_rows import TaskRow
from tests.support.older import made_by_version, upgrade
from tests.support.random_work import COMMANDS, Do, worked
from tests.support.tries import tries

_TASK = ", ".join(f"t.{name}" for name in TaskRow._fields if name != "command")
#: What is derived, with commands by their numbers: the uids of commands are made by the upgrade.
ASKED = (
    f"SELECT {_TASK}, c.number FROM task AS t JOIN command AS c ON c.uid = t.command ORDER BY t.uid",
    "SELECT * FROM task_past ORDER BY task, first_day",
    "SELECT * FROM holder ORDER BY task, role, party, first_day",
    "SELECT c.number, w.by_number FROM withdrawn_command AS w JOIN command AS c ON c.uid = w.command ORDER BY 1",
    "SELECT label FROM person ORDER BY label",
    "SELECT task, on_day, recorded_at, status, percent FROM status_update ORDER BY uid",
    "SELECT task, part, words FROM search ORDER BY task, part",
    "SELECT task, role, organisation, on_day, recorded_at, holds FROM assignment ORDER BY uid",
)


def answers(db: SQLite) -> list[list[Row]]:
    return [db.query(sql) for sql in ASKED]


def _was_there(do: Do, version: int) -> bool:
    """Return whether a version could record what is done: of people it knew but the names, of money nothing."""
    if version < 6 and do.name.startswith("set "):
        return False
    return version > 6 or not ("budget" in do.name or "spent='" in do.name)


@pytest.mark.parametrize("version", [1, 3, 4, 5, 6, 7])
@tries(0.3)
@given(st.lists(COMMANDS, min_size=4, max_size=16))
def test_it_is_what_today_s_program_makes_of_it(version: int, made_once: Path, work: list[Do]) -> None:
    db = worked(made_once / "plantrack.db", [do for do in work if _was_there(do, version)]).db
    with TemporaryDirectory() as folder:
        file = Path(folder) / "plantrack.db"
        file.write_bytes(db.driver.serialize())
        upgrade(made_by_version(version, file))
        with closing(connect(file)) as upgraded:
            assert answers(upgraded) == answers(db)
