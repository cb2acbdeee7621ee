"""A template of an organisation's own, filled: its look stays, its places to fill in become texts."""

import re
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from typing import Any, Final

from docx import Document as opened
from docx.document import Document as Frame
from docx.oxml.ns import qn

from plantrack.errors import Failure
from plantrack.model.text import match_key
from plantrack.render.formats.docx.blocks import Body, measured
from plantrack.render.formats.docx.lists import WordLists
from plantrack.render.formats.docx.outside import outside
from plantrack.render.formats.docx.package import add_cell_styles, content_mark, page_room, place_in, saved
from plantrack.render.formats.office_zip import legal, packed, unpacked
from plantrack.render.layout.blocks import Document
from plantrack.render.layout.documents import in_text

#: What is filled in, by the names it has in templates, which may be typed with tones and spaces too.
NAMES: Final = {
    "noi dung": "content",
    "tieu de": "title",
    "ky": "period",
    "ngay": "day",
    **{name: name for name in ("content", "title", "period", "day")},
}
_PLACE: Final = re.compile(r"\{\{([^{}]{1,60})\}\}")
#: A template of Word (.dotx) says that it is one; as a document it is the same.
_DOTX: Final = b"wordprocessingml.template.main+xml", b"wordprocessingml.document.main+xml"
_TYPES: Final = "[Content_Types].xml"
_MAX_MIB: Final = 100


def render_into(document: Document, template: bytes, file: str, fields: Mapping[str, str]) -> Iterator[bytes]:
    """Write a document into a template: its styles, headers, footers and page stay.

    The paragraph `{{noi_dung}}` or `{{content}}` becomes what is said (without one it comes at the end); elsewhere, in
    tables, headers and footers too, `{{tieu_de}}` / `{{title}}` becomes the title, and `{{ky}}` / `{{period}}` and
    `{{ngay}}` / `{{day}}` what `fields` has for `period` and `day`. Fails with `template-unreadable`,
    `template-outside` (it fetches something when it is opened), `template-place` (the content has no paragraph of its
    own) or `template-unknown` (other places to fill in).
    """
    document = in_text(document)
    with _reading(file):
        frame = _opened(template, file)
        places = _Places(frame, file)
        add_cell_styles(frame)
        room = _room(frame, places.content)
        places.mark_content()
        places.fill({"title": document.title, **fields})
        # Arial, which many have, is by that much wider than Times New Roman.
        body = Body(place_in(frame, room)._replace(broad=118), WordLists(frame), measured(document))
        return saved(frame, body.written(document, titled="title" not in places.names), {})


@contextmanager
def _reading(file: str) -> Iterator[None]:
    """Say of whatever is stumbled over in a template that it cannot be read: a part may be anything."""
    try:
        yield
    except Failure:
        raise
    except Exception as error:  # what zipfile, lxml and python-docx raise has no common class
        reason = " ".join(str(error).split()) or type(error).__name__
        raise Failure("template-unreadable", file=file, reason=reason) from error


def _opened(template: bytes, file: str) -> Frame:
    """Open a template; a file that is damaged, encrypted, of another kind or far too large is refused.

    So is one that fetches something from outside whenever somebody opens it.
    """
    with zipfile.ZipFile(BytesIO(template)) as archive:
        size = sum(info.file_size for info in archive.infolist())
    if size > _MAX_MIB * 1024 * 1024:
        raise ValueError(f"{size} bytes")
    parts = unpacked(template)
    parts[_TYPES] = parts[_TYPES].replace(*_DOTX)
    if fetched := outside(parts).fetched:
        raise Failure("template-outside", file=file, places=fetched)
    return opened(BytesIO(b"".join(packed(parts))))


def links_of(template: bytes) -> tuple[str, ...]:
    """Return where the links of a template lead, which the document keeps."""
    return outside(unpacked(template)).links


