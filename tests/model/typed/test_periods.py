"""Every spelling of every period, single and several in a row, in the year that is meant at each place."""

import unicodedata
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from plantrack.errors import Failure
from plantrack.model.days import DayRange, DueDay, Period, civil_period, closed_period
from plantrack.model.typed.days import (
    parse_day,
    parse_due,
    parse_period,
    parse_range,
    parse_start,
    parse_week,
)
from plantrack.model.typed.periods import period_name

ROMAN = ("", "I", "II", "III", "IV")
THURSDAY = "2024-07-18"


def roman_or_number(n: int) -> list[str]:
    """Write a quarter's number in each way."""
    return [f"{n}", ROMAN[n], ROMAN[n].lower()]


#: The parts of a year, each with all the ways to write it; the first word of several in a row is apart.
QUARTERS = {
    f"-Q{n}": [(unit, number) for unit in ("Q", "q", "Quý ", "quy-", "QUÍ ") for number in roman_or_number(n)]
    for n in (1, 2, 3, 4)
}
MONTHS = {
    f"-{n:02}": [(unit, f"{n}") for unit in ("Tháng ", "thang-", "t0" if n < 10 else "T")]
    for n in range(1, 13)
}
WEEKS = {f"-W{n:02}": [(unit, f"{n}") for unit in ("W", "tuần ", "Tuan-", "week ")] for n in range(1, 53)}
OTHERS = {
    "-H1": [("", text) for text in ("H1", "6 tháng đầu năm", "6-thang-dau-nam", "first half")],
    "-H2": [("", text) for text in ("h2", "6 tháng cuối năm", "second half")],
    "-9M": [("", text) for text in ("9M", "9 tháng", "9 tháng đầu năm", "first nine months")],
}
RANGED = (QUARTERS, MONTHS, WEEKS)
BETWEEN = ("-", " - ", "–", " – ", "—", " đến ", " den ", " tới ", " đến hết ")
DATED = ("{}/2024", "{} năm 2024", "{}-2024", "{} 2024")


def two_in_a_row(kind: dict[str, list[tuple[str, str]]]) -> st.SearchStrategy[tuple[str, str, str, str]]:
    """Make two periods of a kind: their parts of the year, and a spelling of each without its word."""
    part = st.sampled_from(list(kind))
    return st.tuples(part, part).flatmap(
        lambda two: st.tuples(
            *(st.just(two[0]), st.just(two[1])),
            *(st.sampled_from([f"{unit}|{number}" for unit, number in kind[part]]) for part in two),
        )
    )


in_a_row = st.sampled_from(RANGED).flatmap(two_in_a_row)


@pytest.mark.parametrize("dated", [*DATED, "{}"])
def test_every_spelling_of_every_period(dated: str) -> None:
    for part, spellings in (QUARTERS | MONTHS | WEEKS | OTHERS).items():
        name = f"2024{part}"
        period = civil_period(name)
        assert period
        for text in (dated.format(unit + number) for unit, number in spellings):
            for typed in (text, unicodedata.normalize("NFD", text)):
                assert period_name(typed, year=2024) == name, typed
                assert parse_due(typed, today="2024-01-01", year=2024) == DueDay(period.last, name), typed
                assert parse_start(typed, today="2024-01-01", year=2024) == period.first, typed
                assert parse_range(typed, today=THURSDAY, year=2024) == DayRange(*period[1:]), typed
                assert read_report_or_week(part, typed) == period, typed


def read_report_or_week(part: str, text: str) -> Period:
    """Read a period where reports and weeks are asked for, on the last day of the year."""
    if "W" in part:
        return parse_week(text, today="2024-12-29")
    return parse_period(text, today="2024-12-31", closing_day=31)


