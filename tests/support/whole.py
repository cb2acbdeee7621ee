"""Views with all their rows in memory: as they were when they were made, and to be compared."""

from collections.abc import Iterable
from typing import Any, TypeVar

from plantrack.model.views.rows import ChosenRows, DerivedRows, JoinedRows
from plantrack.store.questions.task_source import ReadRows

T = TypeVar("T")


def whole(view: T) -> T:
    """Return a view with what its rows say now; a later command, or another moment, does not show in it."""
    return _read(view)  # type: ignore[no-any-return]


def _read(value: Any) -> Any:
    if isinstance(value, ReadRows | DerivedRows | ChosenRows | JoinedRows):
        return _same_number(value, tuple(map(_read, value)))
    if isinstance(value, tuple):
        parts = map(_read, value)
        return value._make(parts) if hasattr(value, "_make") else tuple(parts)
    if isinstance(value, dict):
        return {key: _read(part) for key, part in value.items()}
    return value


def _same_number(rows: Any, read: tuple[Any, ...]) -> Iterable[Any]:
    assert len(rows) == len(read)
    return read
