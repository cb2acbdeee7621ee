"""What `progress` answers."""

from plantrack.model.counting import Counts
from plantrack.model.free_words import TakenWords
from plantrack.model.plan import Text
from plantrack.model.record import NamedTuple
from plantrack.model.task import Task
from plantrack.model.views.heading import Heading
from plantrack.model.views.series import Series


class ProgressRow(NamedTuple):
    """A row of the progress table; key none: the tasks that have none of what the rows are by."""

    key: str | None
    title: Text | None
    tasks: tuple[Task, ...]
    counts: Counts
    #: By organisation only: what it coordinates (`tasks` and `counts` are what it leads).
    coordinated: tuple[Task, ...] = ()
    coordinating: Counts | None = None


class Progress(NamedTuple):
    """The progress table."""

    heading: Heading
    #: area, activity, org, person or month.
    by: str
    rows: tuple[ProgressRow, ...]
    total: Counts
    tasks: tuple[Task, ...]
    filter: str
    #: By month only: the figures of the picture under the table.
    series: Series | None = None
    #: Words that were read as a filter.
    taken: tuple[TakenWords, ...] = ()
    #: Nearest known words for free text that found nothing.
    near: tuple[str, ...] = ()