@given(in_a_row, st.sampled_from(BETWEEN), st.sampled_from(["{}", *DATED]), st.booleans(), st.booleans())
@example(("-Q1", "-Q2", "Q|I", "Q|II"), "-", "{}", False, False)
@example(("-Q2", "-Q1", "Q|II", "Q|I"), "-", "{}", False, False)
def test_several_in_a_row_end_with_the_last(
    two: tuple[str, str, str, str], between: str, dated: str, repeated: bool, from_: bool
) -> None:
    head, tail = two[2].replace("|", ""), two[3].replace("|", "") if repeated else two[3].split("|")[1]
    text = "từ " * from_ + head + between + dated.format(tail)
    first, last = civil_period(f"2024{two[0]}"), civil_period(f"2024{two[1]}")
    assert first and last
    if first.first > last.last:
        for read in (due_in_2024, start_in_2024, range_in_2024):
            with pytest.raises(Failure, match="bad-range"):
                read(text)
        return
    assert (
        due_in_2024(text) == due_in_2024(unicodedata.normalize("NFD", text)) == DueDay(last.last, last.name)
    )
    assert start_in_2024(text) == first.first
    assert range_in_2024(text) == DayRange(first.first, last.last)


def due_in_2024(text: str) -> DueDay:
    """Read a deadline at the beginning of 2024."""
    return parse_due(text, today="2024-01-01", year=2024)


def start_in_2024(text: str) -> str:
    """Read a start at the beginning of 2024."""
    return parse_start(text, today="2024-01-01", year=2024)


def range_in_2024(text: str) -> DayRange | None:
    """Read a range of a plan of 2024."""
    return parse_range(text, today=THURSDAY, year=2024)


@pytest.mark.parametrize(
    ("text", "first", "last", "name"),
    [
        ("Quý I-II", "2024-01-01", "2024-06-30", "2024-Q2"),
        ("Quý II – III/2024", "2024-04-01", "2024-09-30", "2024-Q3"),
        ("quý 1-2", "2024-01-01", "2024-06-30", "2024-Q2"),
        ("Tháng 5-6", "2024-05-01", "2024-06-30", "2024-06"),
        ("T5-6", "2024-05-01", "2024-06-30", "2024-06"),
        ("T5-T6/2024", "2024-05-01", "2024-06-30", "2024-06"),
        ("May-June 2024", "2024-05-01", "2024-06-30", "2024-06"),
        ("Quý IV/2023 - Quý I/2024", "2023-10-01", "2024-03-31", "2024-Q1"),
        ("2024-Q1 - 2024-Q3", "2024-01-01", "2024-09-30", "2024-Q3"),
        ("5/2024-6/2024", "2024-05-01", "2024-06-30", "2024-06"),
        ("quý III-III", "2024-07-01", "2024-09-30", "2024-Q3"),
    ],
)
def test_several_as_annexes_have_them(text: str, first: str, last: str, name: str) -> None:
    assert due_in_2024(text) == DueDay(last, name)
    assert range_in_2024(text) == DayRange(first, last)


@pytest.mark.parametrize(
    ("text", "code"),
    [("Quý II-I", "bad-range"), ("T12-1", "bad-range"), ("Q4-Q1/2025", "bad-range"), ("Quý I-V", "bad-date")]
    + [("quý I II", "bad-date"), ("T5-13", "impossible-date"), ("T5-Q3", "bad-date"), ("H1-H2", "bad-date")]
    + [("quý I-II" + " " * 100 + "x", "bad-date"), ("-" * 20_000, "bad-date"), ("1" * 20_000, "bad-date")],
)
def test_several_that_are_none(text: str, code: str) -> None:
    with pytest.raises(Failure, match=code):
        due_in_2024(text)


@pytest.mark.parametrize("text", ["5-6", "18-7-2024", "1-2-2024"])
def test_a_day_is_no_range_of_months(text: str) -> None:
    assert due_in_2024(text).text is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Quý I-II", "2024-H1"),
        ("quý III – IV/2023", "2023-H2"),
        ("Tháng 4-6", "2024-Q2"),
        ("quý I-III/2023", "2023-9M"),
    ]
    + [("T1-12/2023", "2023"), ("tháng 7-7", "2024-07")],
)
def test_a_report_of_several_is_that_of_the_period_that_they_are(text: str, name: str) -> None:
    assert parse_period(text, today="2024-08-01", closing_day=14) == closed_period(name, 14)


