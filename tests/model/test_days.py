"""Days and periods, and the one form that is kept."""

import subprocess
import sys
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.model.days import (
    Period,
    add_days,
    civil_period,
    closed_period,
    days_between,
    next_due,
    period_last_day,
    rhythm_of,
    valid_day,
    week_of,
    weekday,
)
from plantrack.model.typed.days import parse_week

# Days.


inner_days = st.dates(date(1901, 1, 1), date(2198, 12, 31)).map(date.isoformat)


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        ("2024-02-29", True),
        ("2023-02-29", False),
        ("1899-12-31", False),
        ("2200-01-01", False),
        ("20240718", False),
        ("2024-W29-4", False),
        ("2024-7-18", False),
        ("٢٠٢٤-٠٧-١٨", False),
        ("2024-07-18 ", False),
        ("2024-07-18\n", False),
        ("", False),
    ],
)
def test_valid_day(text: str, valid: bool) -> None:
    assert valid_day(text) is valid


@given(inner_days, st.integers(-300, 300))
def test_days_add_up(start: str, n: int) -> None:
    assert days_between(start, add_days(start, n)) == n
    assert weekday(add_days(start, 7 * n)) == weekday(start)


def test_the_week_begins_on_monday() -> None:
    assert [weekday(add_days("2024-07-15", n)) for n in range(7)] == list(range(7))


# Periods.


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("2024-W29", "2024-07-15", "2024-07-21"),
        ("2025-W01", "2024-12-30", "2025-01-05"),
        ("2020-W53", "2020-12-28", "2021-01-03"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2024-12", "2024-12-01", "2024-12-31"),
        ("2024-Q3", "2024-07-01", "2024-09-30"),
        ("2024-H1", "2024-01-01", "2024-06-30"),
        ("2024-H2", "2024-07-01", "2024-12-31"),
        ("2024-9M", "2024-01-01", "2024-09-30"),
        ("2024", "2024-01-01", "2024-12-31"),
    ],
)
def test_civil_periods(name: str, first: str, last: str) -> None:
    assert civil_period(name) == Period(name, first, last)
    assert period_last_day(name) == last


@pytest.mark.parametrize(
    "name",
    ["2024-W53", "2024-W00", "2024-13", "2024-00", "2024-Q5", "2024-H3", "2024-6M"],
)
def test_names_of_no_period(name: str) -> None:
    assert civil_period(name) is None
    assert period_last_day(name) is None
    with pytest.raises(ValueError, match=name):
        closed_period(name, 14)


@pytest.mark.parametrize("name", ["", "2024-w29", "24-07", "2024-7", "2024-07-18", "2024-Q3 ", "Q3"])
def test_a_name_is_exact(name: str) -> None:
    assert civil_period(name) is None


@pytest.mark.parametrize("year", ["1899", "2200"])
def test_years_that_nobody_means(year: str) -> None:
    assert civil_period(year) is None
    assert period_last_day(year) is None


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("2024-07", "2024-06-15", "2024-07-14"),
        ("2024-01", "2023-12-15", "2024-01-14"),
        ("2024-Q1", "2023-12-15", "2024-03-14"),
        ("2024-Q4", "2024-09-15", "2024-12-14"),
        ("2024-H1", "2023-12-15", "2024-06-14"),
        ("2024-H2", "2024-06-15", "2024-12-14"),
        ("2024-9M", "2023-12-15", "2024-09-14"),
        ("2024", "2023-12-15", "2024-12-14"),
        ("2024-W29", "2024-07-15", "2024-07-21"),
    ],
)
def test_official_periods_close_on_the_fourteenth(name: str, first: str, last: str) -> None:
    assert closed_period(name, 14) == Period(name, first, last)


def test_another_closing_day() -> None:
    assert closed_period("2024-07", 20) == Period("2024-07", "2024-06-21", "2024-07-20")


@given(st.integers(1901, 2198), st.sampled_from(["-02", "-07", "-Q1", "-H2", "-9M", ""]))
def test_a_closing_day_after_the_last_is_the_civil_calendar(year: int, part: str) -> None:
    assert closed_period(f"{year}{part}", 31) == civil_period(f"{year}{part}")


