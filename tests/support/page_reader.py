"""Reading a page as a browser does, to see what stands in it."""

from html.parser import HTMLParser
from typing import NamedTuple

from plantrack.i18n.words import Words
from plantrack.render.formats import Page, html
from plantrack.render.layout.blocks import Document

STYLE = html.own_file("style.css")
EMPTY = {"meta", "link", "br"}
#: Shapes are closed where they are opened.
CLOSED = {"rect", "line", "polyline", "polygon", "circle"}
Attributes = dict[str, str]


class Element(NamedTuple):
    """An element with its attributes, the names of those around it, and the text inside."""

    tag: str
    attributes: Attributes
    around: tuple[str, ...]
    text: list[str]

    @property
    def said(self) -> str:
        """Return the text inside, on one line."""
        return " ".join("".join(self.text).split())


class PageReader(HTMLParser):
    """Gathers the elements of a page; what is not closed as it was opened is a failure."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self.feed(page)
        self.close()
        assert not self._open, [element.tag for element in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _ in attrs}) == len(attrs), f"{tag}: an attribute twice"
        element = Element(tag, {n: v or "" for n, v in attrs}, tuple(e.tag for e in self._open), [])
        self.elements.append(element)
        if tag not in EMPTY:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in CLOSED, f"{tag} is not empty"
        self.handle_starttag(tag, attrs)
        self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self._open, f"</{tag}> closes nothing"
        assert self._open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.text.append(data)

    def all(self, *tags: str) -> list[Element]:
        """Return the elements of some names, in order."""
        return [element for element in self.elements if element.tag in tags]

    def the(self, tag: str) -> Element:
        """Return the only element of a name."""
        (element,) = self.all(tag)
        return element


def page_of(document: Document, words: Words | None = None) -> str:
    """Return a document as a page."""
    return "".join(html.render(document, Page(words or Words("vi"), 80, colour=False)))


def read(document: Document, words: Words | None = None) -> PageReader:
    """Return what stands in the page of a document."""
    return PageReader(page_of(document, words))
