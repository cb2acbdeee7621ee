"""Free words of a filter: which of them are a filter by themselves, and which are no words to search for."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, groupby
from typing import Any, TypeVar

from plantrack.errors import Failure
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.names import SITE_LABEL, Names
from plantrack.model.task import task_label
from plantrack.model.text import fold, match_key, quoted
from plantrack.model.typed.days import parse_day, parse_period, parse_range, parse_week
from plantrack.model.typed.periods import period_name

_T = TypeVar("_T")
#: One task or several, as `show` takes them.
_NUMBERS = re.compile("(?:nv ?|# ?)?([0-9]+(?:[, ]+[0-9]+)*)")
#: The same, where the numbers of sites stand among them.
_OF_SITE = f"(?:{SITE_LABEL}|(?:nv ?|# ?)?([0-9]+))(?![0-9-])"
_OF_SITES = re.compile(f"{_OF_SITE}(?:[, ]+{_OF_SITE})*")
#: What names a week or a month by itself.
_NEAR = ("last", "this", "next")
#: What reading fails with when a text is no day, no period, no area at all.
_SOMETHING_ELSE = (
    *("bad-date", "not-a-day", "bad-range", "bad-week", "bad-period", "period-is-week"),
    *("weekday-or-month", "unknown-area"),
)


class Word(NamedTuple):
    """A free word, and the place of the argument that it was typed in."""

    text: str
    argument: int


class TakenWords(NamedTuple):
    """Words that were read as a filter, which they do not spell out."""

    typed: str
    #: The filter as it is printed.
    spelled: str
    #: Whether they name somebody by a part of their name: then they are no free words.
    in_part: bool = False


def take(items: Sequence[_T | Word], find: Callable[[str], _T | None], longest: int) -> list[_T | Word]:
    """Put what is found in the place of words side by side, the longest run first; the rest stays."""
    found = list(items)
    for length in range(longest, 0, -1):
        found = list(_taken(found, find, length))
    return found


def _taken(items: list[_T | Word], find: Callable[[str], _T | None], length: int) -> Iterator[_T | Word]:
    place = 0
    while place < len(items):
        run = [item.text for item in items[place : place + length] if isinstance(item, Word)]
        whole = find(" ".join(run)) if len(run) == length else None
        yield items[place] if whole is None else whole
        place += 1 if whole is None else length


def texts_of(items: Sequence[object]) -> list[str]:
    """Return the texts that the words left over make: those side by side in one argument belong together."""
    runs = groupby(items, lambda item: item.argument if isinstance(item, Word) else None)
    return [
        " ".join(w.text for w in run if isinstance(w, Word)) for argument, run in runs if argument is not None
    ]


def refuse_value(text: str, names: Names, day: str) -> None:
    """Refuse a number, a day or a period as a text to search for, naming what it may mean."""
    if _is_word(text) or (meanings := _meanings(text, names, day)) is None:
        return
    raise Failure("bare-value", text=text, meanings=(*meanings, f"text:{quoted(text)}"))


def _is_word(text: str) -> bool:
    """Return whether the tones make another word of what a day is called: máy is no May, thư no Thursday."""
    return " " not in text and not text.isascii() and not any(c.isdigit() for c in text)


def _meanings(text: str, names: Names, day: str) -> list[str] | None:
    """Return what may have been meant: nothing of a day that does not exist, None of other words."""
    try:
        dated = _day(text, names, day) or _period(text, names, day) or _range(text, names, day)
    except Failure:
        dated = []
    number = _NUMBERS.fullmatch(fold(text))
    if number is None:
        return _of_sites(text, names) if dated is None else dated
    area = _area(number[1], names) if text.isdecimal() else []
    return [f"plantrack show {number[1]}", *area, *(dated or _numbered(text, names, day))]


def _of_sites(text: str, names: Names) -> list[str] | None:
    """Return how tasks are shown, one of them at least of a site that there is: `covid-19` is a word."""
    if not _OF_SITES.fullmatch(typed := fold(text)):
        return None
    labels = [(found[1] or "", found[2] or found[3]) for found in re.finditer(_OF_SITE, typed)]
    if not {site.upper() for site, _ in labels if site} <= {*names.sites()}:
        return None
    return [f"plantrack show {' '.join(task_label(site.upper(), int(number)) for site, number in labels)}"]


def _day(text: str, names: Names, day: str) -> list[str] | None:
    due = _tried(parse_day, text, today=day, in_year=names.plan.year)
    if due is None:
        return None
    # Without a year: after New Year the plan of the year before may still be in use.
    meant = max(due, parse_day(text, today=day))
    week = [f"plantrack weekly --week {meant}"] if _week(meant, names, day) else []
    return [f"--as-of {meant}", f"due:{due}", *week]


def _period(text: str, names: Names, day: str) -> list[str] | None:
    """Read a period by its name, or by where it stands to the day: `tuần trước`, `last`; a lone "Nam" is a name.

    Without a year, each way of asking reads it by its own rule; a summary of what has not begun is no way.
    """
    due = period_name(text, year=names.plan.year)
    if not due and " " not in (plain := match_key(text)) and plain not in _NEAR:
        return None
    found = [name for read in (_week, _month) if (name := read(text, names, day))]
    ways = [[_summary(name), *([] if due else [f"due:{name}"])] for name in found]
    return [*chain(*ways), *([f"due:{due}"] if due else [])] or None


def _summary(period: str) -> str:
    return f"plantrack {'weekly --week' if 'W' in period else 'report --period'} {period}"


def _range(text: str, names: Names, day: str) -> list[str] | None:
    found = _tried(parse_range, text, today=day, year=names.plan.year)
    return [f"due:{quoted(text)}"] if found else None


def _week(text: str, names: Names, day: str) -> str | None:
    found = _tried(parse_week, text, today=day)
    return found.name if found and found.first <= day else None


def _month(text: str, names: Names, day: str) -> str | None:
    closing_day = names.plan.reporting.closing_day
    found = _tried(parse_period, text, today=day, closing_day=closing_day)
    return found.name if found and found.first <= day else None


def _numbered(text: str, names: Names, day: str) -> list[str]:
    """Return the week and the month that a number alone may be."""
    week = [f"plantrack weekly --week {text}"] if _week(text, names, day) else []
    return [*week, *([f"plantrack report --period {text}"] if _month(text, names, day) else [])]


def _area(number: str, names: Names) -> list[str]:
    return [f"area:{number}"] if _tried(names.area_code, number) else []


def _tried(read: Callable[..., _T], text: str, **days: Any) -> _T | None:
    """Read a text, None when it is something else; a day or a period that does not exist fails."""
    try:
        return read(text, **days)
    except Failure as failure:
        if failure.code in _SOMETHING_ELSE:
            return None
        raise
