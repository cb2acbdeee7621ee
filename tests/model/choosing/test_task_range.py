"""Ranges of task numbers: what is one, what is none, and what is refused."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.errors import Failure
from plantrack.model.choosing.task_range import MOST_IN_RANGE, in_runs, parse_task_range
from plantrack.model.names import label_of

NUMBERS = st.integers(0, 10**8)


@pytest.mark.parametrize("typed", ["5-9", "5–9", "5 - 9", "5..9", "#5-#9", "nv5-nv9", "NV 5 - NV 9", "05-09"])
def test_a_range_has_both_its_ends(typed: str) -> None:
    assert parse_task_range(typed) == range(5, 10)


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "5",
            "HN-4",
            "hn-4",
            "nv5",
            "-9",
            "5-9-2024",
            "18/7",
            "18-7-2024",
            "2024-W29",
            "2024-Q3",
            "T9",
            "",
        ),
        *("ND3.1", "3.1-3.4", "5-9a", "năm-chín", "5-9-12", "\u0665-\u0669"),
    ],
)
def test_a_label_a_day_a_period_and_words_are_no_range(typed: str) -> None:
    assert parse_task_range(typed) is None


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        *((half, "range-half") for half in ("3-", "3 -", "nv3--", "3..")),
        ("9-5", "range-backwards"),
        ("2024-07", "range-backwards"),
        (f"{'9' * 5000}-5", "range-backwards"),
        ("1-1001", "range-too-large"),
        (f"1-{'9' * 5000}", "range-too-large"),
    ],
)
def test_what_is_backwards_or_too_large_is_refused(typed: str, code: str) -> None:
    with pytest.raises(Failure) as caught:
        parse_task_range(typed)
    assert caught.value.code == code


@given(NUMBERS, st.integers(0, MOST_IN_RANGE - 1))
def test_any_range_is_read_as_it_is_written(first: int, more: int) -> None:
    assert parse_task_range(f"{first}-{first + more}") == range(first, first + more + 1)
    assert label_of(f"{first}-{first + more}") is None


@given(st.sets(st.integers(1, 60)))
def test_numbers_in_runs_are_those_numbers(numbers: set[int]) -> None:
    read = [parse_task_range(run) or range(int(run), int(run) + 1) for run in in_runs(numbers)]
    assert [n for run in read for n in run] == sorted(numbers)
    assert all(before[-1] + 1 < after[0] for before, after in pairwise(read))
