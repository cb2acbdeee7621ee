"""Moments: UTC text of fixed width, so that they compare as text, and the clock on the wall of a time zone."""

import os
import re
from datetime import UTC, datetime, timedelta, tzinfo

from plantrack.errors import Failure
from plantrack.model.days import add_days, parse_day, valid_day
from plantrack.model.text import nfc


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
    """Give a moment by the clock on the wall in `timezone`."""
    return datetime.fromisoformat(moment).astimezone(_zone(timezone))


def local_day(moment: str, timezone: str) -> str:
    """Give the day a moment falls on in `timezone`."""
    return local_moment(moment, timezone).date().isoformat()


def end_of_day(day: str, timezone: str) -> str:
    """Give the last millisecond of a local day."""
    next_day = datetime.fromisoformat(add_days(day, 1)).replace(tzinfo=_zone(timezone))
    return utc_moment(next_day.astimezone(UTC) - timedelta(milliseconds=1))


def parse_moment(text: str, *, timezone: str, today: str, year: int) -> str:
    """Read an ISO moment (local, unless it says), or a day, which means its end."""
    iso = nfc(text).strip().upper()
    clock = "[0-9]{2}:[0-9]{2}(:[0-9]{2}([.,][0-9]+)?)?(Z|[+-][0-9]{2}:?[0-9]{2})?"
    if not re.fullmatch(f"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}[T ]{clock}", iso):
        return end_of_day(parse_day(text, today=today, year=year), timezone)
    try:
        moment = datetime.fromisoformat(iso)
    except ValueError:
        raise Failure("impossible-date", text=text) from None
    if not valid_day(iso[:10]):
        raise Failure("impossible-date", text=text)
    return utc_moment(moment if moment.tzinfo else moment.replace(tzinfo=_zone(timezone)))
