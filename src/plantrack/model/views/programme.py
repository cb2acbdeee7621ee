"""What `progress --programme` answers."""

from plantrack.model.plan import Plan
from plantrack.model.record import NamedTuple
from plantrack.model.views.progress import Progress


class Programme(NamedTuple):
    """The years of a programme side by side: the rows of `progress` are plans, in the order of `plans`."""

    #: Its total counts each piece of work once: a task that was carried over, where it is now.
    progress: Progress
    plans: tuple[Plan, ...]
    #: How many tasks of the rows go on in a later row, and are not in the total.
    carried_on: int
