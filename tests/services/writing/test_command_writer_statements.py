"""How many statements a command needs: as many for two hundred tasks as for one, and each is one way to a far server."""

from pathlib import Path

import pytest

from tests.support.statements import TASKS, WRITING, counted, in_memory, made_up, statements

#: Of each command the statements before BEGIN; those from BEGIN to COMMIT, both included; and how many rows each
#: further task adds to them.
EXPECTED = {
    "add": (5, 9, 2),
    "add for an activity": (5, 9, 2),
    "add with roles": (5, 11, 6),
    "add with a new person": (5, 13, 6),
    "add --from-plan": (5, 10, 0),
    "update": (6, 14, 3),
    "update of an earlier day": (6, 13, 4),
    "update with an answer": (6, 15, 3),
    "update before the opening": (6, 15, 7),
    "update by an activity": (5, 15, 0),
    "done": (6, 13, 3),
    "reopen": (6, 13, 2),
    "edit --title": (6, 14, 2),
    "edit --due": (6, 12, 2),
    "edit --activity": (6, 12, 2),
    "edit --opened": (6, 14, 6),
    "extend": (6, 13, 3),
    "assign": (6, 13, 3),
    "assign --instead": (6, 15, 9),
    "unassign": (6, 13, 3),
    "remove": (6, 12, 2),
    "undo of add with roles": (5, 20, 3),
    "undo of update": (5, 20, 2),
    "undo of edit --title": (5, 22, 2),
    "undo of assign --instead": (5, 38, 5),
    "undo of remove": (5, 21, 2),
    "undo of an undo": (5, 21, 2),
    "plan carry-over": (9, 29, 0),
    "undo of plan carry-over": (5, 29, 0),
    "indicator record": (5, 7, 0),
    "filter save": (5, 7, 0),
}


@pytest.fixture(scope="module")
def made(made_once: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A database with two hundred tasks."""
    folder = tmp_path_factory.mktemp("many")
    (folder / "plans").mkdir()
    db = in_memory((made_once / "plantrack.db").read_bytes())
    made_up(folder, db)
    return db.driver.serialize()


@pytest.mark.parametrize("name", WRITING)
def test_many_tasks_need_no_more_statements_than_one(made: bytes, name: str) -> None:
    before, inside, more = EXPECTED[name]
    one, two, many = (
        counted(statements(made, name, [str(n) for n in range(1, n_tasks + 1)])) for n_tasks in (1, 2, TASKS)
    )
    assert one[:2] == two[:2] == many[:2] == (before, inside)
    further = [two.executions - one.executions, (many.executions - one.executions) / (TASKS - 1)]
    assert further == [more, more]


@pytest.mark.parametrize("name", [name for name in WRITING if name.startswith(("add", "update"))])
def test_what_is_typed_most_needs_few(made: bytes, name: str) -> None:
    before, inside, _ = EXPECTED[name]
    assert before <= 6
    assert inside <= 15


def test_each_command_that_writes_is_counted() -> None:
    assert EXPECTED.keys() == WRITING.keys()
