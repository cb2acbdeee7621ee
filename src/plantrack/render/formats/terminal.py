"""Tables and text for a terminal: the only home of Rich, which wraps and colours, and reads nothing in a text."""

from collections.abc import Callable, Iterator
from io import StringIO
from typing import Any

from rich.box import Box
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from plantrack.i18n.words import Words
from plantrack.render.formats import Page
from plantrack.render.formats.ascii_charts import picture
from plantrack.render.formats.column_widths import cell_sizes, fit, heading_lines
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
        console.print(Text(document.title, "bold"))
    for line in document.lines:
        console.print(_text(line))
    for block in document.blocks:
        if isinstance(block, Chart):
            _chart(console, block, page.words)
        elif isinstance(block, Table):
            _table(console, block)
            _left_out(console, block, page.words)
        else:
            _PRINTS[type(block)](console, block)
    yield "\n".join(line.rstrip() for line in out.getvalue().lstrip("\n").split("\n"))


def _text(said: Said, look: str = "") -> Text:
    text = Text(style=look, overflow="fold")
    for span in spans(said):
        text.append(span.text, _LOOKS.get(span.meaning))
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
        console.print(Text(f"  {line}"), no_wrap=True, overflow="ellipsis")


def _chart(console: Console, chart: Chart, words: Words) -> None:
    """Draw the picture under its title, with its words after it."""
    console.print()
    lines = picture(chart, console.width, words)
    console.print(Text.assemble((chart.title, "bold"), "" if lines else f": {chart.text}"))
    for line in lines:
        console.print(_text(line))
    if lines:
        console.print(chart.text)


def _table(console: Console, table: Table) -> None:
    table = shown(table, console.width)
    table = table._replace(rows=tuple(table.rows))
    widths = fit(table.columns, cell_sizes(table), console.width)
    if groups := group_line(table.columns, widths, 1):
        console.print(Text(groups), no_wrap=True)
    grid = Grid(box=_BOX, show_edge=False, pad_edge=False, padding=0, header_style="")
    for column, width, head in zip(table.columns, widths, _heads(table.columns, widths), strict=True):
        grid.add_column(Text(head), width=width, justify=column.align, overflow="fold")
    for row in table.rows:
        cells = [_cell(cell, width) for cell, width in zip(row.cells, widths, strict=True)]
        grid.add_row(*cells, style="bold" if row.is_total else "")
    console.print(grid)


def _left_out(console: Console, table: Table, words: Words) -> None:
    """Say which columns a page is too narrow for."""
    if columns := left_out(table, console.width):
        names = ", ".join(plain_heading(c) + (f" ({c.group})" if c.group else "") for c in columns)
        console.print(_text(words("table.left_out", columns=names), "dim"))


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
