"""What people type for periods, in both languages, and which year is meant where none is typed."""

import re
from collections.abc import Callable, Iterable
from enum import Enum

from plantrack.errors import Failure
from plantrack.model.days import Period, civil_period, shifted, week_of
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.text import fold, nfc

_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_NUMBERS = _ROMAN | {"dau": 1, "cuoi": 2, "first": 1, "second": 2, "nine": 9}
#: A period without its year, as people write it, and as it is named.
_PERIODS = (
    ("(?:t|thang)([0-9]{1,2})", "-{:02}"),
    ("(?:q|qu[yi])([0-9]|i{1,3}|iv)", "-Q{}"),
    ("(?:w|tuan|week)([0-9]{1,2})", "-W{:02}"),
    ("h([0-9])|6thang(dau|cuoi)(?:nam)?|(first|second)half", "-H{}"),
    ("(9)(?:m|thang(?:dau)?(?:nam)?)|first(nine)months", "-{}M"),
)
UNITS = {
    **dict.fromkeys(("tuan", "week"), "W"),
    **dict.fromkeys(("thang", "month"), "M"),
    **dict.fromkeys(("quy", "qui", "quarter"), "Q"),
    **dict.fromkeys(("nam", "year"), "Y"),
}
AWAY = {
    **dict.fromkeys(("", "nay", "this"), 0),
    **dict.fromkeys(("sau", "toi", "next"), 1),
    **dict.fromkeys(("truoc", "last"), -1),
}
RELATIVE = f"(this|next|last)?({'|'.join(UNITS)})(nay|sau|toi|truoc)?"
#: Between the first and the last of several quarters, months or weeks.
_TO = " ?- ?| (?:den|toi)(?: het)? | to | through "
#: No day and no period is written longer.
_LONGEST = 100


