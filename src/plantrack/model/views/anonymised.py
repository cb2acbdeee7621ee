"""What `person anonymise` answers: what it took out, and where the name still stands."""

from typing import Literal

from plantrack.model.named_tuple import NamedTuple
from plantrack.model.views.header import ViewHeader

#: Where a name may still stand, in the order in which it is told.
StillKind = Literal["namesake", "text", "plan", "plan_file", "git", "backup", "mail"]
STILL_KINDS: tuple[StillKind, ...] = ("namesake", "text", "plan", "plan_file", "git", "backup", "mail")


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
