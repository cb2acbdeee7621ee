"""Which year is meant where none is written, at each place where days are typed."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.errors import Failure
from plantrack.model.typed.days import parse_day, parse_due, parse_range


def latest(text: str, today: str, year: int = 2024) -> str:
    """Read a day of what was done or is asked about."""
    return parse_day(text, today=today)


def coming(text: str, today: str, year: int = 2024) -> str:
    """Read a deadline."""
    found = parse_due(text, today=today, year=year).day
    assert found
    return found


def of_plan(text: str, today: str, year: int = 2024) -> str:
    """Read a day in a filter."""
    found = parse_range(text, today=today, year=year)
    assert found
    assert found.first
    return found.first


Read = Callable[..., str]


@pytest.mark.parametrize(
    ("read", "today", "found"),
    [
        (latest, "2024-07-18", "2024-07-15"),
        (latest, "2024-07-15", "2024-07-15"),
        (latest, "2024-07-14", "2023-07-15"),
        (coming, "2024-07-15", "2024-07-15"),
        (coming, "2024-07-16", "2025-07-15"),
        (coming, "2025-07-16", "2026-07-15"),
        (coming, "2023-01-01", "2024-07-15"),  # the plan's, which is to come
        (of_plan, "2024-12-31", "2024-07-15"),
        (of_plan, "2030-01-01", "2024-07-15"),
    ],
)
def test_the_year_of_a_day_in_a_plan_of_2024(read: Read, today: str, found: str) -> None:
    assert read("15/7", today) == found


@pytest.mark.parametrize(
    ("read", "today", "found"),
    [
        (latest, "2024-02-28", "2020-02-29"),
        (latest, "1912-01-01", "1908-02-29"),
        (latest, "2107-01-01", "2104-02-29"),
        (latest, "2104-02-28", "2096-02-29"),  # 2100 is no leap year
        (coming, "2024-03-01", "2028-02-29"),
        (coming, "2097-01-01", "2104-02-29"),
        (of_plan, "2024-07-18", "2024-02-29"),
    ],
)
def test_a_leap_day_is_found_however_far_it_is(read: Read, today: str, found: str) -> None:
    assert read("29/2", today) == found


@pytest.mark.parametrize("read", [latest, coming, of_plan])
def test_a_year_that_is_written_is_the_year(read: Read) -> None:
    for today in ("1999-01-01", "2024-07-18", "2100-01-01"):
        assert read("15/7/2022", today) == "2022-07-15"


@pytest.mark.parametrize("read", [latest, coming, of_plan])
@pytest.mark.parametrize("text", ["30/2", "31/6", "30/2/2024"])
def test_what_no_calendar_has_is_in_no_year(read: Read, text: str) -> None:
    with pytest.raises(Failure) as caught:
        read(text, "2024-07-18")
    assert (caught.value.code, caught.value.params) == ("impossible-date", {"text": text})


days = st.dates(date(1950, 1, 1), date(2150, 12, 31)).filter(lambda day: (day.month, day.day) != (2, 29))


@given(days, days, st.integers(1950, 2150))
def test_the_latest_is_not_after_today_and_the_next_is_not_past(
    written: date, today: date, year: int
) -> None:
    text, now = f"{written.day}/{written.month}", today.isoformat()
    own = written.replace(year=year).isoformat()
    assert of_plan(text, now, year) == own
    before = latest(text, now)
    assert before <= now
    assert (today - date.fromisoformat(before)).days <= 366
    after = coming(text, now, year)
    assert after == own if own >= now else after >= now
    assert after == own or (date.fromisoformat(after) - today).days <= 366
