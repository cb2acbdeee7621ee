"""The formats by name; one is loaded when it is asked for.

Documents are for people: text with meanings. Books hold figures for programs that calculate. Calendars hold days.
Adding a format is a module with `render(content, page)`, and a line here.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from plantrack.i18n.words import Words
from plantrack.model.named_tuple import NamedTuple
from plantrack.render.layout.blocks import Document

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
#: The other formats, by what they are made of.
DOCUMENTS: Final = {**FORMS, "html": "html", "docx": "docx"}
BOOKS: Final = {"csv": "csv", "xlsx": "xlsx"}
CALENDARS: Final = {"ics": "ics"}
#: What nobody asks for by name: the page as mail carries it.
MAIL: Final = {"mail": "html.mail"}
#: Formats that nobody reads on a terminal.
BINARY: Final = ("docx", "xlsx")
_LIBRARIES: Final = {"docx": "docx", "xlsx": "openpyxl", "ics": "icalendar"}


def render(document: Document, form: str, words: Words, *, width: int, colour: bool) -> str:
    """Write a document as text, with the end of its last line."""
    text: str = _module(FORMS[form]).render(document, Page(words, width, colour))
    return text


def file_of(
    content: "Document | Book | Calendar", form: str, words: Words, *, width: int, colour: bool
) -> bytes:
    """Write content in any format that is made of it, as the bytes of a file."""
    module = _module({**DOCUMENTS, **BOOKS, **CALENDARS, **MAIL}[form])
    written: str | bytes = module.render(content, Page(words, width, colour))
    return written if isinstance(written, bytes) else written.encode("utf-8")


def make_ready(form: str) -> None:
    """Load the library that a format is written with; fails with `extra-missing` where it is not installed."""
    if form in _LIBRARIES:
        from plantrack.render.formats.office_zip import office

        with office():
            import_module(_LIBRARIES[form])


def _module(name: str) -> Any:
    return import_module(f"plantrack.render.formats.{name}")
