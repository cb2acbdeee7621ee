"""Things gathered by what they have in common, and in parts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.model.grouping import CHUNK, chunks, ends, grouped, in_circles, label_ranges


def test_values_come_by_their_keys_in_their_order() -> None:
    found = grouped([("b", 1), ("a", 2), ("b", 0)])
    assert [*found.items()] == [("b", [1, 0]), ("a", [2])]


@given(st.integers(0, 3 * CHUNK), st.none() | st.integers(1, CHUNK))
def test_many_come_a_part_at_a_time(n: int, size: int | None) -> None:
    parts = [*chunks(iter(range(n)), size)]
    assert [i for part in parts for i in part] == [*range(n)]
    assert all(len(part) == (size or CHUNK) for part in parts[:-1])
    assert all(0 < len(part) <= (size or CHUNK) for part in parts)


def test_steps_lead_to_their_end_and_a_circle_to_the_least_of_its_names() -> None:
    steps = {"a": "b", "b": "c", "d": "e", "e": "f", "f": "e"}
    assert ends(steps) == {"a": "c", "b": "c", "d": "e", "f": "e"}
    assert in_circles(steps) == ["e", "f"]


@pytest.mark.parametrize(
    ("labels", "told"),
    [
        ("", ""), ("7", "7"), ("7 8", "7, 8"), ("7 8 9", "7–9"), ("1 7 8 9 12 13", "1, 7–9, 12, 13"),
        ("9 8 7", "9, 8, 7"), ("HN-3 HN-4 HN-5 6 7", "HN-3–HN-5, 6, 7"), ("9 10 11 HN-12", "9–11, HN-12"),
    ],
)  # fmt: skip
def test_labels_that_follow_one_another_are_told_as_a_range(labels: str, told: str) -> None:
    assert ", ".join(label_ranges(labels.split())) == told
