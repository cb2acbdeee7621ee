"""What `plan new` answers."""

from plantrack.model.record import NamedTuple


class NewPlan(NamedTuple):
    """The draft of a plan that was written."""

    plan: str
    year: int
    language: str
    areas: int
    activities: int
    #: Fields that a person must fill in.
    to_fill: int
    #: Other remarks of the draft that a person should look at.
    to_check: int
    #: Organisations and places with those that stand in their place.
    replaced: tuple[tuple[str, str], ...]