class YearRule(Enum):
    """Which year is meant where none is written: the one table of it, for every place where days are typed.

    | rule   | typed at                                      | the year                                         |
    | ------ | --------------------------------------------- | ------------------------------------------------ |
    | LATEST | --on --opened --as-of --known-at              | of the latest such day that is not after today   |
    | LATEST | --week --period                               | of the latest such period that has begun         |
    | NEXT   | --due --start                                 | the plan's; where that is past, the next to come |
    | PLAN   | filters, annexes, plan files, imported tables | the plan's                                       |
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


def resolve_year(made: Made, year: int | None, ref: DayContext, text: str) -> Period:
    """Return what is written in a year, or in the one that is meant where none is.

    Fails with `impossible-date` for what no calendar has, and with `bad-range` for what runs backwards.
    """
    found = _in_year(made, ref) if year is None else made(year)
    if found is None:
        raise Failure("impossible-date", text=text)
    if found.first > found.last:
        raise Failure("bad-range", text=text)
    return found


def _in_year(made: Made, ref: DayContext) -> Period | None:
    """Choose the year by the table of `YearRule`."""
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


def plainly(text: str) -> str:
    """Fold `text`; digits stay apart by `/`, Roman numerals by `~`, words are written together."""
    if len(text) > _LONGEST:
        return ""
    text = re.sub(" ?([/.-]) ?", r"\1", fold(nfc(text)))
    text = re.sub("(?<=[0-9])[ .-](?=[0-9])", "/", text)
    text = re.sub(r"\b((?:qu[yi]|q)?[ivx]+)[ -]+(?=[ivx]+\b)", r"\1~", text)
    return re.sub("(?<=[a-z0-9])[ -]+(?=[a-z0-9])", "", text)


class YearPart(NamedTuple):
    """A period as it is written: its year, where there is one, and the part of it (`-Q2`; empty for a whole year)."""

    year: int | None
    part: str

    def named(self, year: int) -> str:
        """Return its name, in `year` where it has none of its own."""
        return f"{year if self.year is None else self.year:04}{self.part}"


def period_name(text: str, *, year: int) -> str | None:
    """Return the name of the one civil period that is written, None when `text` is none at all."""
    part = part_of(plainly(text))
    if part is None:
        return None
    if civil_period(part.named(year)) is None:
        raise Failure("impossible-date", text=text)
    return part.named(year)


def latest_period(text: str, *, today: str, of: Callable[[str], Period | None]) -> Period | None:
    """Read a period, by what `of` makes of a name: the latest that has begun; None for what is no period.

    Several quarters or months are the period that they are together ("Quý I-II" the first half).
    """
    ref = DayContext(YearRule.LATEST, today, 0)
    parts = parts_of(text)
    if parts is None:
        return None

    def made(year: int) -> Period | None:
        name = _together(parts, year)
        return of(name) if name else None

    return resolve_year(made, parts[0].year, ref, text)


def read_period(text: str, ref: DayContext) -> Period | None:
    """Return the days of a period, or of several in a row, by the name of the last one; None where none is written."""
    if read := re.fullmatch(RELATIVE, plainly(text)):
        before, unit, after = (group or "" for group in read.groups())
        return near_period(UNITS[unit], AWAY[before or after], ref) if bool(before) != bool(after) else None
    parts = parts_of(text)
    return parts and resolve_year(lambda year: _spanned(parts, year), parts[0].year, ref, text)


def near_period(unit: str, away: int, ref: DayContext) -> Period | None:
    """Return the week, month, quarter or year that today lies in, or one so many places from it."""
    year, month = ref.today[:4], int(ref.today[5:7])
    week = week_of(ref.today).name
    name = {"W": week, "M": ref.today[:7], "Q": f"{year}-Q{(month + 2) // 3}", "Y": year}[unit]
    return civil_period(shifted(name, away))


def _spanned(parts: tuple[YearPart, YearPart], year: int) -> Period | None:
    """Return the days from the first to the last, by the name of the last."""
    first, last = (civil_period(part.named(year)) for part in parts)
    return Period(last.name, first.first, last.last) if first and last else None


def _together(parts: tuple[YearPart, YearPart], year: int) -> str | None:
    """Name the one period that several are together."""
    if parts[0] == parts[1]:
        return parts[0].named(year)
    span, of = _spanned(parts, year), parts[0].named(year)[:4]
    names = (f"{of}{part}" for part in ("-Q1", "-Q2", "-Q3", "-Q4", "-H1", "-H2", "-9M", ""))
    return next((name for name in names if span and (civil_period(name) or span)[1:] == span[1:]), None)


def parts_of(text: str) -> tuple[YearPart, YearPart] | None:
    """Read a period, or the first and the last of several quarters, months or weeks."""
    if one := part_of(plainly(text)):
        return one, one
    if len(text) > _LONGEST:
        return None
    folded = fold(nfc(text)).removeprefix("tu ")
    sides = ((folded[: to.start()], folded[to.end() :]) for to in re.finditer(_TO, folded))
    return next(filter(None, (_ends(head, tail) for head, tail in sides)), None)


def _ends(head: str, tail: str) -> tuple[YearPart, YearPart] | None:
    """Read the ends of a range: the last may leave out the word of the first, either the year of the other."""
    unit = re.match("qu[yi]|q|thang|tuan|week|t|w", head)
    if unit and re.match("(?:[0-9]{1,2}|i{1,3}|iv)(?![a-z0-9])", tail):
        tail = f"{unit[0]} {tail}"
    first, last = part_of(plainly(head)), part_of(plainly(tail))
    if first is None or last is None or _kind(first) != _kind(last) or not _kind(first):
        return None
    year = last.year if first.year is None else first.year
    return first._replace(year=year), last._replace(year=year if last.year is None else last.year)


def _kind(part: YearPart) -> str:
    """Return Q, W or M for quarters, weeks and months, which have ranges; empty for the rest."""
    read = re.fullmatch("-(Q|W|)[0-9]+", part.part)
    return (read[1] or "M") if read else ""


def part_of(plain: str) -> YearPart | None:
    """Read one period, its year before or after it; digits never run into digits."""
    if read := re.fullmatch("([0-9]{4})(?:/(?=.)|(?![0-9]))(.*)", plain):
        year, part = int(read[1]), read[2]
    elif read := re.fullmatch("(.*?)(?:/|nam|of|(?<![0-9]))([0-9]{4})", plain):
        year, part = int(read[2]), read[1]
    else:
        named = _part_of_year(plain)
        return None if named is None else YearPart(None, named)
    bare_month = re.fullmatch("[0-9]{1,2}", part)
    named = _part_of_year(f"t{part}" if bare_month else part) if part else ""
    return None if named is None else YearPart(year, named)


def _part_of_year(part: str) -> str | None:
    if month := month_named(part):
        return f"-{month:02}"
    for form, name in _PERIODS:
        if read := re.fullmatch(form, part):
            word = next(group for group in read.groups() if group)
            return name.format(_NUMBERS.get(word) or int(word))
    return None


def month_named(word: str) -> int:
    """Return the number of a month's English name, long or short; 0 for other words."""
    found = (n for n, name in enumerate(_MONTHS, 1) if len(word) > 2 and name.startswith(word))
    return next(found, 0)
