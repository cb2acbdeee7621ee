"""Rows that are read and not held: there may be more of them than there is memory."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain
from typing import Generic, Protocol, TypeVar

from plantrack.model.grouping import chunks

Source = TypeVar("Source")
Row = TypeVar("Row")
Row_co = TypeVar("Row_co", covariant=True)

#: As many rows as may be held instead of being read again.
FEW = 20_000


class Rows(Protocol[Row_co]):
    """Rows that are read from the first to the last, as often as asked, and counted without being read.

    Tuples are such rows, and so is what reads a database anew each time. Whoever reads them holds few at a time, and
    takes neither one by its place nor a part of them.
    """

    def __iter__(self) -> Iterator[Row_co]: ...
    def __len__(self) -> int: ...


class DerivedRows(Generic[Source, Row]):
    """Rows made of others, one of each, whenever they are read."""

    def __init__(self, rows: Rows[Source], derive: Callable[[Rows[Source]], Iterable[Row]]) -> None:
        self.rows = rows
        self.derive = derive

    def __iter__(self) -> Iterator[Row]:
        return iter(self.derive(self.rows))

    def __len__(self) -> int:
        return len(self.rows)


class JoinedRows(Generic[Row]):
    """Rows after rows."""

    def __init__(self, *parts: Rows[Row]) -> None:
        self.parts = parts

    def __iter__(self) -> Iterator[Row]:
        return chain.from_iterable(self.parts)

    def __len__(self) -> int:
        return sum(map(len, self.parts))


class ChosenRows(Generic[Row]):
    """Those of other rows that pass a test; to count them, all are read, once."""

    def __init__(self, rows: Rows[Row], passes: Callable[[Row], bool]) -> None:
        self.rows = rows
        self.passes = passes

    def __iter__(self) -> Iterator[Row]:
        return filter(self.passes, self.rows)

    def __len__(self) -> int:
        return self._count

    @cached_property
    def _count(self) -> int:
        return sum(1 for _ in self)


class SpreadRows(Generic[Source, Row]):
    """Rows made of others, any number of each, a chunk at a time; to count them, all are read, once."""

    def __init__(self, rows: Rows[Source], make: Callable[[Sequence[Source]], Iterable[Row]]) -> None:
        self.rows = rows
        self.make = make

    def __iter__(self) -> Iterator[Row]:
        return chain.from_iterable(map(self.make, chunks(self.rows)))

    def __len__(self) -> int:
        return self._count

    @cached_property
    def _count(self) -> int:
        return sum(1 for _ in self)


def made_by_chunks(
    rows: Rows[Source], make: Callable[[Sequence[Source]], Iterable[Row]]
) -> DerivedRows[Source, Row]:
    """Return rows made of others, one of each, a chunk at a time: what they need is asked for at once."""
    return DerivedRows(rows, lambda source: chain.from_iterable(map(make, chunks(source))))


def held_if_few(rows: Rows[Row]) -> Rows[Row]:
    """Return rows that will be read more than once: few are held, many are made anew each time."""
    return tuple(rows) if len(rows) <= FEW else rows
