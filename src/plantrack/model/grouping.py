"""Things gathered by what they have in common, or so many at a time."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

#: How many rows are worked on at a time, and how many values a question names.
CHUNK = 400
_K = TypeVar("_K")
_V = TypeVar("_V")


def grouped(pairs: Iterable[tuple[_K, _V]]) -> dict[_K, list[_V]]:
    """Return the values of each key, keys and values in the order in which they came."""
    found: dict[_K, list[_V]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found


def chunks(items: Iterable[_V], size: int | None = None) -> Iterator[list[_V]]:
    """Yield so many at once, the last time perhaps fewer."""
    reader = iter(items)
    while chunk := list(islice(reader, size or CHUNK)):
        yield chunk
