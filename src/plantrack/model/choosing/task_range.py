"""Ranges of the numbers of tasks, as people type them: `5-9`."""

import re
from collections.abc import Iterable
from itertools import groupby

from plantrack.errors import Failure
from plantrack.model.names import label_of
from plantrack.model.text import fold

#: Who wants more tasks at once says which by a filter; a range so long is a slip, or a year.
MOST_IN_RANGE = 1000
_HALF = re.compile(r"(?:nv ?|# ?)?[0-9]+ ?(?:-+|\.\.)")
_RANGE = re.compile(r"(?:nv ?|# ?)?([0-9]+) ?(?:-|\.\.) ?(?:nv ?|# ?)?([0-9]+)")


def parse_task_range(text: str) -> range | None:
    """Read a range of numbers, both ends in it; None for what is no range: a label with a site (`HN-4`), a day, words.

    Fails with `range-half`, `range-backwards` and `range-too-large`.
    """
    if _HALF.fullmatch(fold(text)):
        raise Failure("range-half", text=text)
    found = _RANGE.fullmatch(fold(text))
    if found is None or label_of(text) is not None:
        return None
    first, last = (int(number) if len(number) < 10 else 10**9 for number in found.groups())
    if last < first:
        raise Failure("range-backwards", text=text)
    if last - first >= MOST_IN_RANGE:
        raise Failure("range-too-large", text=text, limit=MOST_IN_RANGE)
    return range(first, last + 1)


def in_runs(numbers: Iterable[int]) -> list[str]:
    """Return numbers as a person writes them: those that follow one another as a range."""
    runs = []
    for _, run in groupby(enumerate(sorted(set(numbers))), lambda placed: placed[1] - placed[0]):
        own = [number for _, number in run]
        runs.append(str(own[0]) if len(own) == 1 else f"{own[0]}-{own[-1]}")
    return runs