@given(inner_days, st.integers(1, 31))
def test_each_day_is_in_exactly_one_official_month(a_day: str, closing_day: int) -> None:
    year = int(a_day[:4])
    names = [f"{y}-{m:02}" for y in (year - 1, year, year + 1) for m in range(1, 13)]
    months = [closed_period(name, closing_day) for name in names if "1900" < name <= "2199-01"]
    assert sum(month.first <= a_day <= month.last for month in months) == 1


@given(st.integers(1901, 2198), st.integers(1, 31))
def test_the_parts_of_a_year_tile_it(year: int, closing_day: int) -> None:
    whole = closed_period(f"{year}", closing_day)
    for parts in (["H1", "H2"], ["Q1", "Q2", "Q3", "Q4"], [f"{m:02}" for m in range(1, 13)]):
        periods = [closed_period(f"{year}-{part}", closing_day) for part in parts]
        assert (periods[0].first, periods[-1].last) == whole[1:]
        assert all(a.end == b.first for a, b in pairwise(periods))


@given(inner_days)
def test_weeks_tile_the_calendar(a_day: str) -> None:
    week = week_of(a_day)
    assert week.first <= a_day <= week.last
    assert (weekday(week.first), days_between(week.first, week.end)) == (0, 7)
    assert civil_period(week.name) == week
    after = week_of(week.end)
    assert after.first == week.end
    assert parse_week("last", today=after.first) == week


def test_a_sunday_is_not_over() -> None:
    assert parse_week("last", today="2024-07-21").name == "2024-W28"
    assert parse_week("last", today="2024-07-22").name == "2024-W29"


def test_nothing_is_loaded_before_it_is_needed() -> None:
    code = "import sys, plantrack.model.days; print('zoneinfo' in sys.modules, 'difflib' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False False\n"


# Recurring work.


@pytest.mark.parametrize(
    ("due", "every", "rhythm", "expected"),
    [
        ("2024-01-31", "month", "2024-01-31", "2024-02-29"),
        ("2024-02-29", "month", "2024-01-31", "2024-03-31"),
        ("2024-02-29", "month", "2024-01-30", "2024-03-30"),
        ("2024-02-29", "year", "2024-02-29", "2025-02-28"),
        ("2027-02-28", "year", "2024-02-29", "2028-02-29"),
        ("2024-04-30", "quarter", "2024-04-30", "2024-07-31"),
        ("2024-12-15", "half", "2024-12-15", "2025-06-15"),
        ("2024-12-30", "week", "2024-12-30", "2025-01-06"),
        ("2024-01-10", "closing", "2024-01-10", "2024-01-14"),
        ("2024-01-14", "closing", "2024-01-10", "2024-02-14"),
        ("2024-12-20", "closing", "2024-12-20", "2025-01-14"),
    ],
)
def test_a_due_day_follows_another(due: str, every: str, rhythm: str, expected: str) -> None:
    assert next_due(due, every, rhythm, 14) == expected


def test_a_due_day_that_was_moved_out_of_the_rhythm_has_one_of_its_own() -> None:
    assert rhythm_of("2024-03-15", "2024-01-31") == "2024-03-15"
    assert rhythm_of("2024-02-29", "2024-01-30") == "2024-01-30"
    assert rhythm_of("2024-02-29", None) == "2024-02-29"


@given(
    due=st.dates(date(1990, 1, 1), date(2100, 12, 31)).map(date.isoformat),
    every=st.sampled_from(["month", "quarter", "half", "year"]),
)
def test_no_due_day_drifts(due: str, every: str) -> None:
    """A day keeps its place in its month: 31 (the end) stays the end, 30 is 28 or 29 in February alone."""
    ends, day, months = add_days(due, 1)[8:] == "01", due, 0
    for _ in range(30):
        day, months = (
            next_due(day, every, due, 14),
            months + {"month": 1, "quarter": 3, "half": 6}.get(every, 12),
        )
        period = civil_period(day[:7])
        assert period is not None
        assert day == (period.last if ends else min(f"{day[:8]}{due[8:]}", period.last))
        assert int(day[:4]) * 12 + int(day[5:7]) == int(due[:4]) * 12 + int(due[5:7]) + months
