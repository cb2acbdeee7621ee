"""Days and periods: what people type, and the one form that is kept.

A day is ISO text (`2024-07-18`), so that days compare as text.
"""

import re
from datetime import date, timedelta

from plantrack.errors import Failure
from plantrack.model.record import NamedTuple
from plantrack.model.text import fold, nearest, nfc

_YEARS = range(1900, 2200)


def valid_day(text: str) -> bool:
    """Say whether `text` is a day in the form that is kept."""
    if len(text) != 10 or text[4] != "-" or text[7] != "-" or not text.isascii():
        return False
    try:
        return date.fromisoformat(text).year in _YEARS
    except ValueError:
        return False


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat() if year in _YEARS else None
    except ValueError:
        return None


def add_days(day: str, n: int) -> str:
    """Give the day `n` days after `day`."""
    return (date.fromisoformat(day) + timedelta(n)).isoformat()


def days_between(first: str, last: str) -> int:
    """Count the days from `first` to `last`, below 0 when `last` is the earlier."""
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def weekday(day: str) -> int:
    """Give the day of the week, Monday 0."""
    return date.fromisoformat(day).weekday()


class Period(NamedTuple):
    """A named stretch of days, both ends included."""

    name: str
    first: str
    last: str

    @property
    def end(self) -> str:
        """Give the day after the last, for half-open comparison."""
        return add_days(self.last, 1)


def civil_period(name: str) -> Period | None:
    """Give the period by the calendar on the wall: `2024-W29`, `-07`, `-Q3`, `-H1`, `-9M`, `2024`."""
    if not (read := re.fullmatch("([0-9]{4})(?:-(W[0-9]{2}|[0-9]{2}|Q[1-4]|H[12]|9M))?", name)):
        return None
    year, part = int(read[1]), read[2] or ""
    if year not in _YEARS:
        return None
    return _week(year, int(part[1:])) if part[:1] == "W" else _months(name, year, part, 31)


def period_last_day(name: str) -> str | None:
    """Give the last day of a civil period."""
    period = civil_period(name)
    return period and period.last


def official_period(name: str, closing_day: int = 14) -> Period:
    """Give the period by which reports are closed: a month ends on its closing day; weeks do not move."""
    civil = civil_period(name)
    if civil is None:
        raise ValueError(name)
    return civil if "W" in name else closed_period(name, closing_day)


def closed_period(name: str, closing_day: int) -> Period:
    """Give the months of a period that are closed on a day of theirs, the last one for a day they do not have."""
    period = _months(name, int(name[:4]), name[5:], closing_day)
    if period is None:
        raise ValueError(name)
    return period


def _months(name: str, year: int, part: str, closing_day: int) -> Period | None:
    before, last = _span(part)
    if last > 12 or last == 0:
        return None
    first = add_days(_close(year, before, closing_day), 1)
    return Period(name, first, _close(year, last, closing_day))


def _span(part: str) -> tuple[int, int]:
    """Give the month before the first one, and the last one."""
    if part in ("", "9M"):
        return 0, 9 if part else 12
    length = {"Q": 3, "H": 6}.get(part[0], 1)
    last = int(part.lstrip("QH")) * length
    return last - length, last


def _close(year: int, month: int, closing_day: int) -> str:
    """Give the day a month closes; month 0 is December of the year before."""
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
    """Give the ISO week that holds `day`."""
    year, number, place = date.fromisoformat(day).isocalendar()
    monday = add_days(day, 1 - place)
    return Period(f"{year}-W{number:02}", monday, add_days(monday, 6))


def last_complete_week(today: str) -> Period:
    """Give the week before the one that holds `today`; a Sunday is not over yet."""
    return week_of(add_days(today, -7))


def next_week(period: Period) -> Period:
    """Give the week after the one that ends `period`."""
    return week_of(period.end)


class Due(NamedTuple):
    """A due day with the period it was written as; or no day, with `ongoing` for regular work."""

    day: str | None
    text: str | None


class DayRange(NamedTuple):
    """Days from `first` to `last`, both included, None for open; `none` asks for what has no day."""

    first: str | None
    last: str | None
    none: bool


