"""Tables and text for a terminal: the only home of Rich, which wraps and colours, and reads nothing in a text."""

from collections.abc import Callable, Iterator, Sequence
from io import StringIO
from typing import Any

from rich.box import Box
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from plantrack.i18n.words import Words
from plantrack.model.text import visible_lines
from plantrack.render.formats import Page
from plantrack.render.formats.ascii_charts import picture
from plantrack.render.formats.column_widths import cell_sizes, fit, heading_lines, room_for
from plantrack.render.formats.one_line import cut_cell, flat
from plantrack.render.layout.blocks import (
    Bar,
    Cell,
    Chart,
    DefinitionList,
    Document,
    Heading,
    ItemList,
    Meaning,
    Paragraph,
    Said,
    Table,
    TableColumn,
    Verbatim,
    left_out,
    shown,
    spans,
)
from plantrack.render.layout.text_width import (
    bar_characters,
    cell_width,
    group_line,
    hanging_lines,
    plain_heading,
)

_LOOKS: dict[Meaning, str] = {
    "strong": "bold",
    "quiet": "dim",
    "remark": "dim",
    "done": "green",
    "in_progress": "cyan",
    "due_soon": "yellow",
    "overdue": "bold red",
    "blocked": "magenta",
    "example": "bold yellow",
    "warning": "yellow",
    "error": "bold red",
}
#: Nothing but a rule under the headings, and a space between columns.
_BOX = Box("    \n    \n ── \n    \n    \n    \n    \n    \n")


def render(document: Document, page: Page) -> Iterator[str]:
    """Write a document, in one piece: Rich lays out a table as a whole."""
    out = StringIO()
    console = Console(
        file=out,
        width=page.width,
        force_terminal=page.colour,
        color_system="standard" if page.colour else None,
        no_color=not page.colour,
        highlight=False,
        emoji=False,
        markup=False,
        legacy_windows=False,
    )
    if document.title:
        console.print(_text(document.title, "bold"))
    for line in document.lines:
        console.print(_text(line))
    for block in document.blocks:
        if isinstance(block, Chart):
            _chart(console, block, page.words)
        elif isinstance(block, Table):
            _table(console, block, page.words)
        else:
            _PRINTS[type(block)](console, block)
    yield "\n".join(line.rstrip() for line in out.getvalue().lstrip("\n").split("\n"))


def _text(said: Said, look: str = "") -> Text:
    text = Text(style=look, overflow="fold")
    for span in spans(said):
        text.append(visible_lines(span.text), _LOOKS.get(span.meaning))
    return text


def _heading(console: Console, heading: Heading) -> None:
    console.print()
    console.print(_text(heading.said, "bold"))


def _paragraph(console: Console, paragraph: Paragraph) -> None:
    if paragraph.from_width > console.width:
        return
    if paragraph.apart:
        console.print()
    console.print(_text(paragraph.said))


def _hung(console: Console, block: ItemList | DefinitionList) -> None:
    for prefix, said in hanging_lines(block):
        indent = cell_width(prefix.text)
        head = _text((prefix,))
        for line in _text(said).wrap(console, max(1, console.width - indent)):
            console.print(Text.assemble(head, line), no_wrap=True)
            head = Text(" " * indent)


def _verbatim(console: Console, block: Verbatim) -> None:
    for line in block.lines:
        console.print(Text(f"  {visible_lines(line)}"), no_wrap=True, overflow="ellipsis")


def _chart(console: Console, chart: Chart, words: Words) -> None:
    """Draw the picture under its title, with its words after it."""
    console.print()
    lines = picture(chart, console.width, words)
    console.print(Text.assemble((chart.title, "bold"), "" if lines else f": {chart.text}"))
    for line in lines:
        console.print(_text(line))
    if lines:
        console.print(chart.text)


def _table(console: Console, table: Table, words: Words) -> None:
    absent = left_out(table, console.width)
    table = shown(table, console.width)
    table = table._replace(rows=tuple(table.rows))
    if table.one_line:
        _lines(console, table, absent, words)
        return
    _grid(console, table, fit(table.columns, cell_sizes(table), console.width))
    if absent:
        console.print(_text(words("table.left_out", columns=_named(absent)), "dim"))


def _lines(console: Console, table: Table, absent: list[TableColumn], words: Words) -> None:
    """Print a table of one line a row: texts are cut, and the last columns left out, where there is no room for them."""
    rows = tuple(row._replace(cells=tuple(map(flat, row.cells))) for row in table.rows)
    sizes = cell_sizes(table._replace(rows=rows))
    places = room_for(table.columns, sizes, console.width)
    columns = table.columns[:places]
    widths = fit(columns, sizes[:places], console.width)
    for line in zip(*(head.split("\n") for head in _heads(columns, widths)), strict=True):
        _line(console, line, columns, widths)
    console.print(Text("─" * (sum(widths) + len(widths) - 1)), no_wrap=True)
    for row in rows:
        _line(console, tuple(map(cut_cell, row.cells, columns, widths)), columns, widths)
    absent = [*(c for c in table.columns[places:] if c.heading), *absent]
    told = [words("table.cut")] if any(s.widest > w for s, w in zip(sizes, widths, strict=False)) else []
    told += [words("table.absent", columns=_named(absent))] if absent else []
    if told:
        console.print(_text(" ".join(told), "dim"))


def _line(
    console: Console, cells: Sequence[Cell], columns: Sequence[TableColumn], widths: Sequence[int]
) -> None:
    """Print cells side by side on one line, however wide Rich takes a sign to be."""
    parts: list[Text | str] = []
    for cell, column, width in zip(cells, columns, widths, strict=False):
        text = _cell(cell, width)
        space = " " * (width - cell_width(text.plain))
        parts += [" ", *((space, text) if column.align == "right" else (text, space))]
    console.print(Text.assemble(*parts[1:]), no_wrap=True, overflow="ignore", crop=False)


def _named(columns: list[TableColumn]) -> str:
    return ", ".join(plain_heading(c) + (f" ({c.group})" if c.group else "") for c in columns)


def _grid(console: Console, table: Table, widths: list[int]) -> None:
    """Print a table with columns of some widths."""
    if groups := group_line(table.columns, widths, 1):
        console.print(Text(groups), no_wrap=True)
    grid = Grid(box=_BOX, show_edge=False, pad_edge=False, padding=0, header_style="")
    for column, width, head in zip(table.columns, widths, _heads(table.columns, widths), strict=True):
        grid.add_column(Text(head), width=width, justify=column.align, overflow="fold")
    for row in table.rows:
        cells = [_cell(cell, width) for cell, width in zip(row.cells, widths, strict=True)]
        grid.add_row(*cells, style="bold" if row.is_total else "")
    console.print(grid)


def _heads(columns: tuple[TableColumn, ...], widths: list[int]) -> list[str]:
    """Return the headings, each standing on the rule."""
    heads = [heading_lines(column.heading, width) for column, width in zip(columns, widths, strict=True)]
    height = max(map(len, heads))
    return ["\n" * (height - len(lines)) + "\n".join(lines) for lines in heads]


def _cell(cell: Cell, width: int) -> Text:
    return _text(bar_characters(cell, width) if isinstance(cell, Bar) else cell)


_PRINTS: dict[type, Callable[[Console, Any], None]] = {
    Heading: _heading,
    Paragraph: _paragraph,
    ItemList: _hung,
    DefinitionList: _hung,
    Verbatim: _verbatim,
}
