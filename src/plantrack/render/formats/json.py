"""JSON: one envelope for every command; the same data gives the same bytes."""

import json
from collections.abc import Sequence
from typing import Any

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
    counted: bool = True,
) -> Object:
    """Return the answer of a command: `data`, `problems` of a file, or the `error` of one that failed.

    `counted` false: there are too many to say how many.
    """
    return {
        "schema": SCHEMA,
        "command": command,
        "plan": heading.plan.id if heading else plan,
        "as_of": heading.as_of if heading else None,
        "known_at": heading.known_at if heading else None,
        "data": data,
        "total": len(data) if counted and isinstance(data, list) else None,
        "truncated": False,
        "problems": list(problems),
        "error": error,
        "example": heading.is_example if heading else False,
    }


def dumps(value: Object) -> str:
    """Write JSON for people and scripts: UTF-8, indented, with the end of its last line."""
    return json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
