"""What `report` answers."""

from plantrack.model.counting import Counts
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.plan import Plan, Text
from plantrack.model.views.indicator import IndicatorList
from plantrack.model.views.money import MoneyTable
from plantrack.model.views.rows import Rows
from plantrack.model.views.weekly import SummaryItem, Weekly


class Compared(NamedTuple):
    """Another period beside that of the report."""

    #: `before` or `last_year`.
    kind: str
    period: str
    first_day: str
    last_day: str
    #: The plan of that time, and its numbers at the end of the period; None where there is no data.
    plan: Plan | None = None
    counts: Counts | None = None
    #: How many tasks were finished in it, and opened.
    finished: int = 0
    opened: int = 0
    #: Whether the filter means something else in the plan of that time.
    other_filter: bool = False


class MatrixRow(NamedTuple):
    """An activity that has tasks (None: tasks without one), and its counts by lead organisation."""

    code: str | None
    title: Text | None
    #: By the id of the organisation; None: those that nobody leads.
    cells: dict[str | None, Counts]
    #: Each task once, however many lead it.
    total: Counts


class Matrix(NamedTuple):
    """Activities by lead organisations."""

    #: By name; None, the last: nobody leads.
    organisations: tuple[str | None, ...]
    rows: tuple[MatrixRow, ...]
    #: By organisation: its tasks of all activities.
    totals: dict[str | None, Counts]
    total: Counts
    #: Whether they are taken together by their parents, else they are as assigned.
    rolled_up: bool = False


class PeriodReport(NamedTuple):
    """The report of a month, quarter, half, nine months or year."""

    #: What it has in common with a weekly summary; of each task with news, its last result.
    digest: Weekly
    #: `official` or `civil`, and the day on which its months close (the last one for the latter).
    calendar: str
    closing_day: int
    #: Whether the period is over on the day of the figures.
    is_closed: bool
    #: Tasks that were finished in the period, and those with a result that were not.
    finished: Rows[SummaryItem]
    going_on: Rows[SummaryItem]
    #: How many tasks were finished in the period, and how they stand against their deadlines.
    finished_counts: Counts
    #: How many tasks were opened in the period.
    opened: int
    #: How often the deadline of a task was extended up to the last day, by uid; not at all: absent.
    extensions: dict[str, int]
    before: Compared | None
    last_year: Compared
    matrix: Matrix
    indicators: IndicatorList | None = None
    #: None: nobody said anything of money.
    money: MoneyTable | None = None
