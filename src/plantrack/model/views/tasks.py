"""What `list`, `show` and `remind` answer."""

from plantrack.model.counting import Counts
from plantrack.model.free_words import TakenWords
from plantrack.model.history import Update
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.plan import Text
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
    """Tasks that passed a filter, in the order that was asked for, else by due day (none last), then number."""

    heading: ViewHeader
    tasks: Rows[Task]
    #: How many there are, also where only the first ones were asked for; None: too many hits to count them.
    total: int | None
    #: The filter as it was read; empty when there was none.
    filter: str
    #: Nearest known words for free text that found nothing.
    near: tuple[str, ...] = ()
    #: Whether the free text, which found nothing, stands in English titles, which were not searched.
    is_in_english: bool = False
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
    #: Whether they are in the order that was meant. Of too many hits of free words the best ones do not come first, but
    #: those that are due first.
    is_ranked: bool = True


class TaskUpdate(NamedTuple):
    """An update with the task that it is of, and the command that took it back."""

    task: Task
    update: Update
    withdrawn_by: int | None = None


class ExportedWork(NamedTuple):
    """All tasks of a plan that passed a filter, and what was said of them that stands."""

    heading: ViewHeader
    tasks: Rows[Task]
    #: Task by task, those of each in their order.
    updates: Rows[TaskUpdate]
    #: The filter as it was read; empty when there was none, and where all may read it.
    filter: str
    #: Whether all may read it: nobody is named, and nothing internal is said.
    is_public: bool
    #: Words that were read as a filter.
    taken: tuple[TakenWords, ...] = ()


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
    #: The labels of all tasks of its series, as they came.
    series: tuple[str, ...] = ()


class ShownTasks(NamedTuple):
    """What `show` answers."""

    heading: ViewHeader
    shown: tuple[Shown, ...]


class ReminderGroup(NamedTuple):
    """What falls due for a person or an organisation, by due day."""

    #: The name of a person, the id of an organisation; None: for tasks that nobody has.
    key: str | None
    title: Text | None
    tasks: Rows[Task]
    overdue: int
    #: Where a letter reaches the person; None: nobody said, or they have left.
    email: str | None = None


class Reminder(NamedTuple):
    """Open work that is overdue, or falls due by a day; work of several stands with each."""

    heading: ViewHeader
    #: `person` or `org`.
    by: str
    days: int
    last_day: str
    groups: tuple[ReminderGroup, ...]
    #: How many tasks there are, each counted once.
    total: int
    overdue: int
    #: The filter as it was read.
    filter: str
    taken: tuple[TakenWords, ...] = ()
