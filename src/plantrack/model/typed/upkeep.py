"""What is to be done for a database in good time, and how long ago the last of it may be."""

import re
from collections.abc import Container, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final

from plantrack.errors import Failure
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.text import fold, nearest, nfc
from plantrack.model.typed.vietnamese_names import UPKEEP, name_meant

#: The hours of a unit, by what is typed for it.
_HOURS: Final = {
    **dict.fromkeys(("h", "hour", "hours", "g", "gio"), 1),
    **dict.fromkeys(("d", "day", "days", "n", "ngay"), 24),
    **dict.fromkeys(("w", "week", "weeks", "t", "tuan"), 7 * 24),
}
_DAY: Final = 24
#: Clocks of machines that share a database differ by less, in hours.
_CLOCKS_DIFFER: Final = 1


class AgeLimit(NamedTuple):
    """How long ago something may have been done last."""

    name: str
    hours: int

    @property
    def days(self) -> int | None:
        """Return how many days that are; None: no whole number of them."""
        return None if self.hours % _DAY else self.hours // _DAY


class LateUpkeep(NamedTuple):
    """Something that was not done in time: `last` is when it was done, None where it never was."""

    limit: AgeLimit
    last: str | None
    #: Whether the last is of a moment to come: some clock is wrong.
    is_to_come: bool = False
    #: Whether what was made then is not there any more.
    is_gone: bool = False


def parse_limits(typed: Iterable[str]) -> tuple[AgeLimit, ...]:
    """Read what may be how old: `backup:2d`, `sao-luu: 2 ngày`.

    Fails with `unknown-upkeep`, `bad-age`.
    """
    return tuple(map(_limit, typed))


def _limit(typed: str) -> AgeLimit:
    head, _, age = typed.partition(":")
    name = name_meant(head.strip(), UPKEEP)
    if name is None:
        raise Failure("unknown-upkeep", condition=typed, near=nearest(head, (*UPKEEP, *UPKEEP.values())))
    read = re.fullmatch(r"([1-9][0-9]{0,3}) ?([a-z]+)", fold(nfc(age)).strip())
    if read is None or read[2] not in _HOURS:
        raise Failure("bad-age", condition=typed, name=name)
    return AgeLimit(name, int(read[1]) * _HOURS[read[2]])


def late_upkeep(
    limits: Iterable[AgeLimit],
    last_done: Mapping[str, str | None],
    now: datetime,
    gone: Container[str] = (),
) -> tuple[LateUpkeep, ...]:
    """Return what was not done in time, or never, or at a moment that is still to come.

    `gone`: the names of what was done, but what was made is not there any more.
    """
    found = (_late(limit, last_done.get(limit.name), now, limit.name in gone) for limit in limits)
    return tuple(late for late in found if late is not None)


def _late(limit: AgeLimit, last: str | None, now: datetime, is_gone: bool) -> LateUpkeep | None:
    if last is None:
        return LateUpkeep(limit, None)
    if is_gone:
        return LateUpkeep(limit, last, is_gone=True)
    age = now - datetime.fromisoformat(last)
    if age < -timedelta(hours=_CLOCKS_DIFFER):
        return LateUpkeep(limit, last, is_to_come=True)
    return LateUpkeep(limit, last) if age > timedelta(hours=limit.hours) else None
