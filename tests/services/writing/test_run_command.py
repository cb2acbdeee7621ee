"""One command, one transaction: its body may run twice, and what is refused leaves nothing."""

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
from plantrack.services.context import Context
from plantrack.services.verbs import add, assign, edit, indicator, undo, update
from plantrack.services.verbs.plan import carry_over
from plantrack.services.verbs.plan.apply import apply
from plantrack.services.writing.command_rules import TaskOpening
from plantrack.services.writing.command_writer import CommandWriter
from plantrack.services.writing.run_command import run_command
from plantrack.services.writing.status_updates import TypedUpdate
from plantrack.store import stats
from plantrack.store.connection import Connection
from plantrack.store.sqlite.connection import SQLite
from tests.support import next_plan
from tests.support.plan_edits import PLAN
from tests.support.steps import OpenContext, applied, held, labels, refused, with_activity_lines


def new(title: str = "Việc", **given: Any) -> add.NewTask:
    given = {"area": "3", "lead": ("ubdt",), "in_charge": ("An",), "due": "10/8/2024", **given}
    return add.NewTask(title, **given)


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
    lambda c: update.update(c, ["1", "2"], TypedUpdate(percent="40", proposal="x", on="25/7/2024")),
    lambda c: update.update(c, ["1"], TypedUpdate(answered="được"), "done"),
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
    return [_bare(answer) for answer in answers], [
        _bare(line) for line in held(db) if 'INTO "seal"' not in line and 'INTO "salt"' not in line
    ]


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
        writer.open_tasks(
            [
                TaskOpening(
                    area="ND3",
                    activity=None,
                    title=Text("Một"),
                    due=DueDay(None, None),
                    opened_on="2024-07-01",
                    parties={},
                    follows=(),
                )
            ]
        )
        writer.flush()
        raise Failure("nothing-to-add")

    with refused("nothing-to-add"):
        run_command(context_on("2024-08-01"), "add", body)
    assert held(db) == before


def test_nothing_is_recorded_in_what_went_elsewhere_while_it_was_waited(
    context_on: OpenContext, db: Connection, workspace: Path
) -> None:
    at = context_on("2024-08-01")
    with db.atomic():
        stats.put_told(db, "moved", to="kh.db", moment="2024-08-01T02:00:00.000Z", by="An")
    before = held(db)
    with refused("database-moved"):
        add.add(at, new())
    with refused("database-moved"):
        apply(db, [workspace / PLAN], workspace, "An")
    assert held(db) == before
