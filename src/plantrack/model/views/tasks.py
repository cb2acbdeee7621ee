"""What `list` and `show` answer."""

from plantrack.model.free_words import TakenWords
from plantrack.model.history import Update
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.task import Task
from plantrack.model.views.header import ViewHeader
from plantrack.model.views.log import LogEntry
from plantrack.model.views.rows import Rows


class TaskList(NamedTuple):
    """Tasks that passed a filter, by due day (none last), then number."""

    heading: ViewHeader
    tasks: Rows[Task]
    #: The filter as it was read; empty when there was none.
    filter: str
    #: Nearest known words for free text that found nothing.
    near: tuple[str, ...] = ()
    #: How many more would show with `--all`.
    closed: int = 0
    #: With notes: the last update of each task, and how often its deadline was extended, by uid.
    with_notes: bool = False
    updates: dict[str, Update] | None = None
    extensions: dict[str, int] | None = None
    #: Words that were read as a filter.
    taken: tuple[TakenWords, ...] = ()


class Shown(NamedTuple):
    """A task with its history."""

    task: Task
    updates: tuple[Update, ...]
    #: Withdrawn commands among the updates, each with the undo that took it back.
    withdrawn: dict[str, int]
    entries: tuple[LogEntry, ...]
    #: The plan of the task that it goes on with, and of that which it goes on as.
    plan_before: str | None = None
    plan_after: str | None = None


class ShownTasks(NamedTuple):
    """What `show` answers."""

    heading: ViewHeader
    shown: tuple[Shown, ...]
