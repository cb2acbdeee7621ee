"""What reports draw: how a plan went week by week."""

from collections.abc import Sequence

from plantrack.model.named_tuple import NamedTuple
from plantrack.model.plan import Text


class Point(NamedTuple):
    """The plan at the end of a day."""

    day: str
    #: Tasks there were, without those that were dropped; None on a day that has not come.
    total: int | None
    done: int | None
    #: Of the tasks of the as-of day, those whose deadline, as it stands on that day, is not after this one.
    due: int


class Speakers(NamedTuple):
    """The updates of each week, of the whole plan (`key` None) or of what an organisation leads."""

    key: str | None
    title: Text | None
    #: None: there was nothing open to speak of, and nothing was said.
    updates: tuple[int | None, ...]

    @property
    def silent(self) -> int:
        """Count the weeks in which nothing was said of open work."""
        return self.updates.count(0)


class WeeklySeries(NamedTuple):
    """The plan over its year: where it stood at each week's end, and how many updates each week had."""

    as_of: str
    points: tuple[Point, ...]
    #: The weeks that are over by the as-of day, by name (`2024-W29`).
    weeks: tuple[str, ...]
    #: The whole plan first, then each organisation that leads something.
    speakers: tuple[Speakers, ...]
    #: Open tasks that have no deadline, which are in no line of deadlines.
    no_due: int

    @property
    def now(self) -> Point | None:
        """Return the as-of day's point."""
        return next((point for point in reversed(self.points) if point.total is not None), None)


def silent_weeks(weeks: Sequence[str], speakers: Speakers) -> list[str]:
    """Name the weeks in which nothing was said."""
    return [week for week, updates in zip(weeks, speakers.updates, strict=True) if updates == 0]
