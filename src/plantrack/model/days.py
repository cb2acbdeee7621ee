"""Days and periods in the one form that is kept; what people type for them is read in `typed.days`.

A day is ISO text (`2024-07-18`), so that days compare as text.
"""

import re
from datetime import date, timedelta

from plantrack.model.named_tuple import NamedTuple

_YEARS = range(1900, 2200)
#: The closing day of the calendar on the wall: the last of each month.
CIVIL = 31
#: The day that spreadsheets count from.
SPREADSHEET_ZERO = date(1899, 12, 30)
_NAME = re.compile("[0-9]{4}(-(W[0-9]{2}|[0-9]{2}|Q[1-4]|H[12]|9M))?")


def valid_day(text: str) -> bool:
    """Return whether `text` is a day in the form that is kept."""
    if len(text) != 10 or text[4] != "-" or text[7] != "-" or not text.isascii():
        return False
    try:
        return date.fromisoformat(text).year in _YEARS
    except ValueError:
        return False


def iso_day(year: int, month: int, day: int) -> str | None:
    """Return a day in the form that is kept, None for one that no calendar has."""
    try:
        return date(year, month, day).isoformat() if year in _YEARS else None
    except ValueError:
        return None


def add_days(day: str, n: int) -> str:
    """Return the day `n` days after `day`."""
    return (date.fromisoformat(day) + timedelta(n)).isoformat()


def days_between(first: str, last: str) -> int:
    """Count the days from `first` to `last`, below 0 when `last` is the earlier."""
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def weekday(day: str) -> int:
    """Return the day of the week, Monday 0."""
    return date.fromisoformat(day).weekday()


class Period(NamedTuple):
    """A named period of days, both ends included."""

    name: str
    first: str
    last: str

    @property
    def end(self) -> str:
        """Return the day after the last, for half-open comparison."""
        return add_days(self.last, 1)

    def holds(self, day: str | None) -> bool:
        """Return whether there is a day and it lies in the period."""
        return day is not None and self.first <= day <= self.last


def civil_period(name: str) -> Period | None:
    """Return the period by the calendar on the wall: `2024-W29`, `-07`, `-Q3`, `-H1`, `-9M`, `2024`."""
    return _period(name, CIVIL) if _NAME.fullmatch(name) and int(name[:4]) in _YEARS else None


def period_last_day(name: str) -> str | None:
    """Return the last day of a civil period."""
    period = civil_period(name)
    return period and period.last


def closed_period(name: str, closing_day: int) -> Period:
    """Return the months of a period that close on a day of theirs (the last one for a day they do not have), or a week."""
    period = _period(name, closing_day) if _NAME.fullmatch(name) else None
    if period is None:
        raise ValueError(name)
    return period


def _period(name: str, closing_day: int) -> Period | None:
    year, part = int(name[:4]), name[5:]
    return _week(year, int(part[1:])) if part[:1] == "W" else _months(name, year, part, closing_day)


def _months(name: str, year: int, part: str, closing_day: int) -> Period | None:
    before, last = _span(part)
    if last > 12 or last == 0:
        return None
    first = add_days(_close(year, before, closing_day), 1)
    return Period(name, first, _close(year, last, closing_day))


def _span(part: str) -> tuple[int, int]:
    """Return the month before the first one, and the last one."""
    if part in ("", "9M"):
        return 0, 9 if part else 12
    length = {"Q": 3, "H": 6}.get(part[0], 1)
    last = int(part.lstrip("QH")) * length
    return last - length, last


def _close(year: int, month: int, closing_day: int) -> str:
    """Return the day a month closes; month 0 is December of the year before."""
    if month == 0:
        year, month = year - 1, 12
    following = date(year + month // 12, month % 12 + 1, 1)
    last = following - timedelta(1)
    return last.replace(day=min(closing_day, last.day)).isoformat()


def _week(year: int, number: int) -> Period | None:
    try:
        return week_of(date.fromisocalendar(year, number, 1).isoformat())
    except ValueError:
        return None


def week_of(day: str) -> Period:
    """Return the ISO week that holds `day`."""
    year, number, place = date.fromisoformat(day).isocalendar()
    monday = add_days(day, 1 - place)
    return Period(f"{year}-W{number:02}", monday, add_days(monday, 6))


def shifted(name: str, n: int) -> str:
    """Name the period of the same length `n` places later; after nine months comes the year's last quarter.

    Before nine months come those of the year before: they overlap with every other nine months of their year.
    """
    year, part = int(name[:4]), name[5:]
    if week := part[:1] == "W" and _week(year, int(part[1:])):
        return week_of(add_days(week.first, 7 * n)).name
    if part == "9M" and n > 0:
        return f"{year:04}-Q4"
    if part in ("", "9M"):
        return f"{year + n:04}{name[4:]}"
    sign = part.rstrip("0123456789")
    length = {"Q": 4, "H": 2}.get(sign, 12)
    years, place = divmod(int(part.removeprefix(sign)) - 1 + n, length)
    return f"{year + years:04}-" + (f"{sign}{place + 1}" if sign else f"{place + 1:02}")


#: By how many months a step of recurring work goes on.
_STEPS = {"month": 1, "quarter": 3, "half": 6, "year": 12}


def next_due(due: str, every: str, rhythm: str, closing_day: int) -> str:
    """Return the due day one step (the value of an `Every`) after one; `rhythm`: as `rhythm_of` gives it.

    The end of a month stays one, and 30/1 is followed by 28/2 and 30/3: no day drifts.
    """
    if every == "week":
        return add_days(due, 7)
    year, month = int(due[:4]), int(due[5:7])
    if every == "closing":
        this = _close(year, month, closing_day)
        return this if this > due else _months_later(year, month, 1, closing_day)
    return _months_later(year, month, _STEPS[every], _place_in_month(rhythm_of(due, rhythm)))


def rhythm_of(due: str, rhythm: str | None) -> str:
    """Return the day whose place in its month the steps after a due day keep.

    It is the one known before, where the due day is what its month has of it; else the due day itself.
    """
    if rhythm is None or _close(int(due[:4]), int(due[5:7]), _place_in_month(rhythm)) != due:
        return due
    return rhythm


def _place_in_month(day: str) -> int:
    """Return which day of its month one is; of each last day that it is the last one."""
    return CIVIL if add_days(day, 1)[8:] == "01" else int(day[8:])


def _months_later(year: int, month: int, n: int, place: int) -> str:
    years, before = divmod(month - 1 + n, 12)
    return _close(year + years, before + 1, place)


class DueDay(NamedTuple):
    """A due day with the period or the words it was written as; or no day, with `ongoing` for regular work."""

    day: str | None
    text: str | None


class DayRange(NamedTuple):
    """Days from `first` to `last`, both included, None where it is open."""

    first: str | None
    last: str | None

    def holds(self, day: str | None) -> bool:
        """Return whether there is a day and it lies in the range."""
        return day is not None and (self.first or "") <= day and (self.last is None or day <= self.last)

    def spelled(self) -> str:
        """Return the range as it is typed."""
        first, last = self.first or "", self.last or ""
        return first if first == last else f"{first}..{last}"
