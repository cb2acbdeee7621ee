"""How often tasks were touched: by it a calendar knows news, so it only ever rises."""

from plantrack.model.history import TaskRevision
from plantrack.services.command_writer import Written
from plantrack.services.task_query import revisions
from plantrack.services.verbs.assign import Roles, assign
from plantrack.services.verbs.edit import Corrections, edit, extend
from plantrack.services.verbs.show import show
from plantrack.services.verbs.undo import undo
from tests.services.helpers import Sit, moment_of, opened, said


def revision(sit: Sit, label: str, known_at: str | None = None) -> TaskRevision:
    """Give the revision of a task, as known at a moment."""
    desk = sit("2024-07-20", **({"known_at": known_at} if known_at else {}))
    (task,) = [shown.task for shown in show(desk, [label]).shown]
    return revisions(desk, [task])[task.uid]


def test_each_command_that_touches_a_task_counts_once(desk_on: Sit) -> None:
    task, other = (
        opened(desk_on, "2024-07-01", due="10/7/2024", lead=("ubdt",)),
        opened(desk_on, "2024-07-01"),
    )
    commands: list[Written] = [
        said(desk_on, "2024-07-02", task, percent="10", result="Đã họp"),
        assign(desk_on("2024-07-03"), [task], Roles(coordinating=("hlhpn",))),
        extend(desk_on("2024-07-04"), [task], "20/7/2024", "chờ"),
        edit(desk_on("2024-07-05"), [task], Corrections(title="Tên", priority="cao", due="21/7/2024")),
        said(desk_on, "2024-07-06", task, "done"),
    ]
    said(desk_on, "2024-07-08", other, percent="5")
    for n, command in enumerate(commands, 2):
        assert revision(desk_on, task, moment_of(command)) == TaskRevision(n, moment_of(command))
    assert revision(desk_on, task) == TaskRevision(6, moment_of(commands[-1]))
    assert revision(desk_on, other).commands == 2


def test_what_is_taken_back_is_news_too(desk_on: Sit) -> None:
    task, other = opened(desk_on, "2024-07-01"), opened(desk_on, "2024-07-01")
    said(desk_on, "2024-07-02", task, "done")
    done = revision(desk_on, task)
    _, taken_back = undo(desk_on("2024-07-03"), None)
    assert taken_back.command
    undone = revision(desk_on, task)
    undo(desk_on("2024-07-04"), taken_back.command.label)
    again = revision(desk_on, task)
    assert [r.commands for r in (done, undone, again)] == [2, 3, 4]
    assert done.last < undone.last < again.last
    assert revision(desk_on, task, done.last) == done
    assert revision(desk_on, task, undone.last) == undone
    assert revision(desk_on, other).commands == 1
