"""The JSON Schema of plan files, in words that editors show."""

from typing import Any, Final

from plantrack.i18n.words import Words
from plantrack.render.layout.json_object import Object

#: What holds a text for people. As the name of a key of plans (`title`) each has a mapping, never a text.
_TEXTS: Final = ("title", "description", "errorMessage")


def data(schema: dict[str, Any], words: Words) -> Object:
    """Return a schema in words: its texts are keys of the catalogue."""
    worded: Object = _worded(schema, words)
    return worded


def _worded(part: Any, words: Words) -> Any:
    if isinstance(part, list):
        return [_worded(item, words) for item in part]
    if not isinstance(part, dict):
        return part
    return {
        key: words(value) if key in _TEXTS and isinstance(value, str) else _worded(value, words)
        for key, value in part.items()
    }
