"""What `show` answers."""

from plantrack.model.history import Update
from plantrack.model.record import NamedTuple
from plantrack.model.task import Task
from plantrack.model.views.heading import Heading
from plantrack.model.views.log import LogEntry


class Shown(NamedTuple):
    """A task with its history."""

    task: Task
    updates: tuple[Update, ...]
    #: Withdrawn commands among the updates, each with the undo that took it back.
    withdrawn: dict[int, int]
    entries: tuple[LogEntry, ...]
    #: The plan of the task that it goes on with, and of that which it goes on as.
    plan_before: str | None = None
    plan_after: str | None = None


class ShownTasks(NamedTuple):
    """What `show` answers."""

    heading: Heading
    shown: tuple[Shown, ...]
