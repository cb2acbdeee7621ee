"""Plain text for pipes and mail: everything at its full width, one row a line, nothing cut."""

from collections.abc import Callable
from typing import Any

from plantrack.render.blocks import (
    ANY_WIDTH,
    Bar,
    Cell,
    Document,
    Fields,
    Heading,
    Items,
    Paragraph,
    Table,
    Verbatim,
    shown,
    text_of,
)
from plantrack.render.cells import bar_room, bar_text, cell_width, group_line, hung, padded, plain_heading
from plantrack.render.forms import Page

_GAP = "  "
_LONGEST_RULE = 80


def render(document: Document, _page: Page) -> str:
    """Write a document."""
    lines = [document.title] if document.title else []
    lines += map(text_of, document.lines)
    for block in document.blocks:
        lines += _LINES[type(block)](block)
    return "\n".join(lines).lstrip("\n") + "\n"


def _heading(heading: Heading) -> list[str]:
    return ["", text_of(heading.said)]


def _paragraph(paragraph: Paragraph) -> list[str]:
    text = text_of(paragraph.said)
    return ["", text] if paragraph.apart else [text]


def _hung(block: Items | Fields) -> list[str]:
    return [_behind(prefix.text, text_of(said)) for prefix, said in hung(block)]


def _behind(prefix: str, text: str) -> str:
    return (prefix + text.replace("\n", "\n" + " " * cell_width(prefix))).rstrip()


def _verbatim(block: Verbatim) -> list[str]:
    return [f"{_GAP}{line}".rstrip() for line in block.lines]


def _table(table: Table) -> list[str]:
    table = shown(table, ANY_WIDTH)
    places = sorted(range(len(table.columns)), key=lambda i: table.columns[i].long)
    columns = [table.columns[i] for i in places]
    headings = [plain_heading(column) for column in columns]
    texts = [_texts([row.cells[i] for row in table.rows]) for i in places]
    widths = [max(map(cell_width, [h, *column])) for h, column in zip(headings, texts, strict=True)]
    filled = [
        [padded(text, width, column.align) for text in (heading, *own)]
        for column, width, heading, own in zip(columns, widths, headings, texts, strict=True)
    ]
    head, *rows = [_GAP.join(cells).rstrip() for cells in zip(*filled, strict=True)]
    groups = group_line(columns, widths, len(_GAP))
    rule = "─" * min(_LONGEST_RULE, sum(widths) + len(_GAP) * (len(widths) - 1))
    return [*([groups] if groups else []), head, rule, *rows]


def _texts(cells: list[Cell]) -> list[str]:
    """Give the cells of a column as text, each on one line."""
    room = bar_room([cell for cell in cells if isinstance(cell, Bar)])
    return [bar_text(c, room) if isinstance(c, Bar) else text_of(c).replace("\n", " ") for c in cells]


_LINES: dict[type, Callable[[Any], list[str]]] = {
    Heading: _heading,
    Paragraph: _paragraph,
    Items: _hung,
    Fields: _hung,
    Verbatim: _verbatim,
    Table: _table,
}
