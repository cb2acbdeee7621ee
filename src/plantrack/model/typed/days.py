"""What people type for days, deadlines, ranges, weeks and the periods of reports, in both languages."""

import re
from collections.abc import Callable

from plantrack.errors import Failure
from plantrack.model.days import (
    DayRange,
    DueDay,
    Period,
    add_days,
    civil_period,
    closed_period,
    iso_day,
    shifted,
    valid_day,
    week_of,
    weekday,
)
from plantrack.model.text import fold, nearest, nfc
from plantrack.model.typed.periods import (
    AWAY,
    RELATIVE,
    UNITS,
    DayContext,
    YearPart,
    YearRule,
    latest_period,
    month_named,
    near_period,
    part_of,
    plainly,
    read_period,
    resolve_year,
)

_NONE = ("none", "khong")
_ONGOING = ("ongoing", "thuongxuyen")
_NEAR_DAYS = {
    **dict.fromkeys(("today", "homnay", "nay"), 0),
    **dict.fromkeys(("yesterday", "homqua"), -1),
    **dict.fromkeys(("tomorrow", "ngaymai"), 1),
}
#: Monday first. "T2" is not among them: it is February (tháng 2) too.
_WEEKDAYS = (
    "monday mon thuhai thu2",
    "tuesday tues tue thuba thu3",
    "wednesday weds wed thutu thubon thu4",
    "thursday thurs thur thu thunam thu5",
    "friday fri thusau thu6",
    "saturday sat thubay thu7",
    "sunday sun chunhat cn",
)
#: A hyphen between two of three numbers, and another sign before or after the year: a day, or months in a row.
_DAY_OR_MONTHS = (
    "[0-9]{1,2} ?- ?(?:thang ?)?[0-9]{1,2}(?: ?[/.] ?| nam | )[0-9]{4}"
    "|([0-9]{4})(?: ?[/.] ?| )[0-9]{1,2} ?- ?[0-9]{1,2}"
)
#: What names a month by where it stands to today.
_MONTHS_AWAY = {
    **dict.fromkeys(("last", "truoc", "thangtruoc", "kytruoc"), -1),
    **dict.fromkeys(("this", "nay", "thangnay", "kynay"), 0),
}
#: Before a period or a day, in folded text: its last day; a day that is to be reached, not passed.
_END = "(?:den[ -])?het[ -]|cuoi[ -]|(?:by )?(?:the )?end[ -]of[ -](?:the[ -])?"
_BEFORE = "(?:xong[ -])?truoc[ -](?:ngay[ -])?|before[ -]"


def parse_day(text: str, *, today: str, in_year: int | None = None) -> str:
    """Read one day in any form people write: the latest one that is meant, or that of the year `in_year`."""
    ref = (
        DayContext(YearRule.LATEST, today, 0)
        if in_year is None
        else DayContext(YearRule.PLAN, today, in_year)
    )
    if found := _day(text, ref):
        return found
    _refuse_weekday_or_month(text)
    raise Failure("not-a-day", text=text) if read_period(text, ref) else _unreadable(text)


def parse_start(text: str, *, today: str, year: int, rule: YearRule = YearRule.NEXT) -> str:
    """Read the day that work starts on, or a period for its first day."""
    ref = DayContext(rule, today, year)
    if ref.rule is YearRule.NEXT:
        _refuse_weekday_or_month(text)
    if (found := read_period(text, ref)) is None and (found := _one_day(text, ref)) is None:
        raise _unreadable(text)
    return found.first


def is_none(text: str) -> bool:
    """Return whether what was typed takes a value away."""
    return plainly(text) in _NONE


def parse_due(text: str, *, today: str, year: int, rule: YearRule = YearRule.NEXT) -> DueDay:
    """Read a deadline: a day, a period for its last day, none, ongoing; weekday names look ahead."""
    ref, is_ongoing = DayContext(rule, today, year, ahead=True), plainly(text) in _ONGOING
    if is_ongoing or is_none(text):
        return DueDay(None, "ongoing" if is_ongoing else None)
    if ref.rule is YearRule.NEXT:
        _refuse_weekday_or_month(text)
    if due := _due_before(text, ref):
        return due
    if period := read_period(text, ref) or _end_of_period(text, ref):
        return DueDay(period.last, period.name or None)
    if day := _day(text, ref):
        return DueDay(day, None)
    raise _unreadable(text)


def _due_before(text: str, ref: DayContext) -> DueDay | None:
    """Read "trước 15/8": that day, with the words, which may mean the day before it."""
    folded = fold(nfc(text))
    if (before := re.match(_BEFORE, folded)) is None or not (day := _day(folded[before.end() :], ref)):
        return None
    return DueDay(day, " ".join(nfc(text).split()))


