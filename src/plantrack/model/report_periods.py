"""The periods of reports: which one is meant."""

import re

from plantrack.errors import Failure
from plantrack.model.days import Period, civil_period, closed_period, official_period, shifted
from plantrack.model.text import fold, nfc
from plantrack.model.typed_days import unreadable
from plantrack.model.typed_periods import latest_period

#: The closing day of the calendar on the wall: the last of each month.
CIVIL = 31
#: What names a month by where it stands to today.
_MONTHS_AWAY = {
    **dict.fromkeys(("last", "truoc", "thangtruoc", "kytruoc"), -1),
    **dict.fromkeys(("this", "nay", "thangnay", "kynay"), 0),
}


def parse_period(text: str, *, today: str, closing_day: int) -> Period:
    """Read a period of a report: a month (last, this, its number), a quarter, a half, nine months, a year."""
    plain = re.sub("[ -]+", "", fold(nfc(text)))
    if plain in _MONTHS_AWAY:
        return closed_period(shifted(_month_of(today, closing_day), _MONTHS_AWAY[plain]), closing_day)

    def closed(name: str) -> Period | None:
        return official_period(name, closing_day) if civil_period(name) else None

    try:
        found = latest_period(_spelled(text, plain, today), today=today, of=closed)
    except Failure as failure:
        raise Failure("bad-period", text=text) from failure
    if found is None:
        raise unreadable(text, "bad-period")
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
