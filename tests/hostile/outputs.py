"""What is held of every form: the texts stand in it as they are, as many times as they should, and do nothing."""

import csv
import email
import email.policy
import io
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

import docx
import icalendar
from docx.oxml.ns import qn
from markdown_it import MarkdownIt
from openpyxl import load_workbook

from tests.support.page_reader import PageReader

#: What XML cannot hold is shown by its number.
_NO_XML: Final = re.compile("[\ufffe\uffff]")
_ESCAPED: Final = re.compile("_x([0-9A-Fa-f]{4})_")
#: What a terminal obeys: everything below a space but line breaks, and what follows an escape that is no colour.
_OBEYED: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]|\u2028|\u2029")
_COLOUR: Final = re.compile("\x1b\\[[0-9;]*m")
#: What a spreadsheet calculates.
_FORMULA: Final = re.compile(r"[\s]*[=+\-@＝＋－＠]")
_NUMBER: Final = re.compile(r"[+-]?[0-9.,]+%?")
_TAGS: Final = frozenset(
    [
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "main",
        "header",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "p",
        "br",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "table",
        "caption",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "div",
        "span",
        "strong",
        "pre",
        "figure",
        "figcaption",
        "details",
        "summary",
        "svg",
        "defs",
        "pattern",
        "rect",
        "line",
        "polyline",
        "polygon",
        "circle",
        "g",
        "text",
        "desc",
        "path",
        "link",
        "section",
    ]
)


def squeezed(text: str) -> str:
    """Return a text on one line, with one space between words."""
    return " ".join(text.split())


def in_xml(text: str) -> str:
    """Return a text as a file of XML has it."""
    return _NO_XML.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def missing(wanted: Iterable[str], said: Iterable[str]) -> list[str]:
    """Return the texts that do not stand in what was read, neither in their lines nor in one."""
    whole = squeezed(" ".join(said))
    return [text[:100] for text in wanted if squeezed(text) not in whole and _in_a_line(text) not in whole]


def _in_a_line(text: str) -> str:
    return squeezed(text.replace("\n", " / "))


def counted(wanted: Iterable[str], parts: Iterable[str]) -> Counter[str]:
    """Return the texts that are no parts of their own, as often as they should."""
    return Counter(map(squeezed, wanted)) - Counter(map(squeezed, parts))


def read_plain(data: bytes) -> str:
    """Return what a terminal would show of plain text; it obeys nothing in it."""
    text = data.decode("utf-8")
    assert not (found := _OBEYED.search(text)), text[max(0, found.start() - 60) : found.end() + 20]
    return text


def read_screen(seen: str) -> str:
    """Return what stood on a terminal, where nothing but colours was obeyed."""
    return read_plain(_COLOUR.sub("", seen).replace("\r\n", "\n").encode("utf-8", "surrogateescape"))


def read_csv(data: bytes) -> list[list[str]]:
    """Return the rows of a CSV, the apostrophes before would-be formulas taken away."""
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";", strict=True))
    widths = {len(row) for row in rows}
    assert len(widths) == 1, widths
    for cell in (cell for row in rows for cell in row):
        assert not _FORMULA.match(cell) or _NUMBER.fullmatch(cell), cell[:100]
    # Of several apostrophes one was put there too.
    return [[cell[1:] if re.match(r"'+\s*[=+\-@＝＋－＠]", cell) else cell for cell in row] for row in rows]


def read_json(data: bytes) -> list[str]:
    """Return all texts of JSON."""
    return list(_strings(json.loads(data)))


def _strings(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part)


def read_markdown(data: bytes) -> list[str]:
    """Return the cells, items and paragraphs of Markdown as it is shown; nothing in them is a link, a picture or code."""
    found, row = [], 0
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    widths = set()
    for token in parser.parse(data.decode("utf-8")):
        assert token.type not in ("html_block", "code_block", "blockquote_open", "hr"), token.content[:100]
        if token.type == "tr_open":
            row = 0
        elif token.type in ("td_open", "th_open"):
            row += 1
        elif token.type == "tr_close":
            widths.add(row)
        elif token.type == "table_close":
            assert len(widths) == 1, widths
            widths.clear()
        elif token.type == "inline":
            found.append("".join(map(_shown, token.children or ())))
    return found


