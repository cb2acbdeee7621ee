"""What `list` answers."""

from plantrack.model.record import NamedTuple
from plantrack.model.task import Task
from plantrack.model.views.heading import Heading


class TaskList(NamedTuple):
    """Tasks that passed a filter, by due day (none last), then number."""

    heading: Heading
    tasks: tuple[Task, ...]
    #: The filter as it was read; empty when there was none.
    filter: str
    #: Nearest known words for free text that found nothing.
    near: tuple[str, ...] = ()
    #: How many more would show with `--all`.
    closed: int = 0