_NONE = ("none", "khong")
_ONGOING = ("ongoing", "thuongxuyen")
_NEAR_DAYS = {
    **dict.fromkeys(("today", "homnay", "nay"), 0),
    **dict.fromkeys(("yesterday", "homqua"), -1),
    **dict.fromkeys(("tomorrow", "ngaymai"), 1),
}
#: Monday first. "T2" is not among them: after a date option it means February (tháng 2).
_WEEKDAYS = (
    "monday mon thuhai thu2",
    "tuesday tues tue thuba thu3",
    "wednesday weds wed thutu thubon thu4",
    "thursday thurs thur thu thunam thu5",
    "friday fri thusau thu6",
    "saturday sat thubay thu7",
    "sunday sun chunhat cn",
)
_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_NUMBERS = _ROMAN | {"dau": 1, "cuoi": 2, "first": 1, "second": 2, "nine": 9}
#: A period without its year, as people write it, and as it is named.
_PERIODS = (
    ("(?:t|thang)([0-9]{1,2})", "-{:02}"),
    ("(?:q|quy)([0-9]|i{1,3}|iv)", "-Q{}"),
    ("(?:w|tuan|week)([0-9]{1,2})", "-W{:02}"),
    ("h([0-9])|6thang(dau|cuoi)(?:nam)?|(first|second)half", "-H{}"),
    ("(9)(?:m|thang(?:dau)?(?:nam)?)|first(nine)months", "-{}M"),
)


def _plain(text: str) -> str:
    """Fold `text`; digits stay apart by `/`, words are written together."""
    text = re.sub(" ?([/.-]) ?", r"\1", fold(nfc(text)))
    text = re.sub("(?<=[0-9])[ .-](?=[0-9])", "/", text)
    return re.sub("(?<=[a-z0-9])[ -]+(?=[a-z0-9])", "", text)


def parse_day(text: str, *, today: str, year: int) -> str:
    """Read one day in any form people write; weekday names look back from `today`."""
    if day := _read_day(text, today, year):
        return day
    raise Failure("not-a-day" if period_name(text, year=year) else "bad-date", text=text)


def parse_start(text: str, *, today: str, year: int) -> str:
    """Read a day as `parse_day` does, or a period for its first day."""
    if period := _read_period(text, year):
        return period.first
    return parse_day(text, today=today, year=year)


def parse_due(text: str, *, today: str, year: int) -> Due:
    """Read a deadline: a day, a period for its last day, none, ongoing; weekday names look ahead."""
    plain = _plain(text)
    if plain in _NONE or plain in _ONGOING:
        return Due(None, "ongoing" if plain in _ONGOING else None)
    if period := _read_period(text, year):
        return Due(period.last, period.name)
    if day := _read_day(text, today, year, ahead=True):
        return Due(day, None)
    raise Failure("bad-date", text=text)


def parse_range(text: str, *, today: str, year: int) -> DayRange:
    """Read `A..B`, `A..`, `..B`, a day, a period, or none."""
    if _plain(text) in _NONE:
        return DayRange(None, None, none=True)
    head, dots, tail = text.replace("…", "..").partition("..")
    first = _edges(head, today, year)[0]
    last = _edges(tail if dots else head, today, year)[1]
    if not (first or last) or (first and last and first > last):
        raise Failure("bad-range", text=text)
    return DayRange(first, last, none=False)


def _edges(text: str, today: str, year: int) -> tuple[str | None, str | None]:
    if not text.strip():
        return None, None
    if not valid_day(text) and (period := _read_period(text, year)):
        return period.first, period.last
    day = parse_day(text, today=today, year=year)
    return day, day


def parse_week(text: str, *, today: str, year: int) -> Period:
    """Read a week: last, this, its number (in `year` unless it names one), or a day inside it."""
    plain = _plain(text).removeprefix("tuan").removesuffix("week")
    if plain in ("last", "truoc"):
        return last_complete_week(today)
    if plain in ("this", "nay"):
        return week_of(today)
    return _numbered_week(text, plain, year) or week_of(_day_in_week(text, today, year))


def _numbered_week(text: str, plain: str, year: int) -> Period | None:
    written = f"W{plain}" if re.fullmatch("[0-9]{1,2}", plain) else text
    try:
        period = _read_period(written, year)
    except Failure as failure:
        raise Failure("bad-week", text=text) from failure
    return period if period and "W" in period.name else None


