"""What `person` and `org` answer."""

from typing import Literal

from plantrack.model.named_tuple import NamedTuple
from plantrack.model.people.person import Person
from plantrack.model.plan import Organisation
from plantrack.model.views.header import ViewHeader

#: Where a name may still stand, in the order in which it is told.
StillKind = Literal["namesake", "text", "plan", "plan_file", "git", "backup", "mail"]
STILL_KINDS: tuple[StillKind, ...] = ("namesake", "text", "plan", "plan_file", "git", "backup", "mail")


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


class StillNamed(NamedTuple):
    """A place where a name still stands, or may."""

    kind: StillKind
    task: str | None = None
    command: str | None = None
    field: str | None = None
    name: str | None = None
    file: str | None = None
    #: What was sent, and of which period.
    report: str | None = None
    period: str | None = None
    #: How many of its kind.
    number: int | None = None


class Anonymised(NamedTuple):
    """A person who was taken out, or would be."""

    heading: ViewHeader
    #: Their name, as it is now.
    person: str
    #: The label of the command; None: nothing was changed.
    command: str | None
    tasks: int
    commands: int
    told: int
    #: Their names that somebody else has too.
    shared: tuple[str, ...]
    still: tuple[StillNamed, ...]
    #: Whether nothing is left in what the engine sets free.
    is_swept: bool = True
    #: What stands for the name now, where it was taken out.
    hidden: str = ""
