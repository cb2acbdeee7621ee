"""Calendars: each due day is an event of the whole day that keeps nobody busy, known again by its UID.

The library makes the frame; the events are put together here, because with the library ten thousand of them would take
six seconds, and of a text with `\\N` in it, it makes another one.
"""

from collections.abc import Iterator

from icalendar import Calendar as Frame

from plantrack.model.days import add_days
from plantrack.render.formats import Page
from plantrack.render.formats.office_zip import legal
from plantrack.render.layout.calendar import Calendar, Event

#: The most bytes of a line, as RFC 5545 has it.
_LINE = 75
#: How signs with a meaning stand in a text.
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


def render(calendar: Calendar, page: Page) -> Iterator[bytes]:
    """Write a calendar."""
    frame = Frame()
    frame.add("prodid", f"-//plantrack//plantrack//{page.words.language.upper()}")
    frame.add("version", "2.0")
    frame.add("calscale", "GREGORIAN")
    # Else Outlook takes the file for a meeting to answer.
    frame.add("method", "PUBLISH")
    head, end, rest = frame.to_ical().partition(b"END:VCALENDAR")
    yield head + _folded(b"X-WR-CALNAME:" + _text(calendar.title)) + b"\r\n"
    for event in calendar.events:
        yield b"".join([_folded(line) + b"\r\n" for line in _lines(event, calendar)])
    yield end + rest


def _lines(event: Event, calendar: Calendar) -> Iterator[bytes]:
    """Yield the lines of an event, or of what is to be done; the end of a day is the next one."""
    kind = b"VTODO" if calendar.as_todos else b"VEVENT"
    yield b"BEGIN:" + kind
    yield b"UID:" + _text(event.uid)
    yield b"DTSTAMP:" + _moment(event.changed_at)
    yield b"SEQUENCE:%d" % event.sequence
    if event.modified_at:
        yield b"LAST-MODIFIED:" + _moment(event.modified_at)
    yield from _todo_day(event) if calendar.as_todos else _whole_day(event)
    yield b"SUMMARY:" + _text(event.title)
    yield b"DESCRIPTION:" + _text(event.description)
    if event.categories:
        yield b"CATEGORIES:" + b",".join(map(_text, event.categories))
    yield from _todo_state(event) if calendar.as_todos else _event_state(event)
    if calendar.alarm and not event.cancelled:
        yield from _alarm(event, calendar)
    yield b"END:" + kind


def _whole_day(event: Event) -> Iterator[bytes]:
    yield b"DTSTART;VALUE=DATE:" + _day(event.day)
    yield b"DTEND;VALUE=DATE:" + _day(add_days(event.day, 1))


def _event_state(event: Event) -> Iterator[bytes]:
    yield b"STATUS:CANCELLED" if event.cancelled else b"STATUS:CONFIRMED"
    yield b"TRANSP:TRANSPARENT"


def _todo_day(event: Event) -> Iterator[bytes]:
    yield b"DUE;VALUE=DATE:" + _day(event.day)


def _todo_state(event: Event) -> Iterator[bytes]:
    yield b"STATUS:" + event.todo_status.encode()
    if event.percent is not None:
        yield b"PERCENT-COMPLETE:%d" % event.percent


def _alarm(event: Event, calendar: Calendar) -> Iterator[bytes]:
    """Yield an alarm so long before the day; what is to be done has no beginning, and its alarm counts from its end."""
    related = b";RELATED=END" if calendar.as_todos else b""
    yield b"BEGIN:VALARM"
    yield b"ACTION:DISPLAY"
    yield b"DESCRIPTION:" + _text(event.title)
    yield b"TRIGGER" + related + b":-" + calendar.alarm.encode()
    yield b"END:VALARM"


def _text(text: str) -> bytes:
    return legal(text).translate(_ESCAPED).encode("utf-8")


def _day(day: str) -> bytes:
    return day.replace("-", "").encode()


def _moment(moment: str) -> bytes:
    """Write a moment as it is kept (UTC, with milliseconds) to the second."""
    return moment[:19].replace("-", "").replace(":", "").encode() + b"Z"


def _folded(line: bytes) -> bytes:
    """Break a line that is too long between characters, never inside one or inside an escape."""
    if len(line) <= _LINE:
        return line
    pieces, first = list[bytes](), 0
    while first < len(line):
        last = min(first + _LINE - bool(pieces), len(line))
        while last < len(line) and line[last] & 0xC0 == 0x80:
            last -= 1
        piece = line[first:last]
        # Of two backslashes the second one is the sign; only a last one without its sign begins an escape.
        last -= last < len(line) and (len(piece) - len(piece.rstrip(b"\\"))) % 2
        pieces.append(line[first:last])
        first = last
    return b"\r\n ".join(pieces)
