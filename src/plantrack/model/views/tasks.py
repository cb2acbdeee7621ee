"""What `list` and `show` answer."""

from plantrack.model.counting import Counts
from plantrack.model.free_words import TakenWords
from plantrack.model.history import Update
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.task import Task
from plantrack.model.views.header import ViewHeader
from plantrack.model.views.log import LogEntry
from plantrack.model.views.rows import Rows


class NotedTask(NamedTuple):
    """A task with its last update, and how often its deadline was extended."""

    task: Task
    update: Update | None
    extensions: int


class TaskList(NamedTuple):
    """Tasks that passed a filter, by due day (none last), then number."""

    heading: ViewHeader
    tasks: Rows[Task]
    #: How many there are, also where only the first ones were asked for; None: too many hits to count them.
    total: int | None
    #: The filter as it was read; empty when there was none.
    filter: str
    #: Nearest known words for free text that found nothing.
    near: tuple[str, ...] = ()
    #: How many more would show with `--all`; None: too many hits to count them.
    closed: int | None = 0
    #: Whether there are more than these, for only the first ones were asked for.
    is_cut: bool = False
    #: With notes: the same tasks with what was last said of each.
    noted: Rows[NotedTask] | None = None
    #: Words that were read as a filter.
    taken: tuple[TakenWords, ...] = ()
    #: The counts of all of them, where they were asked for.
    counts: Counts | None = None
    #: Whether the best hits of free words come first; where there are too many, tasks come by due day, uncounted.
    is_ranked: bool = True


class Shown(NamedTuple):
    """A task with what was said of it."""

    task: Task
    updates: tuple[Update, ...]
    #: Withdrawn commands among the updates, each with the undo that took it back.
    withdrawn: dict[str, int]
    #: Its history, where that was asked for.
    history: Rows[LogEntry] | None = None
    #: The plan of the task that it goes on with, and of that which it goes on as.
    plan_before: str | None = None
    plan_after: str | None = None


class ShownTasks(NamedTuple):
    """What `show` answers."""

    heading: ViewHeader
    shown: tuple[Shown, ...]
