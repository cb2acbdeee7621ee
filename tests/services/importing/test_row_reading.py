"""Days of a table are those of its plan's year, and deadlines in words are read as annexes have them."""

import pytest

from plantrack.errors import Failure
from plantrack.model.days import DueDay
from plantrack.services.importing.known_names import ImportNames
from plantrack.services.importing.row_reading import RowReading
from tests.support.steps import OpenContext


@pytest.fixture
def reading(context_on: OpenContext) -> RowReading:
    context = context_on("2024-11-01")
    return RowReading(context, ImportNames(context, new_person=False, new_org=False))


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("15/8", DueDay("2024-08-15", None)),
        ("Quý II", DueDay("2024-06-30", "2024-Q2")),
        ("T5", DueDay("2024-05-31", "2024-05")),
        ("Thường xuyên", DueDay(None, "ongoing")),
        ("1 lần/quý", DueDay(None, "ongoing")),
        ("tháng 3 đến tháng 6", DueDay("2024-06-30", "2024-06")),
        ("không", DueDay(None, None)),
    ],
)
def test_deadlines(reading: RowReading, text: str, due: DueDay) -> None:
    assert reading.due(text) == due


@pytest.mark.parametrize(
    ("text", "code"),
    [("32/13", "impossible-date"), ("Khi có yêu cầu", "bad-date"), ("15/8/24", "two-digit-year")],
)
def test_what_is_no_deadline_is_refused(reading: RowReading, text: str, code: str) -> None:
    with pytest.raises(Failure) as refused:
        reading.due(text)
    assert refused.value.code == code


def test_starts_and_days(reading: RowReading) -> None:
    assert reading.start("Quý I") == "2024-01-01"
    assert reading.day("1/7") == "2024-07-01"
    assert reading.money("budget", "3 triệu đồng") == 3_000_000


def test_what_is_held_once(reading: RowReading) -> None:
    one, other = frozenset(["a"]), frozenset(["a"])
    assert reading.shared(lambda: one, "k") is one
    assert reading.shared(lambda: other, "k") is one