def parse_range(text: str, *, today: str, year: int) -> DayRange | None:
    """Read `A..B`, `A..`, `..B`, a day, a period; None for `none`."""
    if is_none(text):
        return None
    ref = DayContext(YearRule.PLAN, today, year)
    head, dots, tail = text.replace("…", "..").partition("..")
    first = _edges(head, ref)[0]
    last = _edges(tail if dots else head, ref)[1]
    if not (first or last) or (first and last and first > last):
        raise Failure("bad-range", text=text)
    return DayRange(first, last)


def _edges(text: str, ref: DayContext) -> tuple[str | None, str | None]:
    if not text.strip():
        return None, None
    if (found := _one_day(text, ref) or read_period(text, ref)) is None:
        raise _unreadable(text)
    return found.first, found.last


def parse_week(text: str, *, today: str) -> Period:
    """Read a week: last, this, next, its number, or a day inside it."""
    plain = plainly(text).removeprefix("tuan").removesuffix("week")
    if plain and plain in AWAY:
        return week_of(add_days(today, 7 * AWAY[plain]))
    written = f"W{plain}" if re.fullmatch("[0-9]{1,2}", plain) else text
    ref = DayContext(YearRule.LATEST, today, 0)
    found = read_as("bad-week", lambda: read_period(written, ref) or _day_in_week(text, ref), text=text)
    if found.name and found != week_of(found.first):
        raise Failure("bad-week", text=text)
    return week_of(found.first)


def _day_in_week(text: str, ref: DayContext) -> Period | None:
    """Read a day inside a week that has begun: it may be one that has not come yet."""
    is_date = _numbers(plainly(text)) is not None
    return _one_day(text, ref._replace(today=week_of(ref.today).last) if is_date else ref)


def parse_period(text: str, *, today: str, closing_day: int) -> Period:
    """Read a period of a report: a month (last, this, its number), a quarter, a half, nine months, a year."""
    plain = re.sub("[ -]+", "", fold(nfc(text)))
    if plain in _MONTHS_AWAY:
        return closed_period(shifted(_month_of(today, closing_day), _MONTHS_AWAY[plain]), closing_day)

    def closed(name: str) -> Period | None:
        return closed_period(name, closing_day) if civil_period(name) else None

    spelled = _spelled(text, plain, today)
    found = read_as("bad-period", lambda: latest_period(spelled, today=today, of=closed), text=text)
    if "W" in found.name:
        raise Failure("period-is-week", text=text, week=found.name)
    return found


def _month_of(day: str, closing_day: int) -> str:
    """Name the month whose report holds a day."""
    name = day[:7]
    return name if day <= closed_period(name, closing_day).last else shifted(name, 1)


def _spelled(text: str, plain: str, today: str) -> str:
    """Spell out what only names a period of a report: no deadline is written so."""
    if read := re.fullmatch("6thang(?:(?:/|nam)?([0-9]{4}))?", plain):
        return f"{read[1]}-H1" if read[1] else "H1"
    if read := re.fullmatch("(?:(?:ca)?nam|year)([0-9]{4})?", plain):
        return read[1] or today[:4]
    return f"T{plain}" if re.fullmatch("[0-9]{1,2}", plain) else text


def _day(text: str, ref: DayContext) -> str | None:
    found = _one_day(text, ref)
    return found and found.first


def _one_day(text: str, ref: DayContext) -> Period | None:
    """Return the day that is written, None when it is no day at all; an impossible one is refused."""
    if valid_day(text):  # what scripts give, without the cost of reading what people type
        return Period("", text, text)
    plain = plainly(text)
    if numbers := _numbers(plain):
        day, month, year = numbers
        _refuse_day_or_months(text, day, month, year or 0)
        return resolve_year(lambda y: _as_period(iso_day(y, month, day)), year, ref, text)
    if (away := _distance(plain, ref)) is not None:
        return resolve_year(lambda _: _as_period(_moved(ref.today, away)), ref.year, ref, text)
    last = _end_of_period(text, ref)
    return last and Period("", last.last, last.last)


def _as_period(day: str | None) -> Period | None:
    return Period("", day, day) if day else None


