"""Names that were hidden, in all that goes out in a form: words stand in place of their hashes, in every text alike."""

from collections.abc import Iterator
from functools import partial
from typing import Any, Final, TypeVar

from plantrack.i18n.words import Words
from plantrack.model.people.hidden_name import HIDDEN
from plantrack.model.views.rows import DerivedRows, Rows

Content = TypeVar("Content")
#: More are rows that are held, and looked at as rows are.
_MANY: Final = 50


def with_hidden_names(content: Content, words: Words) -> Content:
    """Return a document, a book or a calendar for people; rows are read where they were read before."""
    shown: Content = _shown(content, words)
    return shown


def _shown(value: Any, words: Words) -> Any:
    if type(value) is str:
        return words.with_hidden_names(value) if HIDDEN in value else value
    if isinstance(value, tuple):
        if len(value) > _MANY and not hasattr(value, "_fields"):
            return tuple(_each(value, words))
        parts = [_shown(part, words) for part in value]
        if all(part is own for part, own in zip(parts, value, strict=True)):
            return value
        return type(value)(*parts) if hasattr(value, "_fields") else tuple(parts)
    if hasattr(value, "__iter__") and hasattr(value, "__len__") and not isinstance(value, (str, bytes, dict)):
        return DerivedRows(value, partial(_each, words=words))
    return value


def _each(rows: Rows[Any], words: Words) -> Iterator[Any]:
    return (row if isinstance(row, tuple) and _is_of_nobody(row) else _shown(row, words) for row in rows)


def _is_of_nobody(parts: tuple[Any, ...]) -> bool:
    """Return whether there is no hidden name in a row: rows are many, and nearly all are so."""
    for part in parts:
        if type(part) is str:
            if HIDDEN in part:
                return False
        elif isinstance(part, tuple) and not _is_of_nobody(part):
            return False
    return True
