"""How tasks went over time, counted at the ends of weeks: one pass over what happened to each."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import accumulate

from plantrack.model.days import add_days, week_of
from plantrack.model.history import StateChange, work_on
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.status import OPEN, Status
from plantrack.model.views.chart_series import Point

#: From so many weeks on, the ends of months are enough.
MOST_WEEKS = 66


#: From which day on a task was what: open again (`not_started` stands for every open status), done, dropped …
Turns = tuple[tuple[str, Status], ...]


class Life(NamedTuple):
    """What became of a task; it is opened as open work."""

    opened_on: str
    due: str | None
    lead: tuple[str, ...]
    turns: Turns = ()


def week_ends(first: str, last: str, as_of: str) -> list[str]:
    """Return each Sunday from `first` to `last`, both of these days' weeks cut at `last`, and the as-of day."""
    days, day = [], week_of(first).last
    while day < last:
        days.append(day)
        day = add_days(day, 7)
    if len(days) > MOST_WEEKS:
        days = _month_ends(first, last)
    return sorted({*days, last, *([as_of] if first <= as_of < last else [])})


def _month_ends(first: str, last: str) -> list[str]:
    years = range(int(first[:4]), int(last[:4]) + 1)
    starts = [f"{year}-{month:02}-01" for year in years for month in range(1, 13)]
    return [end for start in starts if first <= (end := add_days(start, -1)) < last]


def turns_of(steps: Sequence[StateChange], day: str) -> Turns:
    """Fold a task's steps into its turns up to a day; steps are few where there is more than one turn."""
    days = sorted({step.on for step in steps if step.on <= day})
    turns: list[tuple[str, Status]] = []
    before = Status.NOT_STARTED
    for on in days:
        status = work_on(steps, on).status
        now = Status.NOT_STARTED if status in OPEN else status
        if now is not before:
            turns.append((on, now))
        before = now
    return tuple(turns)


def burn_up(lives: Iterable[Life], days: Sequence[str], as_of: str) -> tuple[Point, ...]:
    """Count at the end of each day how many tasks there were, were done, and had their deadline."""
    total, done, due = ([0] * (len(days) + 1) for _ in range(3))
    for opened_on, due_on, _, turns in lives:
        before, opened = Status.NOT_STARTED, bisect_left(days, opened_on)
        total[opened] += 1
        for on, status in turns:
            place = max(opened, bisect_left(days, on))
            total[place] += (before is Status.DROPPED) - (status is Status.DROPPED)
            done[place] += (status is Status.DONE) - (before is Status.DONE)
            before = status
        if due_on is not None and before is not Status.DROPPED:
            due[bisect_left(days, due_on)] += 1
    sums = zip(days, accumulate(total), accumulate(done), accumulate(due), strict=False)
    return tuple(Point(d, t, n, m) if d <= as_of else Point(d, None, None, m) for d, t, n, m in sums)


class Weeks:
    """The whole weeks of a plan's year, and where a day lies among them."""

    def __init__(self, first: str, last: str) -> None:
        self.names: list[str] = []
        self.ends: list[str] = []
        week = week_of(first)
        while week.last <= last:
            self.names.append(week.name)
            self.ends.append(week.last)
            week = week_of(week.end)
        self.first = week_of(first).first

    def place(self, day: str) -> int:
        """Return the place of a day's week; that of a day after them all is their number."""
        return bisect_left(self.ends, day)


def open_in(lives: Iterable[Life], weeks: Weeks) -> list[int]:
    """Count for each week the tasks, of some, that were open in it."""
    change = [0] * (len(weeks.ends) + 2)
    for opened_on, _, _, turns in lives:
        was_open, opened = True, weeks.place(opened_on)
        change[opened] += 1
        for on, status in turns:
            # It was still open in the week in which it was closed.
            place, is_open = max(opened, weeks.place(on)), status is Status.NOT_STARTED
            change[place if is_open else place + 1] += is_open - was_open
            was_open = is_open
    return list(accumulate(change[: len(weeks.ends)]))


def weeks_heard(spoken: Sequence[int], open_ones: Sequence[int]) -> tuple[int | None, ...]:
    """Return the updates of each week; None where no task was open and nothing was said."""
    return tuple(n if n or is_open else None for n, is_open in zip(spoken, open_ones, strict=True))
