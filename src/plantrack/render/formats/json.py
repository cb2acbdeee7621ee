"""JSON: one envelope for every command; the same data gives the same bytes."""

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache, partial
from typing import Any

from plantrack.i18n.words import Words
from plantrack.model.grouping import chunks
from plantrack.model.views.header import ViewHeader
from plantrack.render.layout.json_object import Object

SCHEMA = "plantrack/1"


def envelope(
    command: str,
    data: Any = None,
    *,
    heading: ViewHeader | None = None,
    plan: str | None = None,
    problems: Sequence[Object] = (),
    error: Object | None = None,
    total: int | None = None,
    truncated: bool | None = None,
) -> Object:
    """Return the answer of a command: `data`, `problems` of a file, or the `error` of one that failed.

    `truncated`: whether `data` has only the first rows, where it may; then `total` says how many there are, None where
    they are too many to be counted.
    """
    # Rows may be counted while they are written: what is behind them in the envelope is written later.
    rows = None if data is None or isinstance(data, dict) else partial(len, data)
    return {
        "schema": SCHEMA,
        "command": command,
        "plan": heading.plan.id if heading else plan,
        "as_of": heading.as_of if heading else None,
        "known_at": heading.known_at if heading else None,
        "data": data,
        "total": rows if truncated is None else total,
        "truncated": bool(truncated),
        "problems": list(problems),
        "error": error,
        "example": heading.is_example if heading else False,
    }


def dumps(value: Object, words: Words | None = None) -> str:
    """Write JSON for people and scripts: UTF-8, indented, with the end of its last line; `words`: of hidden names."""
    return "".join(pieces(value, words))


def pieces(value: Object, words: Words | None = None) -> Iterator[str]:
    """Write JSON in pieces; of rows so many as are worked on at a time are read."""
    written = _pieces(value, "\n")
    yield from map(words.with_hidden_names, written) if words else written
    yield "\n"


def _pieces(value: Any, margin: str) -> Iterator[str]:
    """Write a value behind a margin in pieces."""
    if isinstance(value, dict) and value:
        between, inner = "{", margin + _INDENT
        for key, one in value.items():
            yield between + _name(key, inner)
            yield from _pieces(one, inner)
            between = ","
        yield margin + "}"
    elif isinstance(value, partial):
        yield _written(value(), margin)
    elif isinstance(value, list | tuple):
        yield from _listed((_pieces(one, margin + _INDENT) for one in value), margin)
    elif isinstance(value, Iterable) and not isinstance(value, str | dict):
        yield from _listed(_rows(value, margin), margin)
    else:
        yield _written(value, margin)


def _listed(items: Iterable[Iterable[str]], margin: str) -> Iterator[str]:
    between = "["
    for item in items:
        yield between + margin + _INDENT
        yield from item
        between = ","
    yield "[]" if between == "[" else margin + "]"


def _rows(rows: Iterable[Any], margin: str) -> Iterator[list[str]]:
    """Write rows that stand in a list behind a margin, many in one piece: json leaves garbage behind at each call."""
    inner = margin + _INDENT
    for some in chunks(rows):
        yield [_written(some, margin)[len("[" + inner) : -len(margin + "]")]]


def _written(value: Any, margin: str) -> str:
    """Write a value in one piece."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=_INDENT, default=list)
    return text.replace("\n", margin)


@lru_cache(maxsize=1024)
def _name(key: str, margin: str) -> str:
    return f"{margin}{json.dumps(key, ensure_ascii=False)}: "


_INDENT = "  "
