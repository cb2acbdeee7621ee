"""One page in one file: nothing is fetched, nothing runs; for screens of any width, and for paper."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from plantrack import __version__
from plantrack.i18n.words import Words
from plantrack.model.grouping import chunks
from plantrack.render.formats import Page
from plantrack.render.formats.html import svg
from plantrack.render.formats.html.escape import html_text, inline
from plantrack.render.layout.blocks import (
    Bar,
    Block,
    Chart,
    DefinitionList,
    Document,
    Heading,
    ItemList,
    ListItem,
    Paragraph,
    Table,
    TableColumn,
    TableRow,
    Verbatim,
    shown,
    text_of,
)
from plantrack.render.layout.documents import without_commands

_HERE = Path(__file__).parent


def render(document: Document, page: Page) -> Iterator[str]:
    """Write a document as a page, light or dark as its reader has it."""
    return written(document, page, style=own_file("style.css"), schemes="light dark")


def written(document: Document, page: Page, *, style: str, schemes: str) -> Iterator[str]:
    """Write a document in a style."""
    document = without_commands(document)
    title = document.title or _first_words(document) or "plantrack"
    template = Environment(autoescape=True, keep_trailing_newline=True).from_string(own_file("page.html"))
    return template.generate(
        language=page.words.language,
        version=__version__,
        title=title,
        heading=Markup(inline(title)),
        style=Markup(style),
        schemes=schemes,
        patterns=Markup(svg.PATTERNS if any(map(_is_drawn, document.blocks)) else ""),
        lines=Markup("".join([f"<p>{inline(line)}</p>\n" for line in document.lines])),
        body=map(Markup, _HtmlWriter(page.words, title).written(document.blocks)),
    )


def own_file(name: str) -> str:
    """Return a file that lies beside this module."""
    return (_HERE / name).read_text("utf-8")


def _first_words(document: Document) -> str:
    """Return what a document without a title begins with, which is a command's report on files."""
    said = (block.said for block in document.blocks if isinstance(block, Paragraph | Heading))
    return next((text_of(each).split("\n")[0] for each in said), "")


class _HtmlWriter:
    """Writes the blocks of one page in their order."""

    def __init__(self, words: Words, title: str) -> None:
        self.words = words
        #: What the next table is about: the heading over it.
        self.about = title
        self.level = 1
        self.charts = 0
        #: What ends the part in another language than the page's.
        self.end = ""
        self.writes: dict[type, Callable[[Any], Iterable[str]]] = {
            Heading: self.heading,
            Paragraph: self.paragraph,
            ItemList: self.items,
            DefinitionList: self.fields,
            Verbatim: self.verbatim,
            Chart: self.chart,
            Table: self.table,
        }

    def written(self, blocks: Iterable[Block]) -> Iterator[str]:
        """Write blocks in pieces."""
        for block in blocks:
            yield from self.writes[type(block)](block)
        yield self.end

    def heading(self, heading: Heading) -> Iterator[str]:
        """Write a heading; none is left out between two levels."""
        self.about = text_of(heading.said)
        self.level = min(heading.level, self.level) + 1
        before = ""
        if heading.language:
            self.words = Words(heading.language)
            before, self.end = f'{self.end}<div lang="{heading.language}">\n', "</div>\n"
        yield f"{before}<h{self.level}>{inline(heading.said)}</h{self.level}>\n"

    def paragraph(self, paragraph: Paragraph) -> Iterator[str]:
        said = svg.svg_legend(paragraph.said) if paragraph.picture else inline(paragraph.said)
        yield f'<p class="apart">{said}</p>\n' if paragraph.apart else f"<p>{said}</p>\n"

    def items(self, block: ItemList) -> Iterator[str]:
        yield from _joined(_listed(block.entries))
        yield "\n"

    def fields(self, block: DefinitionList) -> Iterator[str]:
        rows = "".join(f"<dt>{html_text(f.name)}</dt><dd>{inline(f.said)}</dd>\n" for f in block.fields)
        yield f"<dl>\n{rows}</dl>\n"

    def verbatim(self, block: Verbatim) -> Iterator[str]:
        text = "\n".join(map(html_text, block.lines))
        yield f'<pre tabindex="0" role="region" aria-label="{html_text(self.about)}">{text}</pre>\n'

    def chart(self, chart: Chart) -> Iterator[str]:
        """Write a picture with its words before it and its numbers after it."""
        self.charts += 1
        # What bars say stands at the ends of their names already.
        said = "" if chart.kind == "bars" else f"<br>{inline(chart.text)}"
        yield (
            f"<figure>\n<figcaption><strong>{html_text(chart.title)}</strong>{said}</figcaption>\n"
            f"{svg.svg_chart(chart, self.charts, self.words)}"
            f"<details><summary>{html_text(self.words('chart.numbers'))}</summary>\n"
            f"{''.join(self.boxed(_numbers(chart, self.words), chart.title))}</details>\n</figure>\n"
        )

    def table(self, table: Table) -> Iterator[str]:
        return self.boxed(table, self.about)

    def boxed(self, table: Table, about: str) -> Iterator[str]:
        """Write a table in a box of its own, which scrolls where the page is too narrow."""
        table = shown(table)
        looks = [_look(column) for column in table.columns]
        caption = html_text(about)
        yield (
            f'<div class="scroll" role="region" aria-label="{caption}" tabindex="0"><table>\n'
            f'<caption class="unseen">{caption}</caption>\n{_head(table.columns)}<tbody>\n'
        )
        yield from _joined(_row(row, looks) for row in table.rows)
        yield "</tbody>\n</table></div>\n"


