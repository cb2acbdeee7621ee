"""Moments: UTC text of fixed width, so that they compare as text, and the clock on the wall of a time zone."""

import os
import re
from datetime import UTC, datetime, timedelta, tzinfo

from plantrack.errors import Failure
from plantrack.model.days import add_days, valid_day
from plantrack.model.text import fold, nfc
from plantrack.model.typed.days import parse_day

_CLOCK = "(?P<h{0}>[0-9]{{1,2}})(?:[:hg](?P<m{0}>[0-9]{{2}})|[hg])(?::(?P<s{0}>[0-9]{{2}}))?"
#: The clock before the day or after it, in folded text.
_PRINTED = f"{_CLOCK.format(1)},? (?:on |ngay )?(?P<day1>.{{1,60}})|(?P<day2>.{{1,60}}?),? (?:at |luc )?{_CLOCK.format(2)}"


def utc_moment(moment: datetime) -> str:
    """Write a moment as it is kept: UTC, to the millisecond, of fixed width."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")[:-6] + "Z"


def _zone(timezone: str) -> tzinfo:
    # Not at the top: a command that neither asks nor shows the time need not pay for it. Told where to look
    # (where Python itself is built to), it need not load `sysconfig` to find out, which takes longer than the rest.
    places = ("/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/usr/share/lib/zoneinfo", "/etc/zoneinfo")
    os.environ.setdefault("PYTHONTZPATH", os.pathsep.join(places))
    from zoneinfo import ZoneInfo

    return ZoneInfo(timezone)


def local_moment(moment: str, timezone: str) -> datetime:
    """Return a moment by the clock on the wall in `timezone`."""
    return datetime.fromisoformat(moment).astimezone(_zone(timezone))


def local_day(moment: str, timezone: str) -> str:
    """Return the day a moment falls on in `timezone`."""
    return local_moment(moment, timezone).date().isoformat()


def start_of_day(day: str, timezone: str) -> str:
    """Return the first millisecond of a local day."""
    return utc_moment(datetime.fromisoformat(day).replace(tzinfo=_zone(timezone)))


def end_of_day(day: str, timezone: str) -> str:
    """Return the last millisecond of a local day."""
    next_day = datetime.fromisoformat(add_days(day, 1)).replace(tzinfo=_zone(timezone))
    return utc_moment(next_day.astimezone(UTC) - timedelta(milliseconds=1))


def parse_moment(text: str, *, timezone: str, today: str) -> str:
    """Read a moment in the form of ISO, one as it is printed, or a day, which means its end.

    Local time, unless it says otherwise. What is printed has no seconds: it means the end of its minute, so that
    what was shown for it is shown again.
    """
    iso = nfc(text).strip().upper()
    clock = "[0-9]{2}:[0-9]{2}(:[0-9]{2}([.,][0-9]+)?)?(Z|[+-][0-9]{2}:?[0-9]{2})?"
    if re.fullmatch(f"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}[T ]{clock}", iso):
        return _exact(iso, text, timezone)
    typed = " ".join(fold(nfc(text)).split())
    if not (read := re.fullmatch(_PRINTED, typed)):
        return end_of_day(_day(text, text, today), timezone)
    hour, minute, second = (read[f"{name}1"] or read[f"{name}2"] for name in "hms")
    day = _day(read["day1"] or read["day2"], text, today)
    at = f"{day}T{int(hour):02}:{minute or '00'}:"
    return _exact(at + (second or "59.999"), text, timezone)


def _day(text: str, whole: str, today: str) -> str:
    """Read the day of a moment; where that fails, the whole is no moment."""
    try:
        return parse_day(text, today=today)
    except Failure as failure:
        if failure.code != "bad-date":
            raise
        raise Failure("bad-moment", text=whole) from failure


def _exact(iso: str, text: str, timezone: str) -> str:
    try:
        moment = datetime.fromisoformat(iso)
    except ValueError:
        raise Failure("impossible-date", text=text) from None
    if not valid_day(iso[:10]):
        raise Failure("impossible-date", text=text)
    return utc_moment(moment if moment.tzinfo else moment.replace(tzinfo=_zone(timezone)))
