"""How a calendar is made: as days or as things to do, and with an alarm so long before each."""

import re
from typing import TYPE_CHECKING, Annotated

from typer import Option

from plantrack.cli.session import Session
from plantrack.errors import Failure

if TYPE_CHECKING:
    from plantrack.render.layout.calendar import Calendar

Todo = Annotated[bool, Option("--todo", help="opt.todo")]
Alarm = Annotated[str | None, Option("--alarm", metavar="SPAN", help="opt.alarm")]

#: How long before, as calendars write it, by the letter that is typed: minutes and hours are parts of a day (`T`).
_SPANS = {"m": "PT{}M", "h": "PT{}H", "d": "P{}D", "w": "P{}W"}


def refuse_elsewhere(session: Session, *, todo: bool, alarm: str | None) -> None:
    """Refuse the options of calendars in another form.

    Raises: calendar-option.
    """
    for option, given in (("--todo", todo), ("--alarm", alarm is not None)):
        if given and session.format != "ics":
            raise Failure("calendar-option", option=option)


def made_so(calendar: "Calendar", *, todo: bool, alarm: str | None) -> "Calendar":
    """Return a calendar of things to do, or with alarms.

    Raises: bad-alarm.
    """
    return calendar._replace(as_todos=todo, alarm="" if alarm is None else _read_span(alarm))


def _read_span(typed: str) -> str:
    found = re.fullmatch("([0-9]{1,3})([mhdw])", typed.strip().lower())
    if found is None:
        raise Failure("bad-alarm", value=typed)
    return _SPANS[found[2]].format(int(found[1]))