def _is_drawn(block: Block) -> bool:
    """Return whether a block is a picture or about one, which needs the patterns."""
    match block:
        case Chart() | Paragraph(picture=True):
            return True
        case Table():
            return any(column.picture for column in shown(block).columns)
    return False


def _joined(pieces: Iterable[str]) -> Iterator[str]:
    """Join pieces, many at a time."""
    return map("".join, chunks(pieces))


def _listed(entries: Iterable[ListItem]) -> Iterator[str]:
    """Write lists inside lists; another kind of marker begins another list."""
    tags: list[str] = []
    for entry in entries:
        tag = _list_tag(entry)
        while len(tags) > entry.depth + 1 or (len(tags) == entry.depth + 1 and tags[-1] != tag):
            yield f"</li></{tags.pop()[:2]}>"
        if len(tags) == entry.depth + 1:
            yield "</li>\n"
        while len(tags) <= entry.depth:
            tags.append(tag)
            yield f"<{tag}>\n" if len(tags) > entry.depth else f"<{tag}><li>"
        coded = f"<strong>{html_text(entry.marker)}</strong> " if entry.is_coded else ""
        yield f"<li>{coded}{inline(entry.said)}"
    while tags:
        yield f"</li></{tags.pop()[:2]}>"


#: What the titles of rows can do with.
_OF_TITLES = 16
_CODED = 'ul class="coded"'


def _list_tag(entry: ListItem) -> str:
    return _CODED if entry.is_coded else "ol" if entry.is_numbered else "ul"


def _head(columns: Sequence[TableColumn]) -> str:
    groups = ""
    if any(column.group for column in columns):
        runs = [(group, len(list(run))) for group, run in groupby(columns, lambda column: column.group)]
        cells = [
            f'<th class="group" scope="colgroup" colspan="{n}">{html_text(g)}</th>'
            if g
            else f'<td colspan="{n}"></td>'
            for g, n in runs
        ]
        groups = f"<tr>{''.join(cells)}</tr>\n"
    return f"<thead>\n{groups}<tr>{''.join(map(_headed, columns))}</tr>\n</thead>\n"


def _headed(column: TableColumn) -> str:
    if not column.heading:
        return "<td></td>"
    return f'<th scope="col"{_look(column)}{_room(column)}>{html_text(column.heading)}</th>'


def _room(column: TableColumn) -> str:
    """Return the room that a column of texts can do with; the titles among them get more of what there is."""
    if not (column.wraps or column.long):
        return ""
    more = ";width:36%" if column.long or column.least == _OF_TITLES else ""
    return f' style="min-width:{min(column.least, 30)}ch{more}"'


def _look(column: TableColumn) -> str:
    if column.align == "right":
        return ' class="n"'
    return ' class="text"' if column.wraps or column.long else ""


def _row(row: TableRow, looks: Sequence[str]) -> str:
    """Write a row; what its first cell says is what it is about."""
    first, *rest = map(_cell, row.cells)
    cells = "".join([f"<td{look}>{cell}</td>" for look, cell in zip(looks[1:], rest, strict=True)])
    total = ' class="total"' if row.is_total else ""
    head = f'<th scope="row"{looks[0]}>{first}</th>' if first else "<td></td>"
    return f"<tr{total}>{head}{cells}</tr>\n"


def _cell(cell: Any) -> str:
    return svg.svg_bar(cell) if isinstance(cell, Bar) else inline(cell)


def _numbers(chart: Chart, words: Words) -> Table:
    """Return the numbers behind a picture."""
    columns = (TableColumn(chart.heading), *(TableColumn(series.name, "right") for series in chart.series))
    rows = zip(chart.labels, *(series.values for series in chart.series), strict=True)
    cells = [(label, *("" if n is None else words.number(n) for n in numbers)) for label, *numbers in rows]
    return Table(columns, tuple(TableRow(row) for row in cells))
