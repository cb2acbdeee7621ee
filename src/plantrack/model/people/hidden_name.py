"""The name of a person who was taken out: its hash stands for it where it is kept, words where people read it."""

import re
from collections.abc import Iterable
from typing import Final

#: What stands before the hash of a name in its place.
HIDDEN: Final = "hidden:"
_DIGITS: Final = 64
#: A hidden name in a text, be it cut off behind the first signs of its hash, which tell it from others.
HIDDEN_NAME: Final = re.compile(rf"{HIDDEN}([0-9a-f]{{6}})(?:[0-9a-f]{{58}}|[0-9a-f]*…)")
#: How people read one, in any language; what tells namesakes apart may follow.
_READ: Final = re.compile(r"[^()]*\(([0-9a-f]{6})\)")


def is_hidden(name: str) -> bool:
    """Return whether a name was taken out, and its hash stands for it."""
    return name.startswith(HIDDEN) and len(name) == len(HIDDEN) + _DIGITS


def as_kept(typed: str, names: Iterable[str]) -> str:
    """Return a name that was typed as people read a hidden one as it is kept, if it is one of some names."""
    found = _READ.match(typed)
    if found is None:
        return typed
    kept = {name for name in names if is_hidden(name) and name.startswith(HIDDEN + found[1])}
    return kept.pop() + typed[found.end() :] if len(kept) == 1 else typed
