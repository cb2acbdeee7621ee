"""Periods of reports: which is meant, its days by both calendars, what comes before and after it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.errors import Failure
from plantrack.model.days import CIVIL, add_days, closed_period, shifted
from plantrack.model.typed.days import parse_period


def read(text: str, today: str = "2024-07-22", closing_day: int = 14) -> tuple[str, str, str]:
    return tuple(parse_period(text, today=today, closing_day=closing_day))  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("name", "official", "civil"),
    [
        ("2024-07", ("2024-06-15", "2024-07-14"), ("2024-07-01", "2024-07-31")),
        ("2024-01", ("2023-12-15", "2024-01-14"), ("2024-01-01", "2024-01-31")),
        ("2024-02", ("2024-01-15", "2024-02-14"), ("2024-02-01", "2024-02-29")),
        ("2024-Q1", ("2023-12-15", "2024-03-14"), ("2024-01-01", "2024-03-31")),
        ("2024-Q4", ("2024-09-15", "2024-12-14"), ("2024-10-01", "2024-12-31")),
        ("2024-H1", ("2023-12-15", "2024-06-14"), ("2024-01-01", "2024-06-30")),
        ("2024-H2", ("2024-06-15", "2024-12-14"), ("2024-07-01", "2024-12-31")),
        ("2024-9M", ("2023-12-15", "2024-09-14"), ("2024-01-01", "2024-09-30")),
        ("2024", ("2023-12-15", "2024-12-14"), ("2024-01-01", "2024-12-31")),
    ],
)  # fmt: skip
def test_the_days_of_a_period_by_both_calendars(
    name: str, official: tuple[str, str], civil: tuple[str, str]
) -> None:
    assert read(name) == (name, *official)
    assert read(name, closing_day=CIVIL) == (name, *civil)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("T7", "2024-07"), ("tháng 7", "2024-07"), ("thang 7", "2024-07"), ("7", "2024-07"), ("7/2023", "2023-07"),
        ("July 2024", "2024-07"), ("quý II", "2024-Q2"), ("Quý II/2023", "2023-Q2"), ("q3", "2024-Q3"),
        ("6 tháng đầu năm", "2024-H1"), ("6 tháng cuối năm 2023", "2023-H2"), ("6 tháng", "2024-H1"),
        ("6 tháng năm 2023", "2023-H1"), ("9 tháng", "2024-9M"), ("9 tháng đầu năm 2023", "2023-9M"),
        ("năm", "2024"), ("năm 2023", "2023"), ("cả năm 2023", "2023"), ("2023", "2023"),
    ],
)  # fmt: skip
def test_periods_as_people_write_them(typed: str, name: str) -> None:
    assert read(typed)[0] == name


@pytest.mark.parametrize(
    ("today", "closing_day", "last", "this"),
    [
        ("2024-07-14", 14, "2024-06", "2024-07"),  # the closing day is not over yet
        ("2024-07-15", 14, "2024-07", "2024-08"),
        ("2024-12-15", 14, "2024-12", "2025-01"),
        ("2024-01-14", 14, "2023-12", "2024-01"),
        ("2024-07-31", CIVIL, "2024-06", "2024-07"),
        ("2024-08-01", CIVIL, "2024-07", "2024-08"),
        ("2024-03-01", 30, "2024-02", "2024-03"),  # February closes on its last day
    ],
)
def test_the_last_month_is_the_last_one_that_is_over(
    today: str, closing_day: int, last: str, this: str
) -> None:
    assert read("last", today, closing_day)[0] == read("tháng trước", today, closing_day)[0] == last
    assert read("this", today, closing_day)[0] == this


@pytest.mark.parametrize(
    "typed", ["", " ", "x", "18/7/2024", "2024-13", "13", "Q5", "0000", "năm 0000", "9" * 99]
)
def test_what_is_no_period_is_refused(typed: str) -> None:
    with pytest.raises(Failure) as caught:
        read(typed)
    assert (caught.value.code, caught.value.exit_code) == ("bad-period", 2)


def test_a_week_is_told_to_be_one() -> None:
    with pytest.raises(Failure) as caught:
        read("tuần 29")
    assert (caught.value.code, caught.value.params["week"]) == ("period-is-week", "2024-W29")


@given(st.dates(date(1950, 1, 1), date(2150, 1, 1)), st.integers(1, 31), st.sampled_from("MQHY"))
def test_periods_of_a_kind_follow_each_other_without_a_gap(day: date, closing_day: int, kind: str) -> None:
    name = {
        "M": f"{day:%Y-%m}",
        "Q": f"{day.year}-Q{(day.month + 2) // 3}",
        "H": f"{day.year}-H{(day.month + 5) // 6}",
        "Y": str(day.year),
    }[kind]
    here, after = closed_period(name, closing_day), closed_period(shifted(name, 1), closing_day)
    assert here.end == after.first
    assert shifted(after.name, -1) == name
    assert here.first <= here.last


@given(st.dates(date(1950, 1, 1), date(2150, 1, 1)), st.integers(1, 31))
def test_each_day_lies_in_the_month_that_is_this_one(day: date, closing_day: int) -> None:
    month = parse_period("this", today=day.isoformat(), closing_day=closing_day)
    assert month.first <= day.isoformat() <= month.last
    last = parse_period("last", today=day.isoformat(), closing_day=closing_day)
    assert last.last == add_days(month.first, -1) < day.isoformat()


def test_after_nine_months_comes_the_last_quarter() -> None:
    for closing_day in (14, CIVIL):
        nine = closed_period("2024-9M", closing_day)
        assert closed_period(shifted("2024-9M", 1), closing_day).first == nine.end
    assert shifted("2024-9M", -1) == "2023-9M"
