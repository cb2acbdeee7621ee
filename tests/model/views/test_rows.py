"""Rows that are read and not held."""

from collections.abc import Iterator
from functools import partial

from hypothesis import given
from hypothesis import strategies as st

from plantrack.model.views.rows import FEW, ChosenRows, DerivedRows, JoinedRows, SpreadRows, held_if_few

NUMBERS = st.lists(st.integers(), max_size=30)


class Numbers:
    """So many numbers, and how often they were read."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.read = 0

    def __len__(self) -> int:
        return self.size

    def __iter__(self) -> Iterator[int]:
        self.read += 1
        return iter(range(self.size))


@given(NUMBERS, NUMBERS)
def test_rows_of_rows_are_read_as_often_as_asked(first: list[int], second: list[int]) -> None:
    joined = JoinedRows(first, second)
    doubled = DerivedRows(joined, partial(map, lambda n: n * 2))
    even = ChosenRows(joined, lambda n: n % 2 == 0)
    for _ in range(2):
        assert [*doubled] == [n * 2 for n in first + second]
        assert [*even] == [n for n in first + second if n % 2 == 0]
    assert (len(doubled), len(even)) == (len(first + second), len([*even]))
    assert bool(joined) == bool(first + second)


def test_to_count_rows_reads_none_and_to_count_chosen_ones_reads_once() -> None:
    numbers = Numbers(7)
    assert len(DerivedRows(JoinedRows(numbers, numbers), iter)) == 14
    assert numbers.read == 0
    chosen = ChosenRows(numbers, lambda n: n > 2)
    assert (len(chosen), len(chosen), numbers.read) == (4, 4, 1)


@given(st.lists(st.integers(0, 5), max_size=900))
def test_rows_may_be_made_of_others_any_number_of_each(numbers: list[int]) -> None:
    spread = SpreadRows(numbers, lambda some: (n for n in some for _ in range(n)))
    for _ in range(2):
        assert [*spread] == [n for n in numbers for _ in range(n)]
        assert len(spread) == sum(numbers)


def test_few_rows_are_held_and_many_are_read_again() -> None:
    few, many = Numbers(FEW), Numbers(FEW + 1)
    for rows, read in ((few, 1), (many, 2)):
        held = held_if_few(rows)
        assert sum(held) + sum(held) == 2 * sum(range(rows.size))
        assert rows.read == read
