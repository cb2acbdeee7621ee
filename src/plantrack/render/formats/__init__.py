"""The formats by name; one is loaded, with its library, when it is asked for.

Documents are for people: text with meanings. Books hold figures for programs that calculate. Calendars hold days.
Adding a format is a module with `render(content, page)`, which yields text or bytes, and a line here.
"""

from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from plantrack.errors import needing_extra
from plantrack.i18n.words import Words
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.text import visible_lines
from plantrack.render.layout.blocks import Document
from plantrack.render.layout.hidden_names import with_hidden_names

if TYPE_CHECKING:
    from plantrack.render.layout.calendar import Calendar
    from plantrack.render.layout.workbook import Book


class Page(NamedTuple):
    """What a format is given besides the content; each takes what it needs."""

    words: Words
    width: int
    colour: bool


#: The formats of documents that are text, and the module of each.
FORMS: Final = {"table": "terminal", "plain": "plain", "md": "markdown"}
#: Figures for programs that calculate.
BOOKS: Final = {"csv": "csv", "xlsx": "xlsx"}
CALENDARS: Final = {"ics": "ics"}
#: All of them; `mail` is the page as mail carries it, which nobody asks for by name.
_MODULES: Final = {**FORMS, "html": "html", "docx": "docx", "mail": "html.mail", **BOOKS, **CALENDARS}
#: Formats that nobody reads on a terminal.
BINARY: Final = ("docx", "xlsx")


def render(document: Document, form: str, words: Words, *, width: int, colour: bool) -> str:
    """Write a document as text, with the end of its last line."""
    return "".join(_pieces(document, form, Page(words, width, colour)))


def _pieces(content: Any, form: str, page: Page) -> Iterable[Any]:
    """Write content; what is read as it stands there has nothing in it that a terminal obeys."""
    shown = with_hidden_names(content, page.words)
    pieces: Iterable[Any] = _module(form).render(shown, page)
    return map(visible_lines, pieces) if form in ("plain", "md") else pieces


def pieces_of(
    content: "Document | Book | Calendar", form: str, words: Words, *, width: int, colour: bool
) -> Iterator[bytes]:
    """Write content in any format that is made of it, as the bytes of a file in pieces.

    Fails with `extra-missing` where the library of the format is not installed.
    """
    pieces = _pieces(content, form, Page(words, width, colour))
    return (piece if isinstance(piece, bytes) else piece.encode("utf-8") for piece in pieces)


def file_of(
    content: "Document | Book | Calendar", form: str, words: Words, *, width: int, colour: bool
) -> bytes:
    """Write content as `pieces_of` does, in one piece."""
    return b"".join(pieces_of(content, form, words, width=width, colour=colour))


def make_ready(form: str) -> None:
    """Load what a format is written with; fails with `extra-missing` where it is not installed."""
    if form in _MODULES:
        _module(form)


def _module(form: str) -> Any:
    with needing_extra("office"):
        return import_module(f"plantrack.render.formats.{_MODULES[form]}")
