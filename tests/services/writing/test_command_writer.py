"""A command in batches: as many statements for many tasks as for one; its body may run twice; chunk by chunk is the same."""

import contextlib
import re
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from plantrack.errors import Failure
from plantrack.model.days import DueDay
from plantrack.model.plan import Text
from plantrack.model.status import Role, Status
from plantrack.services.context import AsOf, Context
from plantrack.services.verbs import add, assign, edit, indicator, undo, update
from plantrack.services.verbs.plan import carry_over
from plantrack.services.writing.command_rules import TaskOpening
from plantrack.services.writing.command_writer import CommandWriter, run_command
from plantrack.store.connection import ManyParams, Params, Row, SQLite
from tests.support import next_plan
from tests.support.oracle import stood, task_on
from tests.support.steps import PLAN, OpenContext, applied, held, labels, refused, with_activity_lines


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

    def executemany(self, sql: str, rows: ManyParams) -> None:
        batch: list[Any] = list(rows)
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
    "update": (lambda c, ids: update.update(c, ids, update.TypedUpdate(percent="40", result="x")), 25),
    "answered": (lambda c, ids: update.update(c, ids, update.TypedUpdate(answered="x", proposal="y")), 25),
    "backdated": (lambda c, ids: update.update(c, ids, update.TypedUpdate(result="x", on="20/7/2024")), 25),
    "done": (lambda c, ids: update.update(c, ids, update.TypedUpdate(), "done"), 25),
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


@pytest.mark.parametrize("what", MOST)
def test_a_command_and_its_undo_take_as_many_statements_for_200_tasks_as_for_one(
    context_on: OpenContext, what: str
) -> None:
    do, most = MOST[what]
    add.add(context_on("2024-08-01"), new(), titles(201))
    ids = [str(n) for n in range(1, 202)]
    for some in (ids[:1], ids[1:]):
        assert counted(context_on("2024-08-02"), do, some) <= most
        assert counted(context_on("2024-08-03"), undo.undo, None) <= 35


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


# --- a body that runs twice ---


class Aborted(Exception):
    """The server asks for the transaction again."""


@pytest.fixture
def twice(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Run the body of each command twice: the first transaction is taken back at its end."""
    ran: list[str] = []

    def run(context: Context, verb: str, body: Callable[[CommandWriter], None], *others: Context) -> Any:
        ran.append(verb)
        with pytest.raises(Aborted), context.db.atomic():
            run_command(context, verb, body, *others)
            raise Aborted
        return run_command(context, verb, body, *others)

    for module in (add, assign, edit, indicator, undo, update, carry_over):
        monkeypatch.setattr(module, "run_command", run)
    return ran


INDICATOR = 'indicators: [{id: "ct", title: "Lớp", unit: "lớp"}]'
MEASURED = indicator.Measurement("ct", "5", "2024-Q2")
#: One command of each kind, in the order in which they are given.
COMMANDS: list[Callable[[Context], Any]] = [
    lambda c: add.add(c, new(), ["Một", "Hai", "Một"]),
    add.add_from_plan,
    lambda c: update.update(c, ["1", "2"], update.TypedUpdate(percent="40", proposal="x", on="25/7/2024")),
    lambda c: update.update(c, ["1"], update.TypedUpdate(answered="được"), "done"),
    lambda c: assign.assign(c, ["2", "3"], assign.Roles(in_charge=("Bình",), coordinating=("hlhpn",))),
    lambda c: assign.unassign(c, ["2"], assign.Roles(in_charge=("An",))),
    lambda c: edit.edit(c, ["2", "3"], edit.Corrections(title="Khác", activity="3.1", due="12/8/2024")),
    lambda c: edit.extend(c, ["2"], "31/8/2024", "chờ"),
    lambda c: edit.remove(c, ["3"], "nhầm"),
    lambda c: indicator.record(c, MEASURED),
    lambda c: undo.undo(c, "c8"),
    lambda c: undo.undo(c, None),
]


def played(sit: OpenContext, db: SQLite) -> tuple[list[str], list[str]]:
    """Give the commands; return what they answered and what the database holds, without what no two runs share."""
    answers = [repr(do(sit("2024-08-01"))) for do in COMMANDS]
    return [_bare(answer) for answer in answers], [_bare(line) for line in held(db)]


def _bare(text: str) -> str:
    return re.sub("[0-9A-HJKMNP-TV-Z]{26}", "UID", text)


def test_a_body_that_runs_twice_leaves_the_same_facts(
    context_on: OpenContext, db: SQLite, workspace: Path, request: pytest.FixtureRequest
) -> None:
    applied(context_on, "2024-03-26", workspace, with_activity_lines("ND3.1", INDICATOR))
    with contextlib.closing(sqlite3.connect(":memory:")) as before:
        db.driver.backup(before)
        once = played(context_on, db)
        before.backup(db.driver)
    ran = request.getfixturevalue("twice")
    assert played(context_on, db) == once
    assert len(ran) == len(COMMANDS)


@pytest.mark.usefixtures("twice")
def test_a_carry_over_that_runs_twice_opens_each_task_once(context_on: OpenContext, workspace: Path) -> None:
    next_plan.next_plan(context_on, workspace, 2025)
    task = next_plan.opened(context_on)
    made = next_plan.carried(context_on)
    assert labels(made.tasks) == ["2"]
    assert next_plan.stood(context_on, task).carried_to == "2"


def test_what_is_refused_leaves_nothing(context_on: OpenContext, db: SQLite) -> None:
    before = held(db)

    def body(writer: CommandWriter) -> None:
        writer.open_tasks([opening("Một")])
        writer.flush()
        raise Failure("nothing-to-add")

    with refused("nothing-to-add"):
        run_command(context_on("2024-08-01"), "add", body)
    assert held(db) == before


# --- many tasks, a part at a time ---


def opening(title: str) -> TaskOpening:
    return TaskOpening(
        area="ND3", activity=None, title=Text(title), due=DueDay("2024-08-10", None), opened_on="2024-07-01",
        parties={Role.LEAD: ("ubdt",), Role.IN_CHARGE: ("An",)}, follows=(),
    )  # fmt: skip


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
    # Of each part: numbers, rows, three tables of facts and two of what follows; people and their
    # names once.
    assert counting.statements <= 10 + 4 * 7 + 4
    assert [int(task.label) for task in done.tasks] == list(range(1, 1001))
    folded = [task_on(context.db, task.uid, AsOf("2024-08-01")) for task in done.tasks[::250]]
    assert folded == list(done.tasks[::250])
    kept = stood(context.db, PLAN, AsOf("2024-08-01"))
    assert sorted(kept) == sorted(done.tasks)
    assert {(t.status, t.percent, t.completed_on, t.lead) for t in kept} == {
        (Status.DONE, 100, "2024-07-03", ("ubdt",))
    }


def test_a_thousand_tasks_are_loaded_a_part_at_a_time(context_on: OpenContext) -> None:
    add.add(context_on("2024-07-01"), new(), titles(1000))
    ids = [str(n) for n in range(1, 1001)]
    count = counted(context_on("2024-08-01"), update.update, ids, update.TypedUpdate(percent="5"))
    assert count <= 25 + 2 * 5  # labels, rows and three kinds of facts for 400 tasks
