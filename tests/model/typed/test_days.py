"""Days and periods as people type them, in both languages."""

import unicodedata
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.errors import Failure
from plantrack.model.days import DayRange, DueDay, Period, civil_period, period_last_day
from plantrack.model.typed.days import (
    parse_day,
    parse_due,
    parse_period,
    parse_range,
    parse_start,
    parse_week,
)
from plantrack.model.typed.periods import period_name
from tests.support.typed import code_of

THURSDAY = "2024-07-18"
READERS_SAY = (
    *("bad-date", "impossible-date", "not-a-day", "bad-range", "two-digit-year", "weekday-or-month"),
    "day-or-months",
)
days = st.dates(date(1900, 1, 1), date(2199, 12, 31)).map(date.isoformat)


def day(text: str) -> str:
    """Read a day on a Thursday of 2024."""
    return parse_day(text, today=THURSDAY)


def due(text: str) -> DueDay:
    """Read a deadline on that day."""
    return parse_due(text, today=THURSDAY, year=2024)


def start(text: str) -> str:
    """Read a day of the start on that day."""
    return parse_start(text, today=THURSDAY, year=2024)


def span(text: str) -> DayRange | None:
    """Read a range on that day."""
    return parse_range(text, today=THURSDAY, year=2024)


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


@pytest.mark.parametrize(
    "text", ["T9", "t12", "Q2", "quý II", "2024-07", "9/2024", "W29", "2024", "tháng sau", "Quý I-II"]
)
def test_a_period_is_not_a_day(text: str) -> None:
    assert code_of(day, text) == "not-a-day"


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "soon", "none", "18/7/20245", "18//7", "-18/7", "+", "1d", "-1m"),
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
    assert parse_day(text, today=THURSDAY, in_year=written.year) == iso


@given(st.text())
def test_no_text_breaks_the_readers(text: str) -> None:
    for read in (day, due, span):
        try:
            found = read(text)
            assert found or (read is span and due(text).day is None), "only `none` is no range at all"
        except Failure as failure:
            assert failure.code in READERS_SAY


# Deadlines, starts, ranges, weeks.


