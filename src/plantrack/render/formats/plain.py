"""Plain text for pipes and mail: everything at its full width, one row a line, nothing cut."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import dropwhile
from typing import Any

from plantrack.model.grouping import chunks
from plantrack.model.views.rows import DerivedRows, held_if_few
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
    TableRow,
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
    is_single,
    padded,
    plain_heading,
    widest_of,
)

_GAP = "  "


def render(document: Document, _page: Page) -> Iterator[str]:
    """Write a document."""
    lines = dropwhile(lambda line: not line.strip("\n"), _lines(document))
    yield next(lines, "").lstrip("\n")
    for chunk in chunks(lines):
        yield "".join([f"\n{line}" for line in chunk])
    yield "\n"


def _lines(document: Document) -> Iterator[str]:
    if document.title:
        yield document.title
    yield from map(text_of, document.lines)
    for block in document.blocks:
        yield from _LINES[type(block)](block)


def _heading(heading: Heading) -> list[str]:
    return ["", text_of(heading.said)]


def _paragraph(paragraph: Paragraph) -> list[str]:
    text = text_of(paragraph.said)
    return ["", text] if paragraph.apart else [text]


def _hung(block: ItemList | DefinitionList) -> Iterator[str]:
    return (_behind(prefix.text, text_of(said)) for prefix, said in hanging_lines(block))


def _behind(prefix: str, text: str) -> str:
    if "\n" in text:
        text = text.replace("\n", "\n" + " " * cell_width(prefix))
    return (prefix + text).rstrip()


def _verbatim(block: Verbatim) -> list[str]:
    return [f"{_GAP}{line}".rstrip() for line in block.lines]


def _chart(chart: Chart) -> list[str]:
    return ["", f"{chart.title}: {chart.text}"]


def _table(table: Table) -> Iterator[str]:
    """Write a table; columns of long texts, which are not cut, come last."""
    table = shown(table)
    places = sorted(range(len(table.columns)), key=lambda i: table.columns[i].long)
    columns = [table.columns[i] for i in places]
    rooms = [_room(table, i) for i in places]
    rows = held_if_few(DerivedRows(table.rows, partial(_texts, places, rooms)))
    head = tuple(map(plain_heading, columns))
    widths = list(map(cell_width, head))
    for chunk in chunks(rows):
        widths = [max(w, widest_of(own)) for w, own in zip(widths, zip(*chunk, strict=True), strict=True)]
    if groups := group_line(columns, widths, len(_GAP)):
        yield groups
    line = _line_of([column.align for column in columns], widths)
    yield line(head)
    yield "─" * (sum(widths) + len(_GAP) * (len(widths) - 1))
    yield from map(line, rows)


def _room(table: Table, place: int) -> int:
    """Return the room for the bars of a column, if it has any."""
    if not table.columns[place].picture:
        return 0
    return bar_room([cell for row in table.rows if isinstance(cell := row.cells[place], Bar)])


def _texts(
    places: Sequence[int], rooms: Sequence[int], rows: Iterable[TableRow]
) -> Iterator[tuple[str, ...]]:
    """Yield the cells of each row, each on one line."""
    pairs = list(zip(places, rooms, strict=True))
    return (tuple([_text(cells[i], room) for i, room in pairs]) for cells, _ in rows)


def _text(cell: Cell, room: int) -> str:
    text = text_of(bar_characters(cell, room) if isinstance(cell, Bar) else cell)
    return text.replace("\n", " ") if "\n" in text else text


def _line_of(sides: Sequence[str], widths: Sequence[int]) -> Callable[[tuple[str, ...]], str]:
    """Return what writes cells as a line."""
    pairs = list(zip(sides, widths, strict=True))
    pattern = _GAP.join([f"%{'' if side == 'right' else '-'}{width}s" for side, width in pairs])

    def line(cells: tuple[str, ...]) -> str:
        written = pattern % cells
        if not is_single(written):
            filled = [padded(cell, width, side) for cell, (side, width) in zip(cells, pairs, strict=True)]
            written = _GAP.join(filled)
        return written.rstrip()

    return line


_LINES: dict[type, Callable[[Any], Iterable[str]]] = {
    Heading: _heading,
    Paragraph: _paragraph,
    ItemList: _hung,
    DefinitionList: _hung,
    Verbatim: _verbatim,
    Chart: _chart,
    Table: _table,
}
