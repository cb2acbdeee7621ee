"""The schema of the output, so strict that a key which it does not name is seen."""

from typing import Any

from jsonschema import Draft202012Validator

from plantrack.render.formats.json import SCHEMA
from plantrack.render.views import schema


def _strict(part: Any) -> Any:
    """Return a schema that allows no keys but those it names."""
    if isinstance(part, list):
        return [_strict(one) for one in part]
    if not isinstance(part, dict):
        return part
    closed = {"additionalProperties": False} if "required" in part and part.get("type") == "object" else {}
    return {**{key: _strict(value) for key, value in part.items()}, **closed}


ANSWER = Draft202012Validator(_strict(schema.data(SCHEMA)))
