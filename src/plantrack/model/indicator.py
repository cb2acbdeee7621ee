"""Indicators: what was measured, by period and labels, and which of the values count on a day."""

import re
from collections.abc import Iterable

from plantrack.errors import Failure
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.text import nfc

#: A number as people write it: groups of three, a decimal part; `.` and `,` mean either.
_NUMBER = re.compile(r"-?(?:[0-9]+|[1-9][0-9]{0,2}(?:([ .,])[0-9]{3})(?:\1[0-9]{3})*)(?:([.,])([0-9]+))?")
#: What may stand before the first mark of groups: `0,125` and `12345,678` can be read in one way only.
_FIRST_GROUP = re.compile("-?[1-9][0-9]{0,2}")
_LARGEST = 1e15


class Measured(NamedTuple):
    """A value of an indicator: of a period, in all or for some labels, as it was known on a day."""

    uid: str
    command: str
    plan: str
    indicator: str
    #: A civil period: `2024-Q2`.
    period: str
    #: Free labels such as a sex or a place, sorted; empty: in all.
    labels: tuple[str, ...]
    on: str
    recorded_at: str
    author: str
    #: The number of the command.
    number: int
    value: float
    told_by: str | None = None
    note: str | None = None


def parse_amount(text: str) -> float:
    """Read a number: `1234`, `1 234`, `12,5`, `1.234,5`; one like `1.234` is read both ways by people and refused."""
    plain = " ".join(nfc(text).split()).removesuffix("%").strip()
    found = _NUMBER.fullmatch(plain)
    if found is None or (found[1] and found[1] == found[2]):
        raise Failure("not-a-number", text=text)
    group, mark, decimals = found.groups()
    whole = plain[: len(plain) - len(decimals) - 1] if mark else plain
    if mark and group is None and len(decimals) == 3 and _FIRST_GROUP.fullmatch(whole):
        raise Failure("ambiguous-number", text=text)
    value = float(re.sub("[ .,]", "", whole) + (f".{decimals}" if mark else ""))
    if abs(value) > _LARGEST:
        raise Failure("not-a-number", text=text)
    return value


def digits_and_scale(value: float) -> tuple[int, int]:
    """Return the digits of a number, and by how many places its point stands left of their end (12.5: 125, 1)."""
    number, _, exponent = repr(value).partition("e")
    whole, _, decimals = number.partition(".")
    decimals = decimals.rstrip("0")
    return int(whole + decimals), len(decimals) - int(exponent or 0)


def value_of(digits: int, scale: int) -> float:
    """Return the number of its digits and scale, without a fraction as a whole one: `7`, not `7.0`."""
    value = float(f"{digits}e{-scale}")
    return int(value) if value.is_integer() else value


def written_out(value: float, marks: str = "") -> str:
    """Return a number with all its digits and no exponent: `0.000001`; `marks` of `,` parts its thousands."""
    _, scale = digits_and_scale(value)
    return f"{value:{marks}.{max(scale, 0)}f}"


def standing(values: Iterable[Measured], day: str) -> list[Measured]:
    """Return the values that count at the end of `day`: of each period and labels the last by (`on`, `recorded_at`, `uid`)."""
    last: dict[tuple[str, str, tuple[str, ...]], Measured] = {}
    for value in sorted(values, key=lambda v: (v.on, v.recorded_at, v.uid)):
        if value.on <= day:
            last[value.indicator, value.period, value.labels] = value
    return sorted(last.values(), key=lambda v: (v.indicator, v.period, v.labels))
