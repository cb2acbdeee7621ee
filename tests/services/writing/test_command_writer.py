"""A command in batches: as many statements for many tasks as for one; chunk by chunk is the same."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from plantrack.model.days import DueDay
from plantrack.model.plan import Text
from plantrack.model.status import Role, Status
from plantrack.services.context import AsOf, Context
from plantrack.services.verbs import add, assign, edit, undo, update
from plantrack.services.verbs.plan import carry_over
from plantrack.services.writing.command_rules import TaskOpening
from plantrack.services.writing.command_writer import CommandWriter
from plantrack.services.writing.run_command import run_command
from plantrack.services.writing.status_updates import TypedUpdate
from plantrack.store.connection import Params, Row
from plantrack.store.sqlite.connection import SQLite
from tests.support import next_plan
from tests.support.oracle import stood, task_on
from tests.support.steps import PLAN, OpenContext


class Counting(SQLite):
    """Counts the statements from BEGIN to COMMIT; a batch is one, and an empty one none."""

    def __init__(self, db: SQLite) -> None:
        super().__init__(db.driver, db.path)
        self.statements = 0

    def query(self, sql: str, params: Params | None = None) -> list[Row]:
        self.statements += self.driver.in_transaction
        return super().query(sql, params)

    def execute(self, sql: str, params: Params | None = None) -> None:
        self.statements += self.driver.in_transaction or sql.startswith("BEGIN")
        super().execute(sql, params)

    def executemany(self, sql: str, rows: Iterable[Params]) -> None:
        batch = list(rows)
        self.statements += bool(batch)
        super().executemany(sql, batch)


def counted(context: Context, do: Callable[..., object], *given: object) -> int:
    """Return how many statements a command takes."""
    counting = Counting(context.db)  # type: ignore[arg-type]
    do(context._replace(db=counting), *given)
    return counting.statements


def new(title: str = "Việc", **given: Any) -> add.NewTask:
    given = {"area": "3", "lead": ("ubdt",), "in_charge": ("An",), "due": "10/8/2024", **given}
    return add.NewTask(title, **given)


def titles(count: int) -> list[str]:
    return [f"Việc {n}" for n in range(count)]


Do = Callable[[Context, list[str]], object]
#: What is done to some tasks, and how many statements that takes at most.
MOST: dict[str, tuple[Do, int]] = {
    "update": (lambda c, ids: update.update(c, ids, TypedUpdate(percent="40", result="x")), 25),
    "answered": (lambda c, ids: update.update(c, ids, TypedUpdate(answered="x", proposal="y")), 25),
    "backdated": (lambda c, ids: update.update(c, ids, TypedUpdate(result="x", on="20/7/2024")), 25),
    "done": (lambda c, ids: update.update(c, ids, TypedUpdate(), "done"), 25),
    "edit": (
        lambda c, ids: edit.edit(
            c, ids, edit.Corrections(title="Khác", due="11/8/2024", opened="2024-07-30")
        ),
        25,
    ),
    "edit activity": (lambda c, ids: edit.edit(c, ids, edit.Corrections(activity="5.2")), 25),
    "assign": (lambda c, ids: assign.assign(c, ids, assign.Roles(in_charge=("Bình",), instead=True)), 25),
    "unassign": (lambda c, ids: assign.unassign(c, ids, assign.Roles(lead=("ubdt",))), 25),
    "extend": (lambda c, ids: edit.extend(c, ids, "31/8/2024", "chờ"), 25),
    "remove": (lambda c, ids: edit.remove(c, ids, "nhầm"), 25),
}


@pytest.mark.no_cover
@pytest.mark.parametrize("what", MOST)
def test_a_command_and_its_undo_take_as_many_statements_for_many_tasks_as_for_one(
    context_on: OpenContext, what: str
) -> None:
    """Of so many tasks that one statement for each would be more than there may be; exactly: the file beside this one."""
    do, most = MOST[what]
    add.add(context_on("2024-08-01"), new(), titles(61))
    ids = [str(n) for n in range(1, 62)]
    for some in (ids[:1], ids[1:]):
        assert counted(context_on("2024-08-02"), do, some) <= most
        assert counted(context_on("2024-08-03"), undo.undo, None) <= 41


def test_adding_takes_as_many_statements_for_many_tasks_as_for_one(context_on: OpenContext) -> None:
    for some in ([], titles(200)):
        assert counted(context_on("2024-08-01"), add.add, new(), some) <= 25
    assert counted(context_on(), add.add_from_plan) <= 25
    assert counted(context_on(), undo.undo, None) <= 32


def test_what_is_carried_over_takes_as_many_statements_for_many_tasks(
    context_on: OpenContext, workspace: Path
) -> None:
    next_plan.next_plan(context_on, workspace, 2025)
    context = context_on(next_plan.DAY, plan=next_plan.NEW)
    counts = []
    for some in ([], titles(50)):
        add.add(context_on("2024-07-01", plan=PLAN), new(), some)
        counts.append(counted(context, carry_over.carry_over, PLAN))
        undo.undo(context_on(next_plan.DAY, plan=next_plan.NEW), None)
    assert counts[0] == counts[1] <= 40


# --- many tasks, a part at a time ---


def opening(title: str) -> TaskOpening:
    return TaskOpening(
        area="ND3", activity=None, title=Text(title), due=DueDay("2024-08-10", None), opened_on="2024-07-01",
        parties={Role.LEAD: ("ubdt",), Role.IN_CHARGE: ("An",)}, follows=(),
    )  # fmt: skip


@pytest.mark.no_cover
def test_a_thousand_tasks_are_opened_and_told_of_a_part_at_a_time(context_on: OpenContext) -> None:
    """So an import goes on: `flush` writes what was said so far, and what follows stands beside it."""
    context = context_on("2024-08-01")

    def body(writer: CommandWriter) -> None:
        for first in range(0, 1000, 250):
            for uid in writer.open_tasks([opening(title) for title in titles(1000)[first : first + 250]]):
                writer.update(uid, "2024-07-02", percent=40)
            writer.flush()
        for uid in list(writer.touched):
            writer.update(uid, "2024-07-03", status=Status.DONE)

    counting = Counting(context.db)  # type: ignore[arg-type]
    done = run_command(context._replace(db=counting), "add", body)
    # Of each part: numbers, rows, three tables of facts and two of what follows, two of these with more rows than one
    # statement adds; people and their names once.
    assert counting.statements <= 10 + 4 * (7 + 2) + 4 + 7
    assert [int(task.label) for task in done.tasks] == list(range(1, 1001))
    folded = [task_on(context.db, task.uid, AsOf("2024-08-01")) for task in done.tasks[::250]]
    assert folded == list(done.tasks[::250])
    kept = stood(context.db, PLAN, AsOf("2024-08-01"))
    assert sorted(kept) == sorted(done.tasks)
    assert {(t.status, t.percent, t.completed_on, t.lead) for t in kept} == {
        (Status.DONE, 100, "2024-07-03", ("ubdt",))
    }


@pytest.mark.no_cover
def test_a_thousand_tasks_are_loaded_a_part_at_a_time(context_on: OpenContext) -> None:
    add.add(context_on("2024-07-01"), new(), titles(1000))
    ids = [str(n) for n in range(1, 1001)]
    count = counted(context_on("2024-08-01"), update.update, ids, TypedUpdate(percent="5"))
    assert count <= 25 + 2 * 5  # labels, rows and three kinds of facts for 400 tasks
