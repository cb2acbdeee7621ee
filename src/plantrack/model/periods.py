"""The periods of reports: which one is meant, which comes before and after it."""

import re

from plantrack.errors import Failure
from plantrack.model.days import Period, closed_period, period_name
from plantrack.model.text import fold, nfc

#: The closing day of the calendar on the wall: the last of each month.
CIVIL = 31
#: What names a month by where it stands to today.
_MONTHS_AWAY = {
    **dict.fromkeys(("last", "truoc", "thangtruoc", "kytruoc"), -1),
    **dict.fromkeys(("this", "nay", "thangnay", "kynay"), 0),
}


def parse_period(text: str, *, today: str, year: int, closing_day: int) -> Period:
    """Read a period of a report: a month (last, this, its number), a quarter, a half, nine months, a year."""
    plain = re.sub("[ -]+", "", fold(nfc(text)))
    if plain in _MONTHS_AWAY:
        return closed_period(shifted(_month_of(today, closing_day), _MONTHS_AWAY[plain]), closing_day)
    name = _named_period(text, plain, year)
    if "W" in name:
        raise Failure("period-is-week", text=text, week=name)
    return closed_period(name, closing_day)


def _month_of(day: str, closing_day: int) -> str:
    """Name the month whose report holds a day."""
    name = day[:7]
    return name if day <= closed_period(name, closing_day).last else shifted(name, 1)


def _named_period(text: str, plain: str, year: int) -> str:
    """Name the period that is written, in `year` unless it names one."""
    if read := re.fullmatch(
        "(6thang|(?:ca)?nam|year)(?:/|nam)?([0-9]{4})?", plain
    ):  # no deadline is written so
        text = f"{read[2] or year}" + "-H1" * (read[1] == "6thang")
    elif re.fullmatch("[0-9]{1,2}", plain):
        text = f"T{plain}"
    try:
        found = period_name(text, year=year)
    except Failure as failure:
        raise Failure("bad-period", text=text) from failure
    if found is None:
        raise Failure("bad-period", text=text)
    return found


def shifted(name: str, n: int) -> str:
    """Name the period of the same length `n` places later; after nine months comes the year's last quarter.

    Before nine months come those of the year before: they overlap with every other nine months of their year.
    """
    year, part = int(name[:4]), name[5:]
    if part == "9M" and n > 0:
        return f"{year:04}-Q4"
    if part in ("", "9M"):
        return f"{year + n:04}{name[4:]}"
    sign = part.rstrip("0123456789")
    length = {"Q": 4, "H": 2}.get(sign, 12)
    years, place = divmod(int(part.removeprefix(sign)) - 1 + n, length)
    return f"{year + years:04}-" + (f"{sign}{place + 1}" if sign else f"{place + 1:02}")
