"""The blocks of a document as the body of one of Word."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from plantrack.model.views.rows import held_if_few
from plantrack.render.formats.docx.lists import WordLists
from plantrack.render.formats.docx.runs import MONO, TAB, left_if_broken, paragraph, run, runs, styled
from plantrack.render.formats.docx.tables import SIGN, Insertion, MeasuredTable, TableWriter
from plantrack.render.layout.blocks import (
    Block,
    DefinitionList,
    Document,
    Heading,
    ItemList,
    Paragraph,
    Table,
    Verbatim,
)
from plantrack.render.layout.text_width import cell_width

#: How far each level of a list is set in, in twentieths of a point.
INDENT: Final = 357
#: The deepest level of a list that Word has.
DEEPEST: Final = 8


def measured(document: Document) -> list[MeasuredTable]:
    """Return the tables of a document."""
    return [MeasuredTable(block) for block in document.blocks if isinstance(block, Table)]


class Body:
    """Writes the body of one document, whose tables were measured."""

    def __init__(self, place: Insertion, lists: WordLists, tables: Iterable[MeasuredTable]) -> None:
        self.place = place
        self.lists = lists
        self.tables = iter(tables)
        self.writes: dict[type, Callable[[Any], Iterable[str]]] = {
            Heading: self._heading,
            Paragraph: self._paragraph,
            ItemList: self._items,
            DefinitionList: self._fields,
            Verbatim: self._verbatim,
            Table: self._table,
        }

    def written(self, document: Document, *, titled: bool = True) -> Iterator[str]:
        """Write the title, unless it stands elsewhere, the lines under it, and the blocks."""
        if titled and document.title:
            look = styled(self.place.title)
            yield paragraph(runs(document.title, bold=not look), f'{look}<w:keepNext/><w:jc w:val="center"/>')
        for line in document.lines:
            yield paragraph(runs(line), '<w:jc w:val="center"/>')
        last: Block | None = None
        for block in document.blocks:
            # Tables that touch become one, and text that touches a table is hard to read.
            if isinstance(last, Table):
                yield _GAP
            yield from self.writes[type(block)](block)
            last = block
        if isinstance(last, Table):
            yield _GAP

    def _heading(self, heading: Heading) -> Iterator[str]:
        level = min(heading.level, 2) - 1
        if style := self.place.headings[level]:
            yield paragraph(runs(heading.said), styled(style))
        else:
            yield paragraph(runs(heading.said, bold=True), f'<w:keepNext/><w:outlineLvl w:val="{level}"/>')

    def _paragraph(self, block: Paragraph) -> Iterator[str]:
        apart = '<w:spacing w:before="200"/>' if block.apart else ""
        yield paragraph(runs(block.said), apart + left_if_broken(block.said))

    def _items(self, items: ItemList) -> Iterator[str]:
        """Write a list of Word; entries marked by codes hang behind them."""
        entries = items.entries if items.rooms else held_if_few(items.entries)
        coded = items.rooms or (cell_width(e.marker) for e in entries if e.is_coded)
        widest = max(coded, default=None)
        room = (widest or 0) * SIGN * 6 // 5 + INDENT // 2
        numbering = self.lists.begin(under_codes=widest is not None)
        for entry in entries:
            depth = min(entry.depth, DEEPEST)
            if not entry.is_coded:
                own = numbering.of(entry.marker, depth)
                level = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{own}"/></w:numPr>'
                yield paragraph(runs(entry.said), level + left_if_broken(entry.said))
                continue
            left = depth * INDENT + room
            hung = f'<w:ind w:left="{left}" w:hanging="{room}"/>'
            tabs = f'<w:tabs><w:tab w:val="left" w:pos="{left}"/></w:tabs>'
            said = runs(entry.marker, bold=True) + TAB + runs(entry.said)
            yield paragraph(said, tabs + hung + left_if_broken(entry.said))

    def _fields(self, fields: DefinitionList) -> Iterator[str]:
        for field in fields.fields:
            named = runs(f"{field.name}: ", bold=True) + runs(field.said)
            yield paragraph(named, f'<w:ind w:left="{INDENT}" w:hanging="{INDENT}"/><w:jc w:val="left"/>')

    def _verbatim(self, block: Verbatim) -> Iterator[str]:
        yield paragraph(run("\n".join(block.lines), MONO), '<w:jc w:val="left"/>')

    def _table(self, _: Table) -> Iterator[str]:
        return TableWriter(next(self.tables), self.place).written()


_GAP: Final = paragraph("", '<w:spacing w:before="0" w:after="0" w:line="120" w:lineRule="exact"/>')
