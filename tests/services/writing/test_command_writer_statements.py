"""How many statements a command needs: as many for two hundred tasks as for one, and each is one way to a far server."""

from pathlib import Path

import pytest

from plantrack.services.context import ContextRequest, open_context
from plantrack.services.verbs.add import NewTask, add
from plantrack.services.verbs.plan.apply import apply
from tests.support.plan_files import changed, written
from tests.support.statements import NOW, TASKS, WRITING, Listening, counted, in_memory, made_up, statements
from tests.support.steps import PLAN

#: Of each command the statements before BEGIN; those from BEGIN to COMMIT, both included; and how many each further
#: task adds to them, where one that runs for each of some rows counts for each.
EXPECTED = {
    "import of tasks": (9, 16, 0),
    # What only the store can judge is tried before it is asked about.
    "import of updates": (9, 40, 2),
    "add": (5, 12, 0),
    "add for an activity": (5, 12, 0),
    "add with roles": (5, 14, 0),
    "add with a new person": (5, 17, 0),
    "add --from-plan": (5, 13, 0),
    "update": (6, 17, 1),
    "update of an earlier day": (6, 16, 1),
    "update with an answer": (6, 18, 1),
    "update before the opening": (6, 18, 3),
    "update by an activity": (5, 17, 0),
    "done": (6, 16, 1),
    "reopen": (6, 16, 1),
    "edit --title": (6, 17, 1),
    "edit --due": (6, 15, 1),
    "edit --activity": (6, 15, 1),
    "edit --opened": (6, 17, 3),
    "extend": (6, 16, 1),
    "assign": (6, 16, 1),
    "assign --instead": (6, 19, 1),
    "unassign": (6, 16, 1),
    "remove": (6, 15, 1),
    "undo of add with roles": (5, 24, 3),
    "undo of update": (5, 24, 2),
    "undo of edit --title": (5, 26, 1),
    "undo of assign --instead": (5, 45, 3),
    "undo of remove": (5, 25, 1),
    "undo of an undo": (5, 25, 1),
    "plan carry-over": (9, 29, 0),
    "undo of plan carry-over": (5, 33, 0),
    "indicator record": (5, 10, 0),
    "filter save": (5, 10, 0),
}
#: So many statements a further task may add.
MOST_A_TASK = 4


@pytest.fixture(scope="module")
def made(made_once: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A database with two hundred tasks."""
    folder = tmp_path_factory.mktemp("many")
    (folder / "plans").mkdir()
    db = in_memory((made_once / "plantrack.db").read_bytes())
    made_up(folder, db)
    return db.driver.serialize()


@pytest.mark.no_cover
@pytest.mark.parametrize("name", WRITING)
def test_many_tasks_need_no_more_statements_than_one(made: bytes, name: str) -> None:
    before, inside, more = EXPECTED[name]
    one, two, many = (
        counted(statements(made, name, [str(n) for n in range(1, n_tasks + 1)])) for n_tasks in (1, 2, TASKS)
    )
    assert one[:2] == two[:2] == (before, inside)
    assert many.before == before
    assert 0 <= many.inside - inside <= 2  # of a table that gets more than `CHUNK` rows
    further = [two.executions - one.executions, (many.executions - one.executions) // (TASKS - 1)]
    assert further == [more, more]
    assert more <= MOST_A_TASK


@pytest.mark.parametrize("name", ["plan carry-over", "undo of plan carry-over"])
def test_what_is_carried_over_adds_few_statements_a_task(made: bytes, name: str) -> None:
    """Of each there are two: the one that is closed, and the one that is opened."""
    _, inside, _ = EXPECTED[name]
    assert counted(statements(made, name, [])).executions <= inside + MOST_A_TASK * 2 * TASKS


def test_what_a_plan_changes_adds_few_statements_a_task(made: bytes, tmp_path: Path) -> None:
    (tmp_path / "plans").mkdir()
    executions = []
    for tasks in (1, 2, TASKS):
        db = Listening(in_memory(made))
        at = open_context(db, ContextRequest(plan=PLAN, author="Ví dụ A"), lambda: NOW)
        add(at, NewTask("", activity="3.1"), [f"Việc {n}" for n in range(tasks)])
        plan = changed(at.plan, "ND3.1", due="2024-11-15", lead=("hlhpn",), coordinating=("ubdt",))
        file = written(tmp_path, plan)
        db.asked.clear()
        (done,) = apply(db, [file], tmp_path, "Ví dụ A", lambda: NOW).applied
        assert len(done.tasks) == tasks
        executions.append(counted(db.asked).executions)
        db.close()
    one, two, many = executions
    assert 0 < two - one <= MOST_A_TASK
    assert (many - one) / (TASKS - 1) <= MOST_A_TASK


@pytest.mark.parametrize("name", [name for name in WRITING if name.startswith(("add", "update"))])
def test_what_is_typed_most_needs_few(made: bytes, name: str) -> None:
    before, inside, _ = EXPECTED[name]
    assert before <= 6
    assert inside <= 18


def test_each_command_that_writes_is_counted() -> None:
    assert EXPECTED.keys() == WRITING.keys()
