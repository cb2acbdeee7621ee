"""Days and periods as people type them, in both languages."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.errors import Failure
from plantrack.model.days import (
    DayRange,
    Due,
    Period,
    civil_period,
    parse_day,
    parse_due,
    parse_range,
    parse_start,
    parse_week,
    period_last_day,
    period_name,
)

THURSDAY = "2024-07-18"
days = st.dates(date(1900, 1, 1), date(2199, 12, 31)).map(date.isoformat)


def day(text: str) -> str:
    """Read a day on a Thursday of 2024."""
    return parse_day(text, today=THURSDAY, year=2024)


def due(text: str) -> Due:
    """Read a deadline on that day."""
    return parse_due(text, today=THURSDAY, year=2024)


def span(text: str) -> DayRange:
    """Read a range on that day."""
    return parse_range(text, today=THURSDAY, year=2024)


def code_of(read: object, text: str) -> str:
    """Give the code that reading `text` fails with; it names the text as typed."""
    assert callable(read)
    with pytest.raises(Failure) as caught:
        read(text)
    assert caught.value.params == {"text": text}
    return caught.value.code


# Days.


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2024-07-18", "2024-07-18"),
        ("2024-7-8", "2024-07-08"),
        ("2024/07/18", "2024-07-18"),
        ("18/7/2024", "2024-07-18"),
        ("18-7-2024", "2024-07-18"),
        ("18.7.2024", "2024-07-18"),
        (" 18 / 07 / 2024 ", "2024-07-18"),
        ("8-4-2024", "2024-04-08"),
        ("18/7", "2024-07-18"),
        ("29/2", "2024-02-29"),
        ("ngày 05 tháng 10 năm 2022", "2022-10-05"),
        ("ngày 18 tháng 7", "2024-07-18"),
        ("21 Jul 2024", "2024-07-21"),
        ("5 October 2022", "2022-10-05"),
        ("today", "2024-07-18"),
        ("hôm nay", "2024-07-18"),
        ("hom-nay", "2024-07-18"),
        ("HÔM NAY", "2024-07-18"),
        ("nay", "2024-07-18"),
        ("yesterday", "2024-07-17"),
        ("hôm qua", "2024-07-17"),
        ("hom-qua", "2024-07-17"),
        ("tomorrow", "2024-07-19"),
        ("ngày mai", "2024-07-19"),
        ("-1d", "2024-07-17"),
        ("+7d", "2024-07-25"),
        ("-2w", "2024-07-04"),
        ("–1d", "2024-07-17"),
        ("+3 ngày", "2024-07-21"),
        ("-0d", "2024-07-18"),
    ],
)
def test_every_way_to_write_a_day(text: str, read: str) -> None:
    assert day(text) == day(unicodedata.normalize("NFD", text)) == read


@pytest.mark.parametrize(
    ("names", "read"),
    [
        ("monday, Mon, thứ hai, thu-2, Thứ 2, thu hai", "2024-07-15"),
        ("tuesday, tue, thứ ba, thu 3", "2024-07-16"),
        ("wednesday, wed, thứ tư, thu-4", "2024-07-17"),
        ("thursday, thu, thứ năm, thu 5", "2024-07-18"),
        ("friday, fri, thứ sáu, thu-6", "2024-07-12"),
        ("saturday, sat, thứ bảy, thu 7", "2024-07-13"),
        ("sunday, sun, chủ nhật, chu-nhat, CN", "2024-07-14"),
    ],
)
def test_a_weekday_is_the_latest_not_after_today(names: str, read: str) -> None:
    assert {day(name) for name in names.split(", ")} == {read}


@pytest.mark.parametrize(
    "text",
    ["31/2/2024", "2024-13-01", "7/18/2024", "0/1/2024", "1/1/1899", "1/1/2200", "-999999d", "T13"],
)
def test_days_that_no_calendar_has(text: str) -> None:
    assert code_of(day, text) == "impossible-date"


@pytest.mark.parametrize("text", ["29/2", "29-2"])
def test_a_day_without_year_is_one_of_the_plans_year(text: str) -> None:
    with pytest.raises(Failure, match="impossible-date"):
        parse_day(text, today=THURSDAY, year=2023)


@pytest.mark.parametrize("text", ["T9", "t2", "Q2", "quý II", "2024-07", "9/2024", "W29", "2024"])
def test_a_period_is_not_a_day(text: str) -> None:
    assert code_of(day, text) == "not-a-day"


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "soon", "none", "18/7/24", "18/7/20245", "18//7", "-18/7", "+", "1d", "-1m"),
        *("12024", "202407", "20240718", "18..7", "thứ 9", "٣/٤", "\x1b[31m", "1e3", "7"),
    ],
)
def test_what_is_no_day_at_all(text: str) -> None:
    assert code_of(day, text) == "bad-date"


@given(days, st.sampled_from("/-."), st.booleans())
def test_a_day_is_read_back_however_it_is_written(iso: str, mark: str, padded: bool) -> None:
    written = date.fromisoformat(iso)
    numbers = (written.day, written.month)
    text = mark.join(f"{n:02}" if padded else f"{n}" for n in numbers)
    assert day(iso) == day(f"{text}{mark}{written.year}") == iso
    assert parse_day(text, today=THURSDAY, year=written.year) == iso


@given(st.text())
def test_no_text_breaks_the_readers(text: str) -> None:
    for read in (day, due, span):
        try:
            assert read(text)
        except Failure as failure:
            assert failure.code in ("bad-date", "impossible-date", "not-a-day", "bad-range")


# Deadlines, starts, ranges, weeks.


@pytest.mark.parametrize(
    ("text", "day_due", "name"),
    [
        ("T9", "2024-09-30", "2024-09"),
        ("t2", "2024-02-29", "2024-02"),
        ("T2", "2024-02-29", "2024-02"),
        ("tháng 9", "2024-09-30", "2024-09"),
        ("T9/2025", "2025-09-30", "2025-09"),
        ("tháng 9 năm 2025", "2025-09-30", "2025-09"),
        ("9/2025", "2025-09-30", "2025-09"),
        ("2025-09", "2025-09-30", "2025-09"),
        ("September", "2024-09-30", "2024-09"),
        ("Q2", "2024-06-30", "2024-Q2"),
        ("quý II", "2024-06-30", "2024-Q2"),
        ("QUÝ iv/2025", "2025-12-31", "2025-Q4"),
        ("quý 2/2024", "2024-06-30", "2024-Q2"),
        ("2024-q2", "2024-06-30", "2024-Q2"),
        ("6 tháng đầu năm", "2024-06-30", "2024-H1"),
        ("6 tháng cuối năm 2025", "2025-12-31", "2025-H2"),
        ("H2", "2024-12-31", "2024-H2"),
        ("9 tháng", "2024-09-30", "2024-9M"),
        ("2024-9M", "2024-09-30", "2024-9M"),
        ("năm 2024", "2024-12-31", "2024"),
        ("2024", "2024-12-31", "2024"),
        ("W29", "2024-07-21", "2024-W29"),
        ("tuần 29/2024", "2024-07-21", "2024-W29"),
        ("18/7", "2024-07-18", None),
        ("thursday", "2024-07-18", None),
        ("thứ hai", "2024-07-22", None),
        ("thu-4", "2024-07-24", None),
        ("chủ nhật", "2024-07-21", None),
        ("+7d", "2024-07-25", None),
        ("none", None, None),
        ("không", None, None),
        ("khong", None, None),
        ("ongoing", None, "ongoing"),
        ("thường xuyên", None, "ongoing"),
        ("thuong-xuyen", None, "ongoing"),
    ],
)
def test_deadlines(text: str, day_due: str | None, name: str | None) -> None:
    assert due(text) == due(unicodedata.normalize("NFD", text)) == Due(day_due, name)


@pytest.mark.parametrize(
    ("text", "code"),
    [("T13", "impossible-date"), ("Q5", "impossible-date"), ("tháng 0", "impossible-date")]
    + [("31/6", "impossible-date"), ("quý V", "bad-date"), ("cuối năm", "bad-date")],
)
def test_deadlines_that_are_none(text: str, code: str) -> None:
    assert code_of(due, text) == code


@given(st.integers(1900, 2199), st.integers(1, 12))
def test_a_number_after_t_is_always_a_month(year: int, month: int) -> None:
    name = f"{year}-{month:02}"
    for text in (f"T{month}", f"t{month:02}", f"tháng {month}"):
        assert parse_due(text, today=THURSDAY, year=year) == Due(period_last_day(name), name)


def test_a_start_takes_the_first_day_of_a_period() -> None:
    read = [parse_start(t, today=THURSDAY, year=2024) for t in ("Q3", "T9", "18/7", "monday")]
    assert read == ["2024-07-01", "2024-09-01", "2024-07-18", "2024-07-15"]


def test_period_name() -> None:
    assert [period_name(t, year=2024) for t in ("quý III", "18/7", "x")] == ["2024-Q3", None, None]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024-07-01..2024-09-30", "2024-07-01", "2024-09-30"),
        ("1/7 .. 30/9", "2024-07-01", "2024-09-30"),
        ("..2024-09-30", None, "2024-09-30"),
        ("2024-07-01..", "2024-07-01", None),
        ("-7d..", "2024-07-11", None),
        ("-7d..today", "2024-07-11", "2024-07-18"),
        ("T7…T9", "2024-07-01", "2024-09-30"),
        ("2024-Q3", "2024-07-01", "2024-09-30"),
        ("..Q2", None, "2024-06-30"),
        ("hôm nay", "2024-07-18", "2024-07-18"),
    ],
)
def test_ranges(text: str, first: str | None, last: str | None) -> None:
    assert span(text) == DayRange(first, last, none=False)


@pytest.mark.parametrize("text", ["none", "không", "KHONG"])
def test_a_range_of_what_has_no_day(text: str) -> None:
    assert span(text) == DayRange(None, None, none=True)


@pytest.mark.parametrize("text", ["", "..", "…", "2024-09-30..2024-07-01", "Q3..Q1"])
def test_ranges_that_are_none(text: str) -> None:
    assert code_of(span, text) == "bad-range"


@pytest.mark.parametrize("text", ["1/7..soon", "none..1/7", "1/7..2/7..3/7", "1/7...3/7"])
def test_a_range_names_the_side_that_is_wrong(text: str) -> None:
    with pytest.raises(Failure, match="bad-date"):
        span(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        *[(text, "2024-W28") for text in ("last", "trước", "truoc", "tuần trước", "last week")],
        *[(text, "2024-W29") for text in ("this", "này", "nay", "tuan-nay")],
        *[(text, "2024-W29") for text in ("2024-W29", "2024w29", "W29", "tuần 29", "29")],
        *[(text, "2024-W29") for text in ("21/7", "today", "2024-07-15", "thứ tư")],
        ("tuần 29/2025", "2025-W29"),
        ("W1", "2024-W01"),
    ],
)
def test_weeks(text: str, name: str) -> None:
    assert parse_week(text, today=THURSDAY, year=2024) == civil_period(name)


def test_a_bare_week_number_is_of_the_plan_s_year() -> None:
    assert parse_week("W1", today="2026-12-30", year=2024).name == "2024-W01"
    assert parse_week("18/7", today="2026-12-30", year=2024).name == "2024-W29"


@pytest.mark.parametrize("text", ["", "W54", "W0", "99", "T7", "2024", "31/2", "x", "29/13/2024"])
def test_weeks_that_are_none(text: str) -> None:
    def read(typed: str) -> Period:
        return parse_week(typed, today=THURSDAY, year=2024)

    assert code_of(read, text) == "bad-week"
