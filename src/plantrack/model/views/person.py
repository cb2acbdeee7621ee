"""What `person list` answers."""

from plantrack.model.record import NamedTuple
from plantrack.model.views.heading import Heading


class PersonLine(NamedTuple):
    """A person, with the tasks they are in charge of."""

    name: str
    sort_name: str | None
    organisation: str | None
    open: int
    total: int


class PersonList(NamedTuple):
    """The people who are known."""

    heading: Heading
    people: tuple[PersonLine, ...]
