"""What `progress` answers, of a plan and of a programme."""

from plantrack.model.counting import Counts
from plantrack.model.free_words import TakenWords
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.plan import Plan, Text
from plantrack.model.task import Task
from plantrack.model.views.chart_series import WeeklySeries
from plantrack.model.views.header import ViewHeader
from plantrack.model.views.milestones import PlanMilestone
from plantrack.model.views.rows import Rows


class ProgressRow(NamedTuple):
    """A row of the progress table; without a key: the tasks that have nothing of what the rows are by."""

    key: str | None
    title: Text | None
    tasks: Rows[Task]
    counts: Counts
    #: By organisation and level only: what they coordinates (`tasks` and `counts` are what it leads).
    coordinated: Rows[Task] = ()
    coordinating: Counts | None = None
    #: How many are in progress and overdue, which a bar shows as overdue.
    in_progress_overdue: int = 0


class Progress(NamedTuple):
    """The progress table."""

    heading: ViewHeader
    #: area, activity, org, level, person, place or month.
    by: str
    rows: tuple[ProgressRow, ...]
    #: The last row: each task once.
    total_row: ProgressRow
    #: How many open tasks are due on the as-of day.
    open_due_today: int
    filter: str
    #: By month only: the figures of the picture under the table.
    series: WeeklySeries | None = None
    #: Words that were read as a filter.
    taken: tuple[TakenWords, ...] = ()
    #: Nearest known words for free text that found nothing.
    near: tuple[str, ...] = ()
    #: All milestones of the plan.
    milestones: tuple[PlanMilestone, ...] = ()
    #: Whether organisations are taken together by their parents, places by their regions.
    rolled_up: bool = False

    @property
    def has_sides(self) -> bool:
        """Return whether what is led and what is coordinated are counted apart."""
        return self.by in ("org", "level")

    @property
    def total(self) -> Counts:
        """Return the counts of all tasks."""
        return self.total_row.counts

    @property
    def tasks(self) -> Rows[Task]:
        """Return all tasks that are counted."""
        return self.total_row.tasks


class Programme(NamedTuple):
    """The years of a programme side by side: the rows of `progress` are plans, in the order of `plans`."""

    #: Its total counts each piece of work once: a task that was carried over, where it is now.
    progress: Progress
    plans: tuple[Plan, ...]
    #: How many tasks of the rows go on in a later row, and are not in the total.
    carried_on: int