@pytest.mark.parametrize("text", ["Tháng 5-6", "Quý II-III", "Quý II-I", "Q4/2023-Q1/2024", "W28-29"])
def test_there_is_no_report_of_what_is_no_period(text: str) -> None:
    with pytest.raises(Failure, match="bad-period"):
        parse_period(text, today=THURSDAY, closing_day=14)


# Which year is meant.

todays = st.dates(date(1950, 1, 1), date(2150, 1, 1))
#: A day and a month that come together in some year.
dates = st.dates(date(2024, 1, 1), date(2024, 12, 31))


def steps(start: date, by: int, fits: Callable[[date], bool]) -> str:
    """Walk from a day to the first that fits."""
    while not fits(start):
        start += timedelta(by)
    return start.isoformat()


@given(todays, dates)
def test_a_day_of_the_past_is_the_latest_such_day(today: date, wanted: date) -> None:
    found = steps(today, -1, lambda d: (d.day, d.month) == (wanted.day, wanted.month))
    assert parse_day(f"{wanted.day}/{wanted.month}", today=today.isoformat()) == found


@given(todays, dates, st.integers(-2, 2))
def test_a_deadline_is_of_the_plan_s_year_unless_it_is_past(today: date, wanted: date, away: int) -> None:
    year, text = today.year + away, f"{wanted.day}/{wanted.month}"
    numbers = (wanted.day, wanted.month)
    try:
        of_plan = wanted.replace(year=year).isoformat()
    except ValueError:
        of_plan = "" if year < today.year else None  # type: ignore[assignment]
    if of_plan is None:  # the plan's year is not over, and has no such day
        with pytest.raises(Failure, match="impossible-date"):
            parse_due(text, today=today.isoformat(), year=year)
        return
    ahead = steps(today, 1, lambda d: (d.day, d.month) == numbers)
    expected = of_plan if of_plan >= today.isoformat() else ahead
    assert parse_due(text, today=today.isoformat(), year=year) == DueDay(expected, None)
    assert parse_start(text, today=today.isoformat(), year=year) == expected


@given(todays, st.integers(1, 31), st.sampled_from([*QUARTERS, *MONTHS, *OTHERS]))
def test_a_period_is_the_latest_that_has_begun(today: date, closing_day: int, part: str) -> None:
    text = (QUARTERS | MONTHS | OTHERS)[part][0]
    read = parse_period("".join(text), today=today.isoformat(), closing_day=closing_day)
    assert read == closed_period(read.name, closing_day)
    assert read.name.endswith(part)
    after = closed_period(f"{int(read.name[:4]) + 1}{part}", closing_day)
    assert read.first <= today.isoformat() < after.first


@given(todays, st.integers(1, 53))
def test_a_week_is_the_latest_that_has_begun(today: date, number: int) -> None:
    week = parse_week(f"{number}", today=today.isoformat())
    monday = steps(today, -1, lambda d: d.isocalendar()[1:] == (number, 1))
    assert (week.first, int(week.name[-2:])) == (monday, number)


def test_the_plan_s_year_is_that_of_filters() -> None:
    assert parse_range("5/1", today="2025-01-08", year=2024) == DayRange("2024-01-05", "2024-01-05")
    assert parse_range("Q4", today=THURSDAY, year=2024) == DayRange("2024-10-01", "2024-12-31")


def test_early_in_january_with_last_year_s_plan() -> None:
    today = "2025-01-08"
    assert parse_day("5/1", today=today) == "2025-01-05"
    assert parse_day("20/12", today=today) == "2024-12-20"
    assert parse_due("20/12", today=today, year=2024).day == "2025-12-20"
    assert parse_due("15/3", today=today, year=2024).day == "2025-03-15"
    assert parse_due("Q1", today=today, year=2024) == DueDay("2025-03-31", "2025-Q1")
    assert parse_period("Q4", today=today, closing_day=14).name == "2024-Q4"
    assert parse_week("50", today=today).name == "2024-W50"
