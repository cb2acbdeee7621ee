"""A workbook as a table: its sheets, read row by row, and what a person should know of it."""

from collections.abc import Iterator, Sequence
from typing import Final

from plantrack.errors import Failure
from plantrack.tables.cell_text import SHORT, LetterCheck, text_cell
from plantrack.tables.columns import column_letters
from plantrack.tables.table_file import (
    MAX_COLUMNS,
    NO_CELL,
    Cell,
    MergedSpan,
    SheetRow,
    TableFile,
    TableRemark,
    TableSheet,
    table_remark,
)
from plantrack.tables.xlsx.sheet_rows import PackedCell, PackedRow
from plantrack.tables.xlsx.sheet_shape import MergedArea, SheetShape
from plantrack.tables.xlsx.workbook import Workbook, WorkbookSheet
from plantrack.tables.zip_package import Package, reading

#: Values come again: names, states, days.
_REMEMBERED: Final = 8192
#: As many rows or cells are named in a remark.
_NAMED: Final = 20


def open_xlsx(package: Package) -> TableFile:
    """Return the sheets of a workbook in order."""
    book = Workbook(package)
    shapes = list(zip(book.sheets, book.shapes(), strict=True))
    if not any(shape.has_values for _, shape in shapes):
        raise Failure("table-empty", file=package.file)
    sheets = tuple(TableSheet(s.name, s.hidden, _SheetRows(book, s, shape).read) for s, shape in shapes)
    remarks = tuple(remark for sheet, shape in shapes for remark in _remarks(sheet, shape))
    return TableFile(package.file, "xlsx", sheets, remarks)


def _remarks(sheet: WorkbookSheet, shape: SheetShape) -> Iterator[TableRemark]:
    name = sheet.name
    if sheet.hidden:
        yield table_remark("table-hidden-sheet", sheet=name)
    if shape.hidden_columns:
        yield table_remark("table-hidden-columns", sheet=name, columns=_few(shape.hidden_columns))
    if shape.hidden_rows:
        yield table_remark("table-hidden-rows", sheet=name, rows=_few(shape.hidden_rows))
    if shape.unsolved:
        yield table_remark("table-no-result", sheet=name, cells=_few(shape.unsolved))


def _few(found: Sequence[object]) -> str:
    """Write the first of what was found."""
    named = ", ".join(map(str, found[:_NAMED]))
    return f"{named}…" if len(found) > _NAMED else named


class _SheetRows:
    """Makes cells of what is packed; a merged area is its first cell at every place."""

    def __init__(self, book: Workbook, sheet: WorkbookSheet, shape: SheetShape) -> None:
        self._book, self._sheet = book, sheet
        self._shape, self._merged = shape, sorted(shape.merged)
        self._known: dict[tuple[object, ...], Cell] = {}

    def read(self) -> Iterator[SheetRow]:
        """Yield the rows that have something of their own."""
        if not self._shape.has_values:
            return
        letters = LetterCheck(self._book.file, self._sheet.name)
        open_areas: dict[int, tuple[MergedArea, Cell]] = {}
        waiting = iter(self._merged)
        following = next(waiting, None)
        for row in self._book.rows(self._sheet, self._shape):
            with reading(self._book.file):
                cells = self._cells(row)
                letters.take([cell.text for cell in cells], row.number)
            while following and following.first_row <= row.number:
                if following.first_row == row.number and following.first_column < len(cells):
                    open_areas[following.first_column] = following, cells[following.first_column]
                following = next(waiting, None)
            if cells:
                merged = _spread(cells, row.number, open_areas)
                yield SheetRow(row.number, tuple(cells), row.hidden, merged)

    def _cells(self, row: PackedRow) -> list[Cell]:
        """Return the cells up to the last that has text."""
        cells: list[Cell] = []
        known, blank = self._known.get, NO_CELL
        for packed in row.cells:
            cell = known(packed[1:]) or self._made(packed)
            if cell is blank:
                continue
            column = packed.column
            if column >= MAX_COLUMNS:
                place = f"{column_letters(column)}{row.number}"
                raise Failure("table-too-wide", file=self._book.file, place=place, columns=MAX_COLUMNS)
            if column > len(cells):
                cells += [blank] * (column - len(cells))
            cells.append(cell)
        return cells

    def _made(self, packed: PackedCell) -> Cell:
        value = self._book.value(packed)
        cell = text_cell(value.text)
        if (value.number, value.day, packed.formula) != (None, None, None):
            cell = Cell(cell.text, value.number, value.day, packed.formula is not None)
        if len(cell.text) <= SHORT:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[packed[1:]] = cell
        return cell


def _spread(
    cells: list[Cell], number: int, areas: dict[int, tuple[MergedArea, Cell]]
) -> tuple[MergedSpan, ...]:
    """Put merged cells at each place that they cover; areas that end above are forgotten."""
    spans = []
    for column, (area, cell) in sorted(areas.items()):
        if area.last_row < number:
            del areas[column]
        elif cell.text:
            last = min(area.last_column, MAX_COLUMNS - 1)
            cells += [NO_CELL] * (last + 1 - len(cells))
            for place in range(column, last + 1):
                cells[place] = cells[place] if cells[place].text else cell
            spans.append(MergedSpan(column, last, area.first_row < number))
    return tuple(spans)
