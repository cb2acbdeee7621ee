"""Answers that are kept, refusals too: the same name stands in thousands of cells."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from plantrack.errors import Failure

_P = ParamSpec("_P")
_R = TypeVar("_R")


def remembered(read: Callable[_P, _R]) -> Callable[_P, _R]:
    """Return a function that reads each text once; what it refused, it refuses again."""
    known: dict[object, _R | Failure] = {}

    def read_once(*args: _P.args, **named: _P.kwargs) -> _R:
        key = (args, *named.items())
        if key not in known:
            try:
                known[key] = read(*args, **named)
            except Failure as failure:
                known[key] = failure
        found = known[key]
        if isinstance(found, Failure):
            raise found.with_traceback(None)  # else each time adds to what the first one came through
        return found

    return read_once