@pytest.mark.parametrize(
    ("text", "day_due", "name"),
    [
        ("T9", "2024-09-30", "2024-09"),
        ("tháng 2", "2025-02-28", "2025-02"),
        ("T2/2024", "2024-02-29", "2024-02"),
        ("t1", "2025-01-31", "2025-01"),
        ("t8", "2024-08-31", "2024-08"),
        ("tháng 9", "2024-09-30", "2024-09"),
        ("T9/2025", "2025-09-30", "2025-09"),
        ("tháng 9 năm 2025", "2025-09-30", "2025-09"),
        ("9/2025", "2025-09-30", "2025-09"),
        ("2025-09", "2025-09-30", "2025-09"),
        ("September", "2024-09-30", "2024-09"),
        ("Q3", "2024-09-30", "2024-Q3"),
        ("quý II", "2025-06-30", "2025-Q2"),
        ("QUÝ iv/2025", "2025-12-31", "2025-Q4"),
        ("quý 2/2024", "2024-06-30", "2024-Q2"),
        ("2024-q2", "2024-06-30", "2024-Q2"),
        ("6 tháng đầu năm", "2025-06-30", "2025-H1"),
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
    assert due(text) == due(unicodedata.normalize("NFD", text)) == DueDay(day_due, name)


@pytest.mark.parametrize(
    ("text", "code"),
    [("T13", "impossible-date"), ("Q5", "impossible-date"), ("tháng 0", "impossible-date")]
    + [("31/6", "impossible-date"), ("quý V", "bad-date"), ("cuối", "bad-date")],
)
def test_deadlines_that_are_none(text: str, code: str) -> None:
    assert code_of(due, text) == code


@given(st.integers(1900, 2199), st.integers(1, 12))
def test_a_number_after_t_is_a_month_where_no_weekday_can_be_meant(year: int, month: int) -> None:
    name = f"{year}-{month:02}"
    texts = [f"T{month}/{year}", f"t{month:02}/{year}", f"{year}-T{month}"]
    texts += [f"tháng {month}", f"t{month:02}"] + [f"T{month}"] * (month not in range(2, 8))
    for text in texts:
        assert parse_due(text, today=f"{year}-01-01", year=year) == DueDay(period_last_day(name), name)


@pytest.mark.parametrize("text", ["t2", "T3", "t 4", "t-5", "T6", "t7"])
def test_a_weekday_or_a_month_is_asked_back(text: str) -> None:
    for read in (due, start, day):
        with pytest.raises(Failure) as caught:
            read(text)
        said = {"text": text, "weekday": int(text[-1]) - 2, "month": f"0{text[-1]}"}
        assert (caught.value.code, caught.value.params) == ("weekday-or-month", said)


@pytest.mark.parametrize(
    ("text", "day_meant", "months"),
    [
        *[
            (text, "2024-09-07", "7/2024-9/2024")
            for text in ("7-9/2024", "7–9/2024", "07 - 09/2024", "7-9.2024")
        ],
        *[(text, "2024-09-07", "7/2024-9/2024") for text in ("7-9 năm 2024", "7-9 2024", "7 - tháng 9/2024")],
        ("11-2/2025", "2025-02-11", "11/2024-2/2025"),
        *[(text, "2024-07-09", "7/2024-9/2024") for text in ("2024/7-9", "2024 7-9", "2024.7–9")],
        ("2024/11-2", "2024-11-02", "11/2024-2/2025"),
    ],
)
def test_a_day_or_several_months_is_asked_back(text: str, day_meant: str, months: str) -> None:
    """A hyphen and another sign: so offices write months in a row."""
    said = {"text": text, "day": day_meant, "months": months}
    for read in (due, start, day, span):
        with pytest.raises(Failure) as caught:
            read(text)
        assert (caught.value.code, caught.value.params) == ("day-or-months", said)
    assert due(f"T{months}").text == "-".join(months.split("-")[1].split("/")[::-1]).replace("-", "-0")


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("7-9-2024", "7/9/2024"),
        ("ngày 7-9/2024", "7/9/2024"),
        ("15-8/2024", "15/8/2024"),
        ("8-8/2024", "8/8/2024"),
    ]
    + [("7/9-2024", "7/9/2024"), ("2024-7/9", "9/7/2024"), ("2024/7-15", "15/7/2024")],
)
def test_what_can_only_be_a_day_is_one(text: str, same: str) -> None:
    assert due(text) == due(same)
    assert day(text) == day(same)


@pytest.mark.parametrize("text", ["15-20/8/2024", "15–20/8", "15/8-20/8", "7-8-9/2024", "7,8,9/2024"])
def test_a_span_of_days_is_no_day(text: str) -> None:
    for read in (due, start, day, span):
        assert code_of(read, text) == "bad-date"


@pytest.mark.parametrize(
    ("text", "year"),
    [("18/7/24", "2024"), ("18-7-24", "2024"), ("18.7.24", "2024"), ("T9/25", "2025"), ("quý II/24", "2024")]
    + [("tháng 9 năm 25", "2025"), ("21 Jul 24", "2024"), ("W29/24", "2024"), ("cuối T9/25", "2025")],
)
def test_a_year_of_two_digits_is_refused_with_the_reason(text: str, year: str) -> None:
    readers: list[Callable[[str], object]] = [due, start, day, span, lambda t: parse_week(t, today=THURSDAY)]
    readers.append(lambda t: parse_period(t, today=THURSDAY, closing_day=14))
    for read in readers:
        with pytest.raises(Failure) as caught:
            read(text)
        assert (caught.value.code, caught.value.params) == ("two-digit-year", {"text": text, "year": year})


