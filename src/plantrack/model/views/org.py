"""What `org list` answers."""

from plantrack.model.plan import Organisation
from plantrack.model.record import NamedTuple
from plantrack.model.views.heading import Heading


class OrgLine(NamedTuple):
    """An organisation, with the tasks it leads and coordinates."""

    organisation: Organisation
    lead_open: int
    lead_total: int
    coordinating_total: int
    #: Whether it exists on the as-of day.
    in_force: bool
    #: The ids of those that it succeeded.
    predecessors: tuple[str, ...] = ()


class OrgList(NamedTuple):
    """The organisations of the plan."""

    heading: Heading
    organisations: tuple[OrgLine, ...]