def _numbers(plain: str) -> tuple[int, int, int | None] | None:
    """Read day, month and year as they are written."""
    if read := re.fullmatch("([0-9]{4})/([0-9]{1,2})/([0-9]{1,2})", plain):
        return int(read[3]), int(read[2]), int(read[1])
    form = "(?:ngay)?([0-9]{1,2})(?:/|thang)([0-9]{1,2})(?:(?:/|nam)([0-9]{4}))?"
    if read := re.fullmatch(form, plain):
        return int(read[1]), int(read[2]), int(read[3]) if read[3] else None
    if (read := re.fullmatch("([0-9]{1,2})([a-z]{3,9})([0-9]{4})?", plain)) and month_named(read[2]):
        return int(read[1]), month_named(read[2]), int(read[3]) if read[3] else None
    return None


def _distance(plain: str, ref: DayContext) -> int | None:
    if plain in _NEAR_DAYS:
        return _NEAR_DAYS[plain]
    if read := re.fullmatch("([+-][0-9]{1,6})(d|w|ngay|tuan)", plain):
        return int(read[1]) * (7 if read[2] in ("w", "tuan") else 1)
    number = _weekday_named(plain)
    if number is None:
        return None
    away = (number - weekday(ref.today)) % 7
    return away if ref.ahead or not away else away - 7


def _moved(today: str, away: int) -> str | None:
    try:
        day = add_days(today, away)
    except OverflowError:
        return None
    return day if valid_day(day) else None


def parse_weekday(text: str) -> int:
    """Read the name of a weekday, in either language: 0 for Monday."""
    number = _weekday_named(plainly(text))
    if number is None:
        raise Failure("unknown-weekday", word=text, near=nearest(text, " ".join(_WEEKDAYS).split()))
    return number


def _weekday_named(plain: str) -> int | None:
    return next((number for number, names in enumerate(_WEEKDAYS) if plain in names.split()), None)


def _end_of_period(text: str, ref: DayContext) -> Period | None:
    """Read "hết quý II", "cuối tháng", "end of month", "hết ngày 15/8": the last day, by the name of the period."""
    folded = fold(nfc(text))
    if (end := re.match(_END, folded)) is None:
        return None
    rest = folded[end.end() :]
    if found := _last_day(rest, ref):
        return found._replace(first=found.last)
    return None if re.match(_END, rest) else _one_day(rest, ref)


def _last_day(rest: str, ref: DayContext) -> Period | None:
    """Return the day that ends a period, in the year in which that day is meant."""
    unit = UNITS.get(rest)
    if unit and unit != "Y":
        return near_period(unit, 0, ref)
    part = YearPart(None, "") if unit else part_of(plainly(rest))
    if part is None:
        return read_period(rest, ref) if re.fullmatch(RELATIVE, plainly(rest)) else None

    def made(year: int) -> Period | None:
        period = civil_period(part.named(year))
        return period and period._replace(first=period.last)

    return resolve_year(made, part.year, ref, rest)


def _refuse_weekday_or_month(text: str) -> None:
    """Refuse "t2" to "t7" where a weekday could be meant as well as a month."""
    if read := re.fullmatch("t([2-7])", plainly(text)):
        raise Failure("weekday-or-month", text=text, weekday=int(read[1]) - 2, month=f"0{read[1]}")


def _refuse_day_or_months(text: str, day: int, month: int, year: int) -> None:
    """Refuse "7-9/2024": the seventh of September, or July to September."""
    read = re.fullmatch(_DAY_OR_MONTHS, fold(nfc(text)).strip())
    if read is None or day > 12 or day == month or (written := iso_day(year, month, day)) is None:
        return
    first, last = (month, day) if read[1] else (day, month)
    turns = first > last
    begins = year - (turns and not read[1])
    months = f"{first}/{begins}-{last}/{begins + turns}"
    raise Failure("day-or-months", text=text, day=written, months=months)


def read_as(code: str, read: Callable[[], Period | None], *, text: str) -> Period:
    """Return the period that is read; fails with `code`, or with `two-digit-year` where that is the reason."""
    try:
        found = read()
    except Failure as failure:
        raise Failure(code, text=text) from failure
    if found is None:
        raise _unreadable(text, code)
    return found


def _unreadable(text: str, code: str = "bad-date") -> Failure:
    """Return the failure of a text that is no day or period: `two-digit-year` where that is the only reason."""
    plain = plainly(re.sub(f"^(?:{_END}|{_BEFORE})", "", fold(nfc(text))))
    read = re.fullmatch("((?:.*[0-9]|qu[yi]).*(?:/|nam|[a-z]))([0-9]{2})", plain)
    full = read and f"{read[1]}20{read[2]}"
    if full and (_numbers(full) or part_of(full)):
        return Failure("two-digit-year", text=text, year=full[-4:])
    return Failure(code, text=text)