@pytest.mark.parametrize(
    ("text", "day_due", "name"),
    [
        *[(text, "2024-07-31", "2024-07") for text in ("cuối tháng", "cuoi-thang", "end of month", "end-of-the-month")],
        *[(text, "2024-07-31", "2024-07") for text in ("tháng này", "hết tháng", "cuối tháng này", "cuối T7")],
        *[(text, "2024-08-31", "2024-08") for text in ("tháng sau", "thang toi", "next month", "cuối tháng sau")],
        *[(text, "2024-07-28", "2024-W30") for text in ("tuần sau", "tuan-toi", "next week", "hết tuần sau")],
        *[(text, "2024-09-30", "2024-Q3") for text in ("hết quý III", "het quy 3", "end of Q3", "đến hết quý III")],
        *[(text, "2024-09-30", "2024-Q3") for text in ("cuối quý", "quý này", "by the end of the quarter")],
        *[(text, "2025-06-30", "2025-Q2") for text in ("hết quý II", "het-quy-II", "end of Q2")],
        *[(text, "2024-12-31", "2024") for text in ("cuối năm", "hết năm 2024", "end of year", "năm nay")],
        *[(text, "2024-08-15", None) for text in ("hết ngày 15/8", "đến hết 15/8/2024")],
        *[(text, "2024-08-15", text) for text in ("trước 15/8", "trước ngày 15/8", "truoc 15/8", "before 15/8")],
        *[(text, "2024-07-19", text) for text in ("Trước thứ sáu", "before 19 Jul 2024", "xong trước 19-7")],
    ],
)  # fmt: skip
def test_deadlines_in_words(text: str, day_due: str, name: str | None) -> None:
    assert due(text) == DueDay(day_due, name)
    decomposed = due(unicodedata.normalize("NFD", text))
    assert decomposed == DueDay(day_due, name)


@pytest.mark.parametrize(
    "text", ["trước", "trước quý II", "trước trước 15/8", "hết hết quý II", "hết quý I-II", "tháng"]
)
def test_words_that_leave_a_doubt_are_no_deadline(text: str) -> None:
    assert code_of(due, text) == "bad-date"


def test_words_at_the_other_doors() -> None:
    assert [start(t) for t in ("tháng sau", "cuối tháng", "next week")] == [
        "2024-08-01",
        "2024-07-31",
        "2024-07-22",
    ]
    assert [day(t) for t in ("hết quý II", "hết quý III", "end of June")] == [
        "2024-06-30",
        "2023-09-30",
        "2024-06-30",
    ]
    assert span("tuần sau") == DayRange("2024-07-22", "2024-07-28")
    assert span("..hết quý III") == DayRange(None, "2024-09-30")
    assert parse_week("tuần sau", today=THURSDAY).name == "2024-W30"


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
    assert span(text) == DayRange(first, last)


@pytest.mark.parametrize("text", ["none", "không", "KHONG"])
def test_a_range_of_what_has_no_day(text: str) -> None:
    assert span(text) is None


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
    assert parse_week(text, today=THURSDAY) == civil_period(name)


def test_a_week_without_a_year_is_the_latest_that_has_begun() -> None:
    read = [parse_week(t, today="2026-12-29").name for t in ("W1", "W53", "18/7", "3/1", "4/1")]
    assert read == ["2026-W01", "2026-W53", "2026-W29", "2026-W53", "2026-W01"]
    assert parse_week("W53", today="2025-06-01").name == "2020-W53"
    assert parse_week("W1", today="2024-12-30").name == "2025-W01"


@pytest.mark.parametrize(
    "text", ["", "W54", "W0", "99", "T7", "2024", "31/2", "x", "29/13/2024", "W28-29", "tháng sau"]
)
def test_weeks_that_are_none(text: str) -> None:
    def read(typed: str) -> Period:
        return parse_week(typed, today=THURSDAY)

    assert code_of(read, text) == "bad-week"
