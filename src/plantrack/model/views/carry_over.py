"""What `plan carry-over` answers."""

from plantrack.model.plan import Plan
from plantrack.model.record import NamedTuple
from plantrack.model.task import Task
from plantrack.model.views.heading import Heading


class Remark(NamedTuple):
    """What is other than before for a task that is carried over: `carry.CODE` with its parameters."""

    code: str
    params: dict[str, str]


class Carried(NamedTuple):
    """A task of the old plan, and what it is in the new one (there with the label of the old one)."""

    old: Task
    new: Task
    remarks: tuple[Remark, ...]


class CarryOver(NamedTuple):
    """The unfinished tasks of one plan that go on in the next."""

    #: Of the new plan.
    heading: Heading
    old: Plan
    day: str
    tasks: tuple[Carried, ...]
