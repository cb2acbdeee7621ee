"""Word files: written from documents or into templates, and read back with python-docx."""

import io
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as WordParagraph

from plantrack.errors import Exit, Failure
from plantrack.i18n.words import Words
from plantrack.render.formats import Page
from plantrack.render.formats.docx import render
from plantrack.render.formats.docx.template import render_into
from plantrack.render.layout.blocks import (
    Document,
    Heading,
    ItemList,
    ListItem,
    Paragraph,
    Table,
    TableColumn,
    TableRow,
)

VI = Words("vi")
PAGE = Page(VI, 80, False)
#: What is put into a template.
REPORT = Document(
    "Tổng hợp <quý>",
    ("dòng",),
    (
        Heading("I. Kết quả"),
        ItemList((ListItem("một", "1."), ListItem("hai", "2."))),
        Table((TableColumn("Số", "right"), TableColumn("Tên", wraps=True)), (TableRow(("1", "a")),)),
        Paragraph("cuối"),
    ),
)
FIELDS = {"period": "Quý II/2024", "day": "ngày 14 tháng 6 năm 2024"}


def opened(document: Document, words: Words = VI) -> Any:
    """Return a document as python-docx reads it."""
    return docx.Document(io.BytesIO(b"".join(render(document, Page(words, 80, False)))))


def blocks(*made: Any) -> Any:
    """Return a document of nothing but blocks, read again."""
    return opened(Document("", (), made))


def part(document: Document, name: str) -> str:
    """Return a part of a document's file."""
    with zipfile.ZipFile(io.BytesIO(b"".join(render(document, Page(VI, 80, False))))) as archive:
        return archive.read(name).decode()


def texts(read: Any) -> Iterator[str]:
    """Yield all paragraphs, those of tables too, in their order."""
    for paragraph in read.element.body.iter(qn("w:p")):
        yield WordParagraph(paragraph, read).text


def template(*lines: str, change: Callable[[Any], None] | None = None) -> bytes:
    """Return a template of some lines, changed as it is told."""
    made = docx.Document()
    for line in lines:
        made.add_paragraph(line)
    if change:
        change(made)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def filled(data: bytes, document: Document = REPORT) -> Any:
    """Return a filled template, read again."""
    return docx.Document(io.BytesIO(b"".join(render_into(document, data, "mau.docx", FIELDS))))


def refused(data: bytes) -> Failure:
    """Return why a template is refused."""
    with pytest.raises(Failure) as caught:
        filled(data)
    assert caught.value.exit_code == Exit.FILE
    assert caught.value.params["file"] == "mau.docx"
    return caught.value


def lines(read: Any) -> list[str]:
    """Return the paragraphs of a document, without those of tables."""
    return [p.text for p in read.paragraphs]


def numbering(read: Any, paragraph: Any) -> tuple[str, int, str, int]:
    """Return the kind, the level, the marker and the first number of the list that a paragraph is of."""
    own, level = paragraph._p.pPr.numPr.numId.val, paragraph._p.pPr.numPr.ilvl.val
    root = read.part.numbering_part.element
    (num,) = [n for n in root.findall(qn("w:num")) if n.get(qn("w:numId")) == str(own)]
    kind = num.find(qn("w:abstractNumId")).get(qn("w:val"))
    (abstract,) = [a for a in root.findall(qn("w:abstractNum")) if a.get(qn("w:abstractNumId")) == kind]
    shown = abstract.findall(qn("w:lvl"))[level]
    start = num.find(f"{qn('w:lvlOverride')}/{qn('w:startOverride')}")
    first = 1 if start is None else int(start.get(qn("w:val")))
    said = shown.find(qn("w:numFmt")).get(qn("w:val")), shown.find(qn("w:lvlText")).get(qn("w:val"))
    return said[0], level, said[1], first
