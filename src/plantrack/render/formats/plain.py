"""Plain text for pipes and mail: everything at its full width, one row a line, nothing cut."""

from collections.abc import Callable
from typing import Any

from plantrack.render.formats import Page
from plantrack.render.layout.blocks import (
    Bar,
    Cell,
    Chart,
    DefinitionList,
    Document,
    Heading,
    ItemList,
    Paragraph,
    Table,
    Verbatim,
    shown,
    text_of,
)
from plantrack.render.layout.text_width import (
    bar_characters,
    bar_room,
    cell_width,
    group_line,
    hanging_lines,
    plain_heading,
)

_GAP = "  "


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


def _hung(block: ItemList | DefinitionList) -> list[str]:
    return [_behind(prefix.text, text_of(said)) for prefix, said in hanging_lines(block)]


def _behind(prefix: str, text: str) -> str:
    return (prefix + text.replace("\n", "\n" + " " * cell_width(prefix))).rstrip()


def _verbatim(block: Verbatim) -> list[str]:
    return [f"{_GAP}{line}".rstrip() for line in block.lines]


def _chart(chart: Chart) -> list[str]:
    return ["", f"{chart.title}: {chart.text}"]


def _table(table: Table) -> list[str]:
    table = shown(table)
    places = sorted(range(len(table.columns)), key=lambda i: table.columns[i].long)
    filled = [_filled(table, i) for i in places]
    head, *rows = [_GAP.join(cells).rstrip() for cells in zip(*filled, strict=True)]
    widths = [cell_width(own[0]) for own in filled]
    groups = group_line([table.columns[i] for i in places], widths, len(_GAP))
    rule = "─" * (sum(widths) + len(_GAP) * (len(widths) - 1))
    return [*([groups] if groups else []), head, rule, *rows]


def _filled(table: Table, place: int) -> list[str]:
    """Return a column's heading and cells, all of one width, each on one line."""
    column, cells = table.columns[place], [row.cells[place] for row in table.rows]
    room = bar_room([cell for cell in cells if isinstance(cell, Bar)]) if column.picture else 0
    texts = [plain_heading(column), *(_text(cell, room) for cell in cells)]
    widths = [cell_width(text) for text in texts]
    widest = max(widths)
    if column.align == "right":
        return [" " * (widest - width) + text for text, width in zip(texts, widths, strict=True)]
    return [text + " " * (widest - width) for text, width in zip(texts, widths, strict=True)]


def _text(cell: Cell, room: int) -> str:
    said = bar_characters(cell, room) if isinstance(cell, Bar) else cell
    return text_of(said).replace("\n", " ")


_LINES: dict[type, Callable[[Any], list[str]]] = {
    Heading: _heading,
    Paragraph: _paragraph,
    ItemList: _hung,
    DefinitionList: _hung,
    Verbatim: _verbatim,
    Chart: _chart,
    Table: _table,
}
