"""What every report says of itself."""

from plantrack.model.plan import Plan
from plantrack.model.record import NamedTuple


class Heading(NamedTuple):
    """What every report says of itself."""

    plan: Plan
    as_of: str
    #: The moment asked for, or that of the last recorded command.
    known_at: str | None
    #: Made-up data of a demonstration, which must be labelled wherever it shows.
    is_example: bool
    today: str
