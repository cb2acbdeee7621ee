"""The formats of documents by name; one is loaded when it is asked for."""

from importlib import import_module
from typing import Final

from plantrack.i18n.words import Words
from plantrack.model.record import NamedTuple
from plantrack.render.blocks import Document


class Page(NamedTuple):
    """What a format is given besides the document; each takes what it needs."""

    words: Words
    width: int
    colour: bool


#: The module of each format; it has `render(document, page)`.
FORMS: Final = {
    "table": "table",
    "plain": "plain",
    "md": "markdown",
}


def render(document: Document, form: str, words: Words, *, width: int, colour: bool) -> str:
    """Write a document in a format, with the end of its last line."""
    module = import_module(f"plantrack.render.{FORMS[form]}")
    text: str = module.render(document, Page(words, width, colour))
    return text
