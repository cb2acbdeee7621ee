"""Due days for a calendar."""

from plantrack.model.record import NamedTuple


class Event(NamedTuple):
    """A day on which something is due."""

    #: The same in every report made of the same database, for ever.
    uid: str
    day: str
    title: str
    description: str
    #: When it was made, as moments are kept; a calendar takes a later one for news.
    changed_at: str
    categories: tuple[str, ...] = ()
    #: Whether nothing is due there any more.
    cancelled: bool = False
    #: How often it was changed before, and when last.
    sequence: int = 0
    modified_at: str | None = None


class Calendar(NamedTuple):
    """The due days of a list of tasks."""

    title: str
    events: tuple[Event, ...]
