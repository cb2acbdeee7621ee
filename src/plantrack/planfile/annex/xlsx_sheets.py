"""Sheets of an Excel workbook as grids: the whole of each, merged cells as one."""

from collections.abc import Iterator

from plantrack.planfile.annex.grid import MAX_COLUMNS, MAX_ROWS, Grid, GridCell, GridRow, too_large
from plantrack.tables.xlsx.sheet_rows import PackedRow
from plantrack.tables.xlsx.sheet_shape import MergedArea, SheetShape
from plantrack.tables.xlsx.workbook import Workbook, WorkbookSheet
from plantrack.tables.zip_package import Package, reading

#: What is kept in memory, of all sheets together.
MAX_CELLS = MAX_ROWS * MAX_COLUMNS


def read_xlsx(package: Package) -> list[Grid]:
    """Return the sheets of a workbook in order."""
    reader = _GridReader(Workbook(package))
    with reading(package.file):
        return list(map(reader.grid, reader.book.sheets, reader.book.shapes()))


class _GridReader:
    def __init__(self, book: Workbook) -> None:
        self.book = book
        self.cells = 0

    def grid(self, sheet: WorkbookSheet, shape: SheetShape) -> Grid:
        grid = Grid(f"trang tính “{sheet.name}”", hidden=sheet.hidden)
        self._count(sum(map(_size, shape.merged)))
        columns = 0
        for row in self.book.rows(sheet, shape):
            cells = self._row(row, grid)
            if not cells:
                continue
            if row.number > MAX_ROWS or cells[-1].column >= MAX_COLUMNS:
                grid.too_large, grid.rows = True, []
                return grid
            self._count(len(cells))
            columns = max(columns, cells[-1].column + 1)
            _append(grid, row, cells)
        for made in grid.rows:
            made.cells += [None] * (columns - len(made.cells))
        _merge(shape.merged, grid)
        if shape.hidden_columns:
            grid.remarks.append(f"{grid.name}: các cột ẩn ({', '.join(shape.hidden_columns)}) cũng được đọc.")
        return grid

    def _count(self, cells: int) -> None:
        self.cells += cells
        if self.cells > MAX_CELLS:
            raise too_large(self.book.file)

    def _row(self, row: PackedRow, grid: Grid) -> list[GridCell]:
        """Return the cells of a row that are not blank."""
        cells = []
        for packed in row.cells:
            value = self.book.value(packed)
            if value.text.strip():
                cell = GridCell(grid.take(value.text), row.number - 1, packed.column)
                cell.bold = self.book.style(packed).bold
                cell.number, cell.day, cell.formula = value.number, value.day, packed.formula is not None
                cells.append(cell)
        return cells


def _append(grid: Grid, row: PackedRow, cells: list[GridCell]) -> None:
    """Add a row, and those above it in which nothing stands."""
    for number in range(len(grid.rows) + 1, row.number + 1):
        hidden = row.hidden and number == row.number
        grid.rows.append(GridRow(f"{grid.name}, dòng {number}", number - 1, [], hidden))
    own = grid.rows[-1].cells
    for cell in cells:
        own += [None] * (cell.column - len(own))
        own.append(cell)


def _size(area: MergedArea) -> int:
    return (area.last_row - area.first_row + 1) * (area.last_column - area.first_column + 1)


def _merge(areas: tuple[MergedArea, ...], grid: Grid) -> None:
    for area in areas:
        row, column = area.first_row - 1, area.first_column
        cell = _at(grid, row, column)
        if cell is None or not cell.text:
            continue
        last_row, last_column = min(area.last_row, len(grid.rows)), min(area.last_column + 1, grid.width)
        cell.height, cell.width = last_row - row, last_column - column
        for place in _covered(row, column, last_row, last_column):
            if _at(grid, *place) is None:
                grid.rows[place[0]].cells[place[1]] = cell


def _covered(row: int, column: int, last_row: int, last_column: int) -> Iterator[tuple[int, int]]:
    return ((r, c) for r in range(row, last_row) for c in range(column, last_column))


def _at(grid: Grid, row: int, column: int) -> GridCell | None:
    return grid.rows[row].cells[column] if row < len(grid.rows) and column < grid.width else None