def _day_in_week(text: str, today: str, year: int) -> str:
    try:
        return parse_day(text, today=today, year=year)
    except Failure as failure:
        raise Failure("bad-week", text=text) from failure


def _read_day(text: str, today: str, year: int, *, ahead: bool = False) -> str | None:
    """Give the day that is written, None when it is no day at all; an impossible one is refused."""
    if valid_day(text):  # what scripts give, without the cost of reading what people type
        return text
    plain = _plain(text)
    if written := _written(plain, year):
        return _possible(_iso(*written), text)
    if (away := _distance(plain, today, ahead)) is None:
        return None
    return _possible(_moved(today, away), text)


def _possible(day: str | None, text: str) -> str:
    if day is None:
        raise Failure("impossible-date", text=text)
    return day


def _written(plain: str, year: int) -> tuple[int, int, int] | None:
    if read := re.fullmatch("([0-9]{4})/([0-9]{1,2})/([0-9]{1,2})", plain):
        return int(read[1]), int(read[2]), int(read[3])
    form = "(?:ngay)?([0-9]{1,2})(?:/|thang)([0-9]{1,2})(?:(?:/|nam)([0-9]{4}))?"
    if read := re.fullmatch(form, plain):
        return int(read[3] or year), int(read[2]), int(read[1])
    if (read := re.fullmatch("([0-9]{1,2})([a-z]{3,9})([0-9]{4})?", plain)) and _month(read[2]):
        return int(read[3] or year), _month(read[2]), int(read[1])
    return None


def _month(word: str) -> int:
    """Give the number of a month's English name, long or short; 0 for other words."""
    found = (n for n, name in enumerate(_MONTHS, 1) if len(word) > 2 and name.startswith(word))
    return next(found, 0)


def _distance(plain: str, today: str, ahead: bool) -> int | None:
    if plain in _NEAR_DAYS:
        return _NEAR_DAYS[plain]
    if read := re.fullmatch("([+-][0-9]{1,6})(d|w|ngay|tuan)", plain):
        return int(read[1]) * (7 if read[2] in ("w", "tuan") else 1)
    number = _weekday_named(plain)
    if number is None:
        return None
    away = (number - weekday(today)) % 7
    return away if ahead or not away else away - 7


def parse_weekday(text: str) -> int:
    """Read the name of a weekday, in either language: 0 for Monday."""
    number = _weekday_named(_plain(text))
    if number is None:
        raise Failure("unknown-weekday", word=text, near=nearest(text, " ".join(_WEEKDAYS).split()))
    return number


def _weekday_named(plain: str) -> int | None:
    return next((number for number, names in enumerate(_WEEKDAYS) if plain in names.split()), None)


def _moved(today: str, away: int) -> str | None:
    try:
        day = add_days(today, away)
    except OverflowError:
        return None
    return day if valid_day(day) else None


def period_name(text: str, *, year: int) -> str | None:
    """Give the name of the civil period that is written, None when `text` is none at all."""
    period = _read_period(text, year)
    return period and period.name


def _read_period(text: str, year: int) -> Period | None:
    plain = _plain(text)
    name = _dated(plain) or _part_of_year(plain, year)
    if name is None:
        return None
    period = civil_period(name)
    if period is None:
        raise Failure("impossible-date", text=text)
    return period


def _dated(plain: str) -> str | None:
    """Read a period that has its year, before or after it; digits never run into digits."""
    if read := re.fullmatch("([0-9]{4})(?:/(?=.)|(?![0-9]))(.*)", plain):
        year, part = int(read[1]), read[2]
    elif read := re.fullmatch("(.*?)(?:/|nam|of|(?<![0-9]))([0-9]{4})", plain):
        year, part = int(read[2]), read[1]
    else:
        return None
    bare_month = re.fullmatch("[0-9]{1,2}", part)
    return _part_of_year(f"t{part}" if bare_month else part, year) if part else f"{year:04}"


def _part_of_year(part: str, year: int) -> str | None:
    if month := _month(part):
        return f"{year:04}-{month:02}"
    for form, name in _PERIODS:
        if read := re.fullmatch(form, part):
            word = next(group for group in read.groups() if group)
            return f"{year:04}" + name.format(_NUMBERS.get(word) or int(word))
    return None
