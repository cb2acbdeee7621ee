"""A failure in words: the sentence that says what is wrong, and the hint that says what to do."""

from plantrack.errors import Failure
from plantrack.i18n.words import Words
from plantrack.model.text import visible

#: Parameters that repeat what somebody typed: shortened, so that the sentence around them is seen.
#: Paths, commands and lists of labels are needed whole.
_TYPED = ("text", "word", "value", "name", "title")
_COUNTS = ("length", "limit")


def sentence(words: Words, failure: Failure) -> tuple[str, str]:
    """Give the message and the hint of a failure."""
    key, near = f"error.{failure.code}", failure.params.get("near")
    params = {name: _shown(words, name, value) for name, value in failure.params.items()}
    hint = words(f"{key}.hint", **params)
    if near:
        hint = f"{words('hint.near', near=params['near'])} {hint}"
    return words(key, **params), hint


def _shown(words: Words, name: str, value: object) -> object:
    if isinstance(value, (tuple, list)):
        return ", ".join(visible(str(item), limit=60) for item in value)
    if name == "what":
        return words(f"what.{value}")
    if name in _COUNTS and isinstance(value, int):
        return words.number(value)
    return visible(value, limit=60 if name in _TYPED else None) if isinstance(value, str) else value
