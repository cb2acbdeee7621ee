"""How often tasks were touched: by it a calendar knows news, so it only ever rises."""

from plantrack.model.history import TaskRevision
from plantrack.services.verbs.assign import Roles, assign
from plantrack.services.verbs.edit import Corrections, edit, extend
from plantrack.services.verbs.undo import undo
from plantrack.services.writing.command_rules import CommandResult
from plantrack.store.revisions import revisions_of
from plantrack.store.sqlite.connection import SQLite
from plantrack.store.tasks import find
from tests.support.oracle import as_known
from tests.support.steps import OpenContext, moment_of, opened, said


def revision(db: SQLite, label: str, known_at: str | None = None) -> TaskRevision:
    """Return the revision of a task, as known at a moment."""
    (uid, _) = find(db, [("", int(label))])["", int(label)]
    with as_known(db, known_at):
        return revisions_of(db, [uid])[uid]


def test_each_command_that_touches_a_task_counts_once(context_on: OpenContext, db: SQLite) -> None:
    task, other = (
        opened(context_on, "2024-07-01", due="10/7/2024", lead=("ubdt",)),
        opened(context_on, "2024-07-01"),
    )
    commands: list[CommandResult] = [
        said(context_on, "2024-07-02", task, percent="10", result="Đã họp"),
        assign(context_on("2024-07-03"), [task], Roles(coordinating=("hlhpn",))),
        extend(context_on("2024-07-04"), [task], "20/7/2024", "chờ"),
        edit(context_on("2024-07-05"), [task], Corrections(title="Tên", priority="cao", due="21/7/2024")),
        said(context_on, "2024-07-06", task, "done"),
    ]
    said(context_on, "2024-07-08", other, percent="5")
    for n, command in enumerate(commands, 2):
        assert revision(db, task, moment_of(command)) == TaskRevision(n, moment_of(command))
    assert revision(db, task) == TaskRevision(6, moment_of(commands[-1]))
    assert revision(db, other).commands == 2


def test_what_is_taken_back_is_news_too(context_on: OpenContext, db: SQLite) -> None:
    task, other = opened(context_on, "2024-07-01"), opened(context_on, "2024-07-01")
    said(context_on, "2024-07-02", task, "done")
    done = revision(db, task)
    _, taken_back = undo(context_on("2024-07-03"), None)
    assert taken_back.command
    undone = revision(db, task)
    undo(context_on("2024-07-04"), taken_back.command.label)
    again = revision(db, task)
    assert [r.commands for r in (done, undone, again)] == [2, 3, 4]
    assert done.last < undone.last < again.last
    assert revision(db, task, done.last) == done
    assert revision(db, task, undone.last) == undone
    assert revision(db, other).commands == 1
