"""What `person list` and `org list` answer."""

from plantrack.model.named_tuple import NamedTuple
from plantrack.model.people.person import Person
from plantrack.model.plan import Organisation
from plantrack.model.views.header import ViewHeader


class PersonLine(NamedTuple):
    """A person, with the tasks they are in charge of."""

    person: Person
    open: int = 0
    total: int = 0


class PersonList(NamedTuple):
    """The people who are known."""

    heading: ViewHeader
    people: tuple[PersonLine, ...]


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
    email: str | None = None
    #: Whether the plan has it, and not only the database.
    in_plan: bool = True


class OrgList(NamedTuple):
    """The organisations of the plan, and those that it does not have yet."""

    heading: ViewHeader
    organisations: tuple[OrgLine, ...]
