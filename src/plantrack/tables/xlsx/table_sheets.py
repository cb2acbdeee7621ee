"""A workbook as a table: its sheets, read row by row, and what a person should know of it."""

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Final

from plantrack.errors import Failure
from plantrack.tables.cell_text import WRONG_LETTERS, misread, text_cell
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
)
from plantrack.tables.xlsx.sheet_part import MergedArea, PackedCell, PackedRow, SheetShape
from plantrack.tables.xlsx.workbook import Workbook, WorkbookSheet
from plantrack.tables.zip_package import Package, reading

#: Values come again: names, states, days.
_REMEMBERED: Final = 8192


def open_xlsx(package: Package) -> TableFile:
    """Return the sheets of a workbook in order."""
    book = Workbook(package)
    shapes = [(sheet, book.shape(sheet)) for sheet in book.sheets]
    sheets = tuple(TableSheet(s.name, s.hidden, _SheetRows(book, s, shape).read) for s, shape in shapes)
    remarks = tuple(remark for sheet, shape in shapes for remark in _remarks(sheet, shape))
    return TableFile(package.file, "xlsx", sheets, remarks)


def _remarks(sheet: WorkbookSheet, shape: SheetShape) -> Iterator[TableRemark]:
    if sheet.hidden:
        yield TableRemark("hidden-sheet", {"sheet": sheet.name})
    if shape.hidden_columns:
        yield TableRemark("hidden-columns", {"sheet": sheet.name, "columns": shape.hidden_columns})
    if shape.hidden_rows:
        yield TableRemark(
            "hidden-rows", {"sheet": sheet.name, "count": shape.hidden_rows, "rows": shape.first_hidden}
        )
    if shape.unsolved:
        yield TableRemark(
            "formulas-without-result",
            {"sheet": sheet.name, "count": shape.unsolved, "first": shape.first_unsolved},
        )


class _SheetRows:
    """Makes cells of what is packed; a merged area is its first cell at every place."""

    def __init__(self, book: Workbook, sheet: WorkbookSheet, shape: SheetShape) -> None:
        self._book, self._sheet = book, sheet
        self._merged = sorted(shape.merged)
        self._cell: Callable[[str, str, int, str | None], Cell] = lru_cache(_REMEMBERED)(self._made)

    def read(self) -> Iterator[SheetRow]:
        """Yield the rows that have something of their own."""
        open_areas: dict[int, tuple[MergedArea, Cell]] = {}
        waiting = iter(self._merged)
        following = next(waiting, None)
        for row in self._book.rows(self._sheet):
            with reading(self._book.file):
                cells = self._cells(row)
            while following and following.first_row <= row.number:
                if following.first_row == row.number and following.first_column < len(cells):
                    open_areas[following.first_column] = following, cells[following.first_column]
                following = next(waiting, None)
            if any(cell.text for cell in cells):
                merged = _spread(cells, row.number, open_areas)
                yield SheetRow(row.number, tuple(cells), row.hidden, merged)

    def _cells(self, row: PackedRow) -> list[Cell]:
        cells: list[Cell] = []
        for packed in row.cells:
            cell = self._cell(packed.kind, packed.raw, packed.style, packed.formula)
            if cell is WRONG_LETTERS:
                raise misread(self._book.value(packed).text, self._book.file, self._sheet.name, row.number)
            if packed.column >= MAX_COLUMNS and cell.text:
                place = f"{column_letters(packed.column)}{row.number}"
                raise Failure("table-too-wide", file=self._book.file, place=place, columns=MAX_COLUMNS)
            cells += [NO_CELL] * (packed.column - len(cells))
            cells.append(cell)
        return cells

    def _made(self, kind: str, raw: str, style: int, formula: str | None) -> Cell:
        value = self._book.value(PackedCell(0, kind, raw, style, formula))
        cell = text_cell(value.text)
        if value.number is None and value.day is None and formula is None:
            return cell
        return Cell(cell.text, value.number, value.day, formula is not None)


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
