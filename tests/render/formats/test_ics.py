"""Calendars: a day for each task that has a due day, read back with icalendar."""

from datetime import UTC, date, datetime
from typing import Any

import icalendar
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from plantrack.i18n.words import Words
from plantrack.model.history import TaskRevision
from plantrack.model.plan import Text
from plantrack.render.formats import Page
from plantrack.render.formats.ics import render
from plantrack.render.layout.calendar import Calendar, Event
from plantrack.render.views import list as tasks
from tests.support import factory

VI, EN = Words("vi"), Words("en")


def read(data: bytes) -> tuple[Any, list[Any]]:
    calendar = icalendar.Calendar.from_ical(data)
    return calendar, list(calendar.walk("VEVENT"))


def made(calendar: Calendar, words: Words = VI) -> bytes:
    return b"".join(render(calendar, Page(words, 80, False)))


def event(**changes: Any) -> Event:
    base = Event("u@plantrack", "2024-07-31", "Họp", "mô tả", "2024-07-19T02:53:00.123Z", ("ND3",))
    return base._replace(**changes)


def test_a_due_day_is_a_whole_day_on_which_nobody_is_busy() -> None:
    _, (found,) = read(made(Calendar("Kế hoạch", (event(),))))
    assert found["DTSTART"].dt == date(2024, 7, 31)
    assert found["DTEND"].dt == date(2024, 8, 1)
    assert found["DTSTAMP"].dt == datetime(2024, 7, 19, 2, 53, tzinfo=UTC)
    assert (found["UID"], found["TRANSP"], found["STATUS"]) == ("u@plantrack", "TRANSPARENT", "CONFIRMED")
    assert found["CATEGORIES"].cats == ["ND3"]


def test_what_was_dropped_is_cancelled() -> None:
    _, (found,) = read(made(Calendar("", (event(cancelled=True),))))
    assert found["STATUS"] == "CANCELLED"


def test_a_calendar_made_again_says_how_often_each_day_was_changed() -> None:
    task = factory.make_task(1, due="2024-08-01")
    revisions = {task.uid: TaskRevision(3, "2024-07-18T02:53:00.123Z")}
    _, (found,) = read(made(tasks.calendar(factory.make_list([task]), VI, revisions)))
    assert found["SEQUENCE"] == 2
    assert found["LAST-MODIFIED"].dt == datetime(2024, 7, 18, 2, 53, tzinfo=UTC)


def test_the_calendar_says_whose_it_is() -> None:
    calendar, _ = read(made(tasks.calendar(factory.make_list(), VI, {})))
    assert calendar["PRODID"] == "-//plantrack//plantrack//VI"
    assert calendar["METHOD"] == "PUBLISH"
    # A text like any other, for all that icalendar does not know the property.
    assert calendar["X-WR-CALNAME"] == "Kế hoạch số 468/KH-HLHPNVN-UBDT · SỐ LIỆU VÍ DỤ\\, không có thật"


@pytest.mark.parametrize("words", [VI, EN], ids=["vi", "en"])
def test_the_same_data_gives_the_same_bytes(words: Words) -> None:
    first, second = (made(tasks.calendar(factory.make_list(), words, {}), words) for _ in range(2))
    assert first == second
    assert b"\n" not in first.replace(b"\r\n", b"")


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=400))
def test_any_text_comes_back_and_no_line_is_too_long(text: str) -> None:
    data = made(Calendar(text, (event(title=text, description=text),)))
    lines = data.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert all(line.decode("utf-8") is not None for line in lines)
    _, (found,) = read(data)
    if text.isprintable():
        assert found["SUMMARY"] == text
        assert found["UID"] == "u@plantrack"


def test_a_title_cannot_add_lines_of_its_own() -> None:
    title = "Họp\r\nATTENDEE:mailto:x@example.org\nEND:VEVENT"
    task = factory.make_task(1, due="2024-08-01", title=Text(title))
    _, (found,) = read(made(tasks.calendar(factory.make_list([task]), VI, {})))
    assert "ATTENDEE" not in found
    assert "ATTENDEE" in found["SUMMARY"]


@given(
    st.text(st.sampled_from("\\,;\nạ😀x"), min_size=30, max_size=200) | st.integers(30, 200).map("\\".__mul__)
)
@example("\\" * 400)
def test_a_line_is_broken_inside_no_escape_however_many_there_are(text: str) -> None:
    data = made(Calendar("", (event(title=text),)))
    lines = data.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    for line in lines:
        line.decode("utf-8")
        assert (len(line) - len(line.rstrip(b"\\"))) % 2 == 0
    _, (found,) = read(data)
    assert found["SUMMARY"] == text
