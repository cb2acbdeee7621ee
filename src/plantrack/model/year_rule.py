"""Which year is meant where a day or a period is typed without one."""

from collections.abc import Callable, Iterable
from enum import Enum

from plantrack.errors import Failure
from plantrack.model.days import Period
from plantrack.model.named_tuple import NamedTuple


class YearRule(Enum):
    """Which year is meant where none is written: the one table of it, for every place where days are typed.

    | rule   | typed at                                    | the year                                         |
    | ------ | ------------------------------------------- | ------------------------------------------------ |
    | LATEST | --on --opened --as-of --known-at            | of the latest such day that is not after today   |
    | LATEST | --week --period                             | of the latest such period that has begun         |
    | NEXT   | --due --start                               | the plan's; where that is past, the next to come |
    | PLAN   | filters, annexes, plan files                | the plan's                                       |
    """

    LATEST = 1
    NEXT = 2
    PLAN = 3


class DayContext(NamedTuple):
    """What a text is read against."""

    rule: YearRule
    today: str
    #: The plan's year.
    year: int
    #: A weekday's name looks ahead, not back.
    ahead: bool = False


#: The days of what is written, in a given year.
Made = Callable[[int], Period | None]
#: Each day and each week is found in this many years: leap days can be eight years apart.
_CYCLE = 9


def settled(made: Made, ref: DayContext, text: str, *, fixed: bool) -> Period:
    """Return what is written in the year that is meant; refuse what no calendar has, and what runs backwards."""
    found = made(ref.year) if fixed else _in_year(made, ref)
    if found is None:
        raise Failure("impossible-date", text=text)
    if found.first > found.last:
        raise Failure("bad-range", text=text)
    return found


def _in_year(made: Made, ref: DayContext) -> Period | None:
    """Hold the table of `YearRule`."""
    now = int(ref.today[:4])
    if ref.rule is YearRule.LATEST:
        # The first days of a year's first week or month may lie in the year before.
        return _first(made, range(now + 1, now - _CYCLE, -1), lambda found: found.first <= ref.today)
    of_plan = made(ref.year)
    is_past = of_plan.last < ref.today if of_plan else ref.year < now
    if ref.rule is YearRule.PLAN or not is_past:
        return of_plan
    return _first(made, range(now - 1, now + _CYCLE), lambda found: found.last >= ref.today)


def _first(made: Made, years: Iterable[int], fits: Callable[[Period], bool]) -> Period | None:
    found = map(made, years)
    return next((period for period in found if period and fits(period)), None)
