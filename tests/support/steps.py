"""Short words for what service tests do: open a task, say something of it, look at it on a day, be refused."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from plantrack.errors import Failure
from plantrack.model.task import Task
from plantrack.model.views.weekly import SummaryItem, Weekly
from plantrack.services.context import Context
from plantrack.services.verbs.add import NewTask, add
from plantrack.services.verbs.plan.apply import Applied, apply
from plantrack.services.verbs.show import show
from plantrack.services.verbs.update import update
from plantrack.services.verbs.weekly import weekly
from plantrack.services.writing.command_rules import CommandResult
from plantrack.services.writing.status_updates import TypedUpdate
from plantrack.store.commands import Command
from plantrack.store.connection import Connection
from plantrack.store.sqlite.connection import SQLite
from tests.support.oracle import all_commands
from tests.support.whole import whole

#: The fixture `context_on`.
OpenContext = Callable[..., Context]

PLAN = "kh-468-2024"
PLAN_FILE = f"plans/{PLAN}.yaml"


def opened(sit: OpenContext, day: str, title: str = "Việc", **given: Any) -> str:
    """Add a task on a day (in area 3, unless it is said), and give its label."""
    if "activity" not in given:
        given.setdefault("area", "3")
    return add(sit(day), NewTask(title, **given)).tasks[0].label


def said(sit: OpenContext, day: str, task: str, verb: str = "update", **report: Any) -> CommandResult:
    """Record a status update on a day."""
    return update(sit(day), [task], TypedUpdate(**report), verb)


def stood(
    sit: OpenContext,
    task: str,
    as_of: str | None = None,
    known_at: str | None = None,
    plan: str | None = None,
) -> Task:
    """Return a task as it stands, or as it stood on a day, as known then."""
    asked = {name: text for name, text in (("as_of", as_of), ("known_at", known_at), ("plan", plan)) if text}
    return show(sit(**asked), [task]).shown[0].task


def moment_of(done: CommandResult) -> str:
    """Return the moment of a command, to ask what was known at it."""
    return command_of(done).recorded_at


def command_of(done: CommandResult) -> Command:
    """Return the command that recorded something."""
    assert done.command is not None
    return done.command


def command_uids(db: Connection, *numbers: int) -> list[str]:
    """Return what facts name commands by."""
    by_number = {command.number: command.uid for command in all_commands(db)}
    return [by_number[number] for number in numbers]


def labels(tasks: Iterable[Task]) -> list[str]:
    """Return labels, in their order."""
    return [task.label for task in tasks]


def notes(done: CommandResult) -> list[str]:
    """Return the codes of what the person was told, but for its day: the clock goes back; most tasks here have one title."""
    return [n.code for n in done.notes if n.code not in ("for-day", "clock-behind", "same-title")]


@contextmanager
def refused(code: str) -> Iterator[pytest.ExceptionInfo[Failure]]:
    """Expect a refusal with a code."""
    with pytest.raises(Failure) as caught:
        yield caught
    assert caught.value.code == code, caught.value


def held(db: Connection) -> list[str]:
    """Return all that a database holds, to see that nothing changed."""
    if isinstance(db, SQLite):
        return list(db.driver.iterdump())
    each = (f"SELECT '{table}' AS held_in, CAST(t AS TEXT) AS held FROM {table} t" for table in db.tables())
    return sorted(f"{table} {row}" for table, row in db.query(" UNION ALL ".join(each)))


def rewritten(workspace: Path, *swaps: tuple[str, str]) -> Path:
    """Change texts of the plan file; each must be there."""
    file = workspace / PLAN_FILE
    text = file.read_text("utf-8")
    for old, new in swaps:
        assert old in text, old
        text = text.replace(old, new, 1)
    file.write_text(text, "utf-8")
    return file


def applied(sit: OpenContext, day: str, workspace: Path, *swaps: tuple[str, str], **how: Any) -> Applied:
    """Change the plan file and carry it into the database on a day."""
    file = rewritten(workspace, *swaps)
    context = sit(day)
    return apply(context.db, [file], workspace, context.author, lambda: context.now, **how).applied[0]


def with_activity_lines(code: str, *lines: str) -> tuple[str, str]:
    """Return the change of the plan file that adds lines to an activity."""
    head = f'      - code: "{code}"\n'
    return head, head + "".join(f"        {line}\n" for line in lines)


#: The week of the summaries, 15/7 – 21/7/2024 (2024-W29): a day before it, its Sunday, the Monday after.
BEFORE, SUNDAY, MONDAY = "2024-07-01", "2024-07-21", "2024-07-22"


def summed(sit: OpenContext, *terms: str, on: str = MONDAY, week: str = "last", **asked: str) -> Weekly:
    """Sum up a week, on the Monday after 2024-W29 unless it is said."""
    return whole(weekly(sit(on, **asked), terms, week))


def tasks_of(items: Iterable[SummaryItem]) -> list[str]:
    """Return the labels of the tasks of a section."""
    return labels(i.task for i in items)