class _Places:
    """The places of a template that are to be filled in, wherever Word cut them into pieces."""

    def __init__(self, frame: Frame, file: str) -> None:
        self.frame = frame
        self.names: set[str] = set()
        #: The paragraph that the body takes the place of.
        self.content: Any = None
        unknown = []
        for paragraph in _paragraphs(frame):
            text = "".join([node.text or "" for node in _texts(paragraph)])
            for found in _PLACE.finditer(text):
                name = NAMES.get(match_key(found[1]))
                if name is None:
                    unknown.append(found[0])
                elif name == "content":
                    self._take(paragraph, text, found[0], file)
                self.names.add(name or "")
        if unknown:
            raise Failure("template-unknown", file=file, places=tuple(unknown))

    def _take(self, paragraph: Any, text: str, place: str, file: str) -> None:
        """Note the paragraph of the content: there is one, it stands in the body, and says nothing else."""
        alone = text.strip() == place and paragraph.getparent() is self.frame.element.body
        if not alone or self.content is not None:
            raise Failure("template-place", file=file, place=place)
        self.content = paragraph

    def mark_content(self) -> None:
        """Put the mark of the body in its place; without one, at the end."""
        body = self.frame.element.body
        if self.content is None:
            last = body.find(qn("w:sectPr"))
            place = len(body) if last is None else body.index(last)
            body.insert(place, content_mark())
            return
        # A paragraph may hold the page of all that stands before it.
        section = self.content.find(f"{qn('w:pPr')}/{qn('w:sectPr')}")
        self.content.addprevious(content_mark())
        if section is None:
            body.remove(self.content)
        else:
            for node in _texts(self.content):
                node.text = ""

    def fill(self, values: Mapping[str, str]) -> None:
        """Put the values in the other places."""
        for paragraph in _paragraphs(self.frame):
            _fill(list(_texts(paragraph)), values)


def _paragraphs(frame: Frame) -> Iterator[Any]:
    """Yield every paragraph of the body, of tables and boxes in it, and of headers and footers."""
    yield from frame.element.body.iter(qn("w:p"))
    for rel in frame.part.rels.values():
        if rel.reltype.endswith(("/header", "/footer")) and not rel.is_external:
            yield from rel.target_part.element.iter(qn("w:p"))


def _texts(paragraph: Any) -> Iterator[Any]:
    """Yield the pieces of text of a paragraph, without those of a box inside it."""
    for node in paragraph.iter(qn("w:t")):
        if next(node.iterancestors(qn("w:p"))) is paragraph:
            yield node


def _fill(nodes: list[Any], values: Mapping[str, str]) -> None:
    """Fill in places from the last to the first: a value goes where its place began, in the look it has there."""
    text = "".join([node.text or "" for node in nodes])
    for found in reversed(list(_PLACE.finditer(text))):
        value = values.get(NAMES.get(match_key(found[1]), ""))
        if value is not None:
            _put(nodes, found.start(), found.end(), " ".join(legal(value).split("\n")))


def _put(nodes: list[Any], first: int, last: int, value: str) -> None:
    """Put a value in the place of the characters from one to another, which may lie in several pieces."""
    begin = 0
    for node in nodes:
        text = node.text or ""
        end = begin + len(text)
        if begin < last and end > first:
            head, tail = text[: max(0, first - begin)], text[max(0, last - begin) :]
            node.text = head + (value if begin <= first else "") + tail
            node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        begin = end


def _room(frame: Frame, content: Any) -> int:
    """Return how wide the page is where the content stands."""
    sections = list(frame.element.body.iter(qn("w:sectPr")))
    order = list(frame.element.body.iter())
    at = order.index(content) if content is not None else len(order)
    after = [section for section in sections if order.index(section) > at] or sections[-1:]
    if not after:
        return page_room(landscape=False)
    size, margins = after[0].find(qn("w:pgSz")), after[0].find(qn("w:pgMar"))
    if size is None or margins is None:
        return page_room(landscape=False)
    left, right = (int(float(margins.get(qn(f"w:{side}"), 0))) for side in ("left", "right"))
    return max(2000, int(float(size.get(qn("w:w"), 0))) - left - right)
