"""Text inside a page: what people wrote stays text, whatever signs are in it."""

import re

from plantrack.model.text import visible
from plantrack.render.layout.blocks import Meaning, Said, spans

_SPECIAL = re.compile("[&<>\"']")
#: What would not be seen, or would turn the text after it around; tabs and newlines are neither.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")
_NAMED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"})
_TAGS: dict[Meaning, tuple[str, str]] = {
    "": ("", ""),
    "strong": ("<strong>", "</strong>"),
}


def html_text(text: str) -> str:
    """Return a text as it stands in a page, in an attribute too."""
    if _UNSEEN.search(text):
        text = _UNSEEN.sub(lambda unseen: visible(unseen[0]), text)
    return text.translate(_NAMED) if _SPECIAL.search(text) else text


def inline(said: Said) -> str:
    """Write what is said, each meaning with a class of its name."""
    if isinstance(said, str):
        return _broken(html_text(said))
    out = []
    for text, meaning in spans(said):
        before, after = _TAGS.get(meaning) or (f'<span class="{meaning}">', "</span>")
        out.append(f"{before}{html_text(text)}{after}" if text else "")
    return _broken("".join(out))


def _broken(text: str) -> str:
    return text.replace("\n", "<br>") if "\n" in text else text
