"""Rows that can be read again and again, and need never be in memory all at once."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Generic, Protocol, TypeVar

T = TypeVar("T")
S = TypeVar("S")
T_co = TypeVar("T_co", covariant=True)


class Rows(Protocol[T_co]):
    """What a view has rows of: each pass reads them anew, and how many there are is known without one."""

    def __len__(self) -> int:
        """Count them."""

    def __iter__(self) -> Iterator[T_co]:
        """Read them, from the first."""


class ChunkedRows(Rows[T_co], Protocol[T_co]):
    """Rows that are read so many at a time."""

    def chunks(self) -> Iterator[Sequence[T_co]]:
        """Read them, from the first."""


class MappedRows(Generic[S, T]):
    """Rows that are made of others, one of each, chunk by chunk: what they need is asked for at once."""

    def __init__(self, rows: ChunkedRows[S], make: Callable[[Sequence[S]], Iterable[T]]) -> None:
        self._rows = rows
        self._make = make

    def __len__(self) -> int:
        """Count them."""
        return len(self._rows)

    def __iter__(self) -> Iterator[T]:
        """Read them, from the first."""
        for some in self._rows.chunks():
            yield from self._make(some)


class JoinedRows(Generic[T]):
    """Rows one after the other."""

    def __init__(self, parts: Sequence[Rows[T]]) -> None:
        self._parts = parts

    def __len__(self) -> int:
        """Count them."""
        return sum(map(len, self._parts))

    def __iter__(self) -> Iterator[T]:
        """Read them, from the first."""
        for part in self._parts:
            yield from part
