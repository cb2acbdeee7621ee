"""Which year is meant where none is written: the table of `YearRule`, and what holds for any day."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.errors import Failure
from plantrack.model.days import Period
from plantrack.model.year_rule import DayContext, YearRule, settled


def on(month: int, day: int) -> Callable[[int], Period | None]:
    """Return the one day of a year that is written as `day/month`."""

    def made(year: int) -> Period | None:
        try:
            iso = date(year, month, day).isoformat()
        except ValueError:
            return None
        return Period(iso, iso, iso)

    return made


def read(
    made: Callable[[int], Period | None], rule: YearRule, today: str, year: int, fixed: bool = False
) -> str:
    return settled(made, DayContext(rule, today, year), "x", fixed=fixed).first


@pytest.mark.parametrize(
    ("rule", "today", "found"),
    [
        (YearRule.LATEST, "2024-07-18", "2024-07-15"),
        (YearRule.LATEST, "2024-07-15", "2024-07-15"),
        (YearRule.LATEST, "2024-07-14", "2023-07-15"),
        (YearRule.NEXT, "2024-07-15", "2024-07-15"),
        (YearRule.NEXT, "2024-07-16", "2025-07-15"),
        (YearRule.NEXT, "2025-07-16", "2026-07-15"),
        (YearRule.NEXT, "2023-01-01", "2024-07-15"),  # the plan's, which is to come
        (YearRule.PLAN, "2024-12-31", "2024-07-15"),
        (YearRule.PLAN, "2030-01-01", "2024-07-15"),
    ],
)
def test_the_year_of_a_day_in_a_plan_of_2024(rule: YearRule, today: str, found: str) -> None:
    assert read(on(7, 15), rule, today, 2024) == found


@pytest.mark.parametrize(
    ("rule", "today", "found"),
    [
        (YearRule.LATEST, "2024-02-28", "2020-02-29"),
        (YearRule.LATEST, "1904-01-01", "1896-02-29"),  # 1900 was no leap year
        (YearRule.NEXT, "2024-03-01", "2028-02-29"),
        (YearRule.NEXT, "2097-01-01", "2104-02-29"),
        (YearRule.PLAN, "2024-07-18", "2024-02-29"),
    ],
)
def test_a_leap_day_is_found_however_far_it_is(rule: YearRule, today: str, found: str) -> None:
    assert read(on(2, 29), rule, today, 2024) == found


@pytest.mark.parametrize("rule", YearRule)
def test_a_year_that_is_written_is_the_year(rule: YearRule) -> None:
    for today in ("1999-01-01", "2024-07-18", "2100-01-01"):
        assert read(on(7, 15), rule, today, 2024, fixed=True) == "2024-07-15"


@pytest.mark.parametrize("rule", YearRule)
@pytest.mark.parametrize("fixed", [True, False])
def test_what_no_calendar_has_and_what_runs_backwards_is_refused(rule: YearRule, fixed: bool) -> None:
    context = DayContext(rule, "2024-07-18", 2024)
    with pytest.raises(Failure) as caught:
        settled(on(2, 30), context, "30/2", fixed=fixed)
    assert (caught.value.code, caught.value.params) == ("impossible-date", {"text": "30/2"})
    with pytest.raises(Failure) as caught:
        settled(lambda year: Period("x", f"{year}-07-02", f"{year}-07-01"), context, "2-1/7", fixed=fixed)
    assert (caught.value.code, caught.value.params) == ("bad-range", {"text": "2-1/7"})


days = st.dates(date(1950, 1, 1), date(2150, 12, 31))


@given(days, days, st.integers(1950, 2150))
def test_the_latest_is_not_after_today_and_the_next_is_not_past(
    written: date, today: date, year: int
) -> None:
    made, now = on(written.month, written.day), today.isoformat()
    leap = (written.month, written.day) == (2, 29)
    latest = read(made, YearRule.LATEST, now, year)
    assert latest <= now
    assert leap or (today - date.fromisoformat(latest)).days <= 366
    own = made(year)
    if leap and own is None:
        return
    coming = read(made, YearRule.NEXT, now, year)
    assert own is not None
    assert (coming == own.first) if own.first >= now else (coming >= now)
    assert leap or coming == own.first or (date.fromisoformat(coming) - today).days <= 366
