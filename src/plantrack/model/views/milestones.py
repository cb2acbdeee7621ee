"""The milestones of the plan, which have a day and no status."""

from plantrack.model.named_tuple import NamedTuple
from plantrack.model.plan import Text
from plantrack.model.views.header import ViewHeader


class PlanMilestone(NamedTuple):
    """A milestone of an activity, with the day on which it is due and the period it was written as, if it was one."""

    day: str
    due_text: str | None
    area: str
    activity: str
    title: Text


class MilestoneList(NamedTuple):
    """What `list --milestones` answers."""

    heading: ViewHeader
    milestones: tuple[PlanMilestone, ...]
    #: The filter as it was read; empty when there was none.
    filter: str
