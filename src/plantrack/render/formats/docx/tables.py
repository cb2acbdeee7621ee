"""Tables of Word: headings repeated on every page, rows kept whole, columns as wide as their texts ask for."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final

from plantrack.model.grouping import chunks
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.views.rows import held_if_few
from plantrack.render.formats.column_widths import CellSizes, fit
from plantrack.render.formats.docx.runs import paragraph, runs, styled
from plantrack.render.layout.blocks import Bar, Cell, Table, TableRow, text_of
from plantrack.render.layout.text_width import SOFT_HYPHEN

#: How wide a letter is on average, in twentieths of a point, for letters of 11 points and of 9; and the room beside.
SIGN, _SMALL_SIGN, _BESIDE = 106, 88, 120
#: A row with a longer text (with its marks) may be broken, because it may be higher than a page.
_WHOLE: Final = 2000
_LINE: Final = '<w:{0} w:val="single" w:sz="4" w:space="0" w:color="808080"/>'
_BORDERS: Final = "".join(
    _LINE.format(side) for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_PROPERTIES: Final = (
    '<w:tblW w:w="{0}" w:type="dxa"/><w:tblBorders>'
    + _BORDERS
    + '</w:tblBorders><w:tblLayout w:type="fixed"/>'
    '<w:tblCellMar><w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar>'
    '<w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>'
)
_HEAD_SHADE: Final = '<w:shd w:val="clear" w:color="auto" w:fill="E7E6E6"/>'
_TOTAL_SHADE: Final = '<w:shd w:val="clear" w:color="auto" w:fill="F2F2F2"/>'


class Insertion(NamedTuple):
    """Where a body goes: how wide the page is, and the styles that it has, by their ids (empty: none)."""

    room: int
    title: str
    headings: tuple[str, str]
    #: Of cells, and of those of a table that is too wide.
    cells: tuple[str, str]
    #: How wide letters may be, in hundredths of those of our own font.
    broad: int = 100


class MeasuredTable:
    """A table whose cells were read once, to know how wide they are."""

    def __init__(self, table: Table) -> None:
        self.table = table._replace(rows=held_if_few(table.rows))
        self.columns = table.columns
        self.sizes = [CellSizes() for _ in table.columns]
        #: The widest word of each heading, or cell that is on one line, in thousandths of its size.
        self.letters = [_widest(c.heading.replace(SOFT_HYPHEN, " ").split()) for c in table.columns]
        for chunk in chunks(self.table.rows):
            for place, cells in enumerate(zip(*(row.cells for row in chunk), strict=True)):
                self._take(place, set(cells))

    def _take(self, place: int, cells: set[Cell]) -> None:
        self.sizes[place].take(cells)
        if not self.columns[place].wraps:
            lines = {line for c in cells if not isinstance(c, Bar) for line in text_of(c).split("\n")}
            self.letters[place] = max(self.letters[place], _widest(lines))

    @property
    def needed_width(self) -> int:
        """Return the least width of a page that it asks for, in twentieths of a point."""
        least = zip(self.columns, self.least_widths(11), strict=True)
        return sum(max(own, c.least * SIGN + _BESIDE if c.wraps else 0) for c, own in least)

    def least_widths(self, size: int, broad: int = 100) -> list[int]:
        """Return the widths at which no word of a heading is broken, nor any cell that is on one line."""
        return [letters * size * broad // 5000 + _BESIDE for letters in self.letters]


def _widest(texts: Iterable[str]) -> int:
    return max(map(letters_width, texts), default=0)


def letters_width(text: str) -> int:
    """Guess how wide a text is in Times New Roman, bold, in thousandths of its size, rather too wide."""
    return sum(
        _NARROW if c in _THIN else _WIDE if c.isupper() or c in "mw" or c > "\u2000" else _COMMON
        for c in text
    )


#: How wide letters are, in thousandths of their size.
_NARROW, _COMMON, _WIDE = 350, 590, 800
_THIN: Final = frozenset(" .,:;'()/|!fijlrt-")


class TableWriter:
    """Writes a table for a page of some width; one that is too wide even so has smaller letters."""

    def __init__(self, measured: MeasuredTable, place: Insertion) -> None:
        self.measured = measured
        self.table = measured.table
        self.small = measured.needed_width > place.room
        self.widths = self._widths(place.room, place.broad)
        self.style = styled(place.cells[self.small])

    def _widths(self, room: int, broad: int) -> list[int]:
        """Share the page among the columns; a table of short cells alone stays as narrow as it is."""
        columns, (sign, size) = self.table.columns, (_SMALL_SIGN, 9) if self.small else (SIGN, 11)
        cells = (room - _BESIDE * len(columns)) // sign + len(columns) - 1
        signs, floors = fit(columns, self.measured.sizes, cells), self.measured.least_widths(size, broad)
        widths = [max(n * sign + _BESIDE, floor) for n, floor in zip(signs, floors, strict=True)]
        slack = [w - f if c.wraps else 0 for c, w, f in zip(columns, widths, floors, strict=True)]
        if over := sum(slack) and sum(widths) - room:
            # Shrunk to what their headings ask for at most, stretched by as much as is left.
            part = min(over, sum(slack))
            widths = [w - part * own // sum(slack) for w, own in zip(widths, slack, strict=True)]
        total = sum(widths)
        return [w * room // total for w in widths] if total > room else widths

    def written(self) -> Iterator[str]:
        """Write the table in pieces."""
        grid = "".join([f'<w:gridCol w:w="{width}"/>' for width in self.widths])
        yield f"<w:tbl><w:tblPr>{_PROPERTIES.format(sum(self.widths))}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
        yield from self._heading()
        for row in self.table.rows:
            yield self._row(row)
        yield "</w:tbl>"

    def _heading(self) -> Iterator[str]:
        """Write the headings; where columns stand in groups, the groups above them."""
        columns = self.table.columns
        if grouped := any(column.group for column in columns):
            yield self._head_row(self._groups())
        cells = []
        for column, width in zip(columns, self.widths, strict=True):
            merged = "<w:vMerge/>" if grouped and not column.group else ""
            cells.append(self._head_cell("" if merged else column.heading, width, merged, column.align))
        yield self._head_row(cells)

    def _groups(self) -> Iterator[str]:
        """Write the headings over several columns; a column without one has its own heading there."""
        pairs = list(zip(self.table.columns, self.widths, strict=True))
        for group, run_of in groupby(pairs, lambda pair: pair[0].group):
            own = list(run_of)
            if group:
                span = f'<w:gridSpan w:val="{len(own)}"/>'
                yield self._head_cell(group, sum(width for _, width in own), span, "center")
                continue
            for column, width in own:
                yield self._head_cell(column.heading, width, '<w:vMerge w:val="restart"/>', column.align)

    def _head_row(self, cells: Sequence[str] | Iterator[str]) -> str:
        return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{''.join(cells)}</w:tr>"

    def _head_cell(self, heading: str, width: int, more: str, align: str) -> str:
        inside = runs(heading, bold=True) if heading else ""
        return self._cell(inside, width, more + _HEAD_SHADE, align, keep=True)

    def _row(self, row: TableRow) -> str:
        shade = _TOTAL_SHADE if row.is_total else ""
        texts = ["" if isinstance(cell, Bar) else runs(cell, bold=row.is_total) for cell in row.cells]
        whole = "<w:trPr><w:cantSplit/></w:trPr>" if max(map(len, texts), default=0) < _WHOLE else ""
        cells = [
            self._cell(text, width, shade, column.align)
            for text, column, width in zip(texts, self.table.columns, self.widths, strict=True)
        ]
        return f"<w:tr>{whole}{''.join(cells)}</w:tr>"

    def _cell(self, inside: str, width: int, more: str, align: str, *, keep: bool = False) -> str:
        """Write a cell; `keep` holds it on the page of the next row."""
        aligned = "" if align == "left" else f'<w:jc w:val="{align}"/>'
        properties = self.style + ("<w:keepNext/>" if keep else "") + aligned
        return (
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{more}</w:tcPr>'
            f"{paragraph(inside, properties)}</w:tc>"
        )
