"""Things gathered by what they have in common, or so many at a time; labels that follow one another."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import TypeVar

#: How many rows are worked on or added at a time, and how many values a question names.
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


def ends(steps: Mapping[str, str]) -> dict[str, str]:
    """Return where steps from one name to the next lead to in the end; a circle leads to the least of its names."""
    found = {}
    for name in steps:
        way = [name]
        while (following := steps.get(way[-1])) is not None and following not in way:
            way.append(following)
        last = way[-1] if following is None else min(way[way.index(following) :])
        if last != name:
            found[name] = last
    return found


def in_circles(steps: Mapping[str, str]) -> list[str]:
    """Return the names from which steps lead back to themselves."""
    found = []
    for name in steps:
        seen, at = {name}, steps[name]
        while at in steps and at not in seen:
            seen.add(at)
            at = steps[at]
        if at == name:
            found.append(name)
    return found


def label_ranges(labels: Iterable[str]) -> list[str]:
    """Return labels in their order, three or more that follow one another as one: `20–100019`, `HN-3–HN-5`."""
    runs: list[list[str]] = []
    for label in labels:
        if runs and label == _label_after(runs[-1][-1]):
            runs[-1].append(label)
        else:
            runs.append([label])
    return [part for run in runs for part in (run if len(run) < 3 else [f"{run[0]}–{run[-1]}"])]


def _label_after(label: str) -> str:
    site, dash, number = label.rpartition("-")
    return f"{site}{dash}{int(number) + 1}"
