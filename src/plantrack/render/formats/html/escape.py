"""Text inside a page: what people wrote stays text, whatever signs are in it."""

import re

from plantrack.model.text import visible_lines
from plantrack.render.layout.blocks import Meaning, Said, spans

_SPECIAL = re.compile("[&<>\"']")
_NAMED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"})
_TAGS: dict[Meaning, tuple[str, str]] = {
    "": ("", ""),
    "strong": ("<strong>", "</strong>"),
}


def html_text(text: str) -> str:
    """Return a text as it stands in a page, in an attribute too."""
    text = visible_lines(text)
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
