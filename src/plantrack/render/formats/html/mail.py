"""The page as mail: plain colours, since Gmail and Outlook know no variables and drop what they do not know."""

import re
from collections.abc import Iterator
from typing import Final

from plantrack.render.formats import Page
from plantrack.render.formats.html import own_file, written
from plantrack.render.layout.blocks import Document

#: The colours of a light page, and rules for dark screens and for paper; a rule inside a rule ends all of Gmail's style.
_COLOURS: Final = re.compile(r"^:root \{(.*?)^\}\n", re.DOTALL | re.MULTILINE)
_RULES: Final = re.compile(
    r"^@(?:media screen and \(prefers-color-scheme|media print|page)(?:[^{}]*\{(?:[^{}]|\{[^{}]*\})*\})\n",
    re.MULTILINE,
)


def render(document: Document, page: Page) -> Iterator[str]:
    """Write a document."""
    return written(document, page, style=plain_style(own_file("style.css")), schemes="light")


def plain_style(style: str) -> str:
    """Put the colours of a light page in the place of their names."""
    found = _COLOURS.search(style)
    colours = dict(re.findall(r"(--[\w-]+): ([^;]+);", found[1] if found else ""))
    rest = _COLOURS.sub("", _RULES.sub("", style), count=1)
    return re.sub(r"var\((--[\w-]+)\)", lambda name: colours[name[1]], rest)
