"""Moments: of fixed width, by the clock of a time zone, and as people type them."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.model.days import (
    add_days,
)
from plantrack.model.moments import end_of_day, local_day, parse_moment, utc_moment
from tests.support.typed import code_of

THURSDAY = "2024-07-18"


HANOI = "Asia/Ho_Chi_Minh"


inner_days = st.dates(date(1901, 1, 1), date(2198, 12, 31)).map(date.isoformat)


def moment(text: str) -> str:
    """Read a moment in Ha Noi."""
    return parse_moment(text, timezone=HANOI, today=THURSDAY)


def test_a_moment_is_of_fixed_width() -> None:
    assert utc_moment(datetime(2024, 7, 18, 1, 2, 3, 4999, UTC)) == "2024-07-18T01:02:03.004Z"
    hanoi = datetime(2024, 7, 18, tzinfo=timezone(timedelta(hours=7)))
    assert utc_moment(hanoi) == "2024-07-17T17:00:00.000Z"


@given(st.datetimes(timezones=st.just(UTC)), st.datetimes(timezones=st.just(UTC)))
def test_moments_compare_as_text(a: datetime, b: datetime) -> None:
    a, b = (m.replace(microsecond=m.microsecond // 1000 * 1000) for m in (a, b))
    assert (utc_moment(a) < utc_moment(b)) == (a < b)


def test_a_day_ends_by_its_own_clock() -> None:
    assert end_of_day("2024-07-21", HANOI) == "2024-07-21T16:59:59.999Z"
    assert local_day("2024-07-21T17:00:00.000Z", HANOI) == "2024-07-22"
    assert end_of_day("2018-11-03", "America/Sao_Paulo") == "2018-11-04T02:59:59.999Z"


@given(inner_days, st.sampled_from([HANOI, "UTC", "America/Sao_Paulo", "America/Havana"]))
def test_the_end_of_a_day_is_on_it_and_the_next_moment_is_not(a_day: str, zone: str) -> None:
    end = end_of_day(a_day, zone)
    after = utc_moment(datetime.fromisoformat(end) + timedelta(milliseconds=1))
    assert (local_day(end, zone), local_day(after, zone)) == (a_day, add_days(a_day, 1))


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2024-07-21T17:00:00.123Z", "2024-07-21T17:00:00.123Z"),
        ("2024-07-21t17:00z", "2024-07-21T17:00:00.000Z"),
        ("2024-07-21T17:00+02:00", "2024-07-21T15:00:00.000Z"),
        ("2024-07-22T00:00", "2024-07-21T17:00:00.000Z"),
        (" 2024-07-22 00:00:00 ", "2024-07-21T17:00:00.000Z"),
        ("2024-07-21", "2024-07-21T16:59:59.999Z"),
        ("17/7", "2024-07-17T16:59:59.999Z"),
        ("21/7", "2023-07-21T16:59:59.999Z"),  # the latest one that has come
        *[
            (text, "2024-07-15T01:00:59.999Z")
            for text in (
                *(
                    "08:00 ngày 15/07/2024",
                    "15/7/2024 08:00",
                    "15/7 8:00",
                    "8:00, 15-7-2024",
                    "2024-7-15 8:00",
                ),
                *(
                    "08:00 on 15 Jul 2024",
                    "15 July 2024 at 08:00",
                    "8h00 ngày 15/7",
                    "8h thứ hai",
                    "8g 15.7.2024",
                ),
            )
        ],
        ("08:00:30 ngày 15/07/2024", "2024-07-15T01:00:30.000Z"),
        ("hôm qua 17:30", "2024-07-17T10:30:59.999Z"),
        ("hôm qua", "2024-07-17T16:59:59.999Z"),
    ],
)
def test_moments(text: str, read: str) -> None:
    assert moment(text) == read


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2024-07-21T25:00", "impossible-date"),
        ("2024-02-30T10:00Z", "impossible-date"),
        ("1066-10-14T09:00Z", "impossible-date"),
        ("2024-07-21T10:00 soon", "bad-moment"),
        ("8:00", "bad-moment"),
        ("8:00 am 15/7/2024", "bad-moment"),
        ("c46", "bad-moment"),
        ("2024-Q2", "not-a-day"),
        ("24:00 ngày 15/7/2024", "impossible-date"),
        ("08:60 ngày 15/7/2024", "impossible-date"),
    ],
)
def test_moments_that_are_none(text: str, code: str) -> None:
    assert code_of(moment, text) == code


@given(st.datetimes(datetime(1900, 1, 2), datetime(2199, 12, 30), timezones=st.just(UTC)))
def test_a_moment_that_is_written_is_read_back(at: datetime) -> None:
    written = utc_moment(at)
    assert moment(written) == written
