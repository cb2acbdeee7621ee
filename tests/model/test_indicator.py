"""Numbers as people write them, and which values of an indicator count."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.errors import Failure
from plantrack.model.indicator import Measured, digits_and_scale, parse_amount, standing, value_of


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1234", 1234), ("0", 0), ("12,5", 12.5), ("12.5", 12.5), ("1.234,5", 1234.5), ("1,234.5", 1234.5),
        ("1 234", 1234), ("1 234 567", 1234567), ("1.234.567", 1234567), ("80%", 80), ("-3", -3), ("1\u00a0234", 1234),
        ("1,2340", 1.234), ("0,25", 0.25), ("0,125", 0.125), ("-0.125", -0.125), ("12345,678", 12345.678),
        ("1.234,567", 1234.567),
    ],
)  # fmt: skip
def test_numbers_are_read_as_they_are_written(text: str, value: float) -> None:
    assert parse_amount(text) == value


@pytest.mark.parametrize("text", ["1.234", "1,234", "12.345", "-999,999"])
def test_what_people_read_in_two_ways_is_refused(text: str) -> None:
    with pytest.raises(Failure) as caught:
        parse_amount(text)
    assert caught.value.code == "ambiguous-number"


@pytest.mark.parametrize(
    "text", ["", "một", "1.2.3", "1,23,4", "0.125,5", "12 34", "1e5", "0x10", "nan", "inf", "1" * 40, "１２"]
)
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(Failure) as caught:
        parse_amount(text)
    assert caught.value.code == "not-a-number"


@given(st.integers(-(10**12), 10**12))
def test_whole_numbers_come_back(number: int) -> None:
    assert parse_amount(str(number)) == number


def value(n: int, period: str = "2024-Q2", on: str = "2024-07-01", labels: tuple[str, ...] = ()) -> Measured:
    moment = f"2024-07-01T00:00:{n:02}.000Z"
    return Measured(f"{n:026}", f"{n:026}", "kh", "ct1", period, labels, on, moment, "A", n, float(n))


def test_the_last_value_of_a_period_and_its_labels_counts() -> None:
    values = [value(1), value(2), value(3, labels=("nữ",)), value(4, "2024-Q1")]
    assert [v.value for v in standing(values, "2024-07-01")] == [4, 2, 3]


def test_a_value_of_a_later_day_does_not_count_yet() -> None:
    values = [value(1), value(2, on="2024-07-05"), value(3, on="2024-07-02")]
    assert [v.value for v in standing(values, "2024-07-04")] == [3]
    assert [v.value for v in standing(values, "2024-07-05")] == [2]
    assert standing(values, "2024-06-30") == []


@given(
    st.permutations([value(1), value(2, on="2024-07-05"), value(3, on="2024-07-02"), value(4, labels=("a",))])
)
def test_the_order_in_which_values_arrive_does_not_matter(values: list[Measured]) -> None:
    assert [v.value for v in standing(values, "2024-07-03")] == [3, 4]


@given(st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(10**15), 10**15).map(float))
def test_a_value_is_kept_as_whole_numbers_to_the_last_digit(number: float) -> None:
    digits, scale = digits_and_scale(number)
    assert -(2**63) <= digits < 2**63, "every engine has so many"
    assert value_of(digits, scale) == number


def test_the_point_is_where_it_was() -> None:
    kept = [(12.5, (125, 1)), (7.0, (7, 0)), (0.125, (125, 3)), (1e15, (10**15, 0)), (-1.5e-07, (-15, 8))]
    assert [digits_and_scale(number) for number, _ in kept] == [whole for _, whole in kept]
    assert [str(value_of(*digits_and_scale(number))) for number in (7.0, 7.5)] == ["7", "7.5"]