def _shown(token: Any) -> str:
    """Return what is shown of a piece of a line."""
    if token.type in ("text", "text_special"):
        return str(token.content)
    if token.type in ("softbreak", "hardbreak") or (token.type == "html_inline" and token.content == "<br>"):
        return "\n"
    assert token.type in ("strong_open", "strong_close", "em_open", "em_close"), (
        token.type,
        token.content[:100],
    )
    return ""


def read_html(data: bytes) -> list[str]:
    """Return the texts of a page's smallest parts; it has no elements but ours, and none that run or fetch."""
    page = PageReader(data.decode("utf-8").replace("<br>", "\n"))
    for element in page.elements:
        assert element.tag in _TAGS, element.tag
        for name, value in element.attributes.items():
            assert not name.startswith("on"), (element.tag, name)
            assert name not in ("src", "srcdoc", "action", "formaction"), (element.tag, name, value)
            assert name != "href" or value.startswith(("#", "data:")), value
    return [
        "".join(e.text) for e in page.all("td", "th", "li", "p", "dd", "h1", "h2", "h3", "text", "caption")
    ]


def read_docx(data: bytes) -> list[str]:
    """Return the paragraphs of a Word file, which points to nothing outside."""
    read = docx.Document(io.BytesIO(data))
    assert not [rel.target_ref for rel in read.part.rels.values() if rel.is_external]
    assert not list(read.element.body.iter(qn("w:hyperlink"), qn("w:instrText"), qn("w:object")))
    return [
        "".join(_word_text(node) for node in paragraph.iter(qn("w:t"), qn("w:br"), qn("w:tab")))
        for paragraph in read.element.body.iter(qn("w:p"))
    ]


def _word_text(node: Any) -> str:
    return {qn("w:br"): "\n", qn("w:tab"): "\t"}.get(node.tag) or node.text or ""


def read_xlsx(data: bytes) -> list[list[str]]:
    """Return the rows of a workbook, in which nothing is calculated."""
    book = load_workbook(io.BytesIO(data))
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", cell.value
                assert cell.hyperlink is None
    rows = (row for sheet in book.worksheets for row in sheet.iter_rows(values_only=True))
    return [["" if value is None else excel_text(str(value)) for value in row] for row in rows]


def excel_text(text: str) -> str:
    """Return a text as Excel shows it, which reads `_x0041_` as a letter."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


_EVENT: Final = frozenset(
    [
        "UID",
        "DTSTAMP",
        "SEQUENCE",
        "LAST-MODIFIED",
        "DTSTART",
        "DTEND",
        "SUMMARY",
        "DESCRIPTION",
        "CATEGORIES",
        "STATUS",
        "TRANSP",
    ]
)


def read_ics(data: bytes) -> list[str]:
    """Return the titles of a calendar's events, which have the properties that they have."""
    calendar = icalendar.Calendar.from_ical(data)
    assert {part.name for part in calendar.walk()} == {"VCALENDAR", "VEVENT"}
    events = list(calendar.walk("VEVENT"))
    for event in events:
        assert set(event) <= _EVENT, set(event) - _EVENT
        assert not event.errors
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    return [str(event["SUMMARY"]) for event in events]


def read_mail(data: bytes, headers: Sequence[str], to: str) -> Any:
    """Return a message, which has the headers that it has and one receiver."""
    message: Any = email.message_from_bytes(data, policy=email.policy.default)
    assert sorted(message.keys()) == sorted(headers), message.keys()
    assert [address.addr_spec for address in message["To"].addresses] == [to]
    assert not [part.defects for part in message.walk() if part.defects]
    return message


#: How each form is read: into the texts of its parts, each a text by itself.
READ: Final[dict[str, Callable[[bytes], list[str]]]] = {
    "txt": lambda data: read_plain(data).split("\n"),
    "json": read_json,
    "md": read_markdown,
    "html": read_html,
    "docx": read_docx,
    "csv": lambda data: [cell for row in read_csv(data) for cell in row],
    "xlsx": lambda data: [cell for row in read_xlsx(data) for cell in row],
    "ics": read_ics,
}


def is_nfc(texts: Iterable[str]) -> bool:
    """Return whether all texts are in NFC."""
    return all(unicodedata.is_normalized("NFC", text) for text in texts)
