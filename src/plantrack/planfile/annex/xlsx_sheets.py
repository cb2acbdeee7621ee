"""Sheets of an Excel workbook: the values as they were last calculated, dates as dates, merged cells as one."""

import io
import math
import re
import warnings
import zipfile
from collections.abc import Callable, Collection, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from plantrack.model.days import valid_day
from plantrack.planfile.annex.grid import MAX_COLUMNS, MAX_ROWS, Cell, Grid, GridRow
from plantrack.planfile.annex.zip_package import Package, reading, too_large

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

#: How Excel writes characters in XML that XML does not have; line ends of other systems among them.
_ESCAPED: Final = re.compile("_x00(0D|0A|09)_")
_BREAKS: Final = {"0D": "", "0A": "\n", "09": " "}
#: What a format says in quotes, brackets or after a backslash is no sign of it.
_LITERAL: Final = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
_MERGED: Final = re.compile(
    rb"""mergeCell\s[^>]*?ref=["']([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})"""
)
#: What is kept in memory, of all sheets together.
MAX_CELLS: Final = MAX_ROWS * MAX_COLUMNS
#: Larger numbers are not written out.
_LONGEST: Final = 1e15
_SHEET: Final = re.compile(r"xl/worksheets/[^/]+\.xml")

Values = dict[tuple[int, int], Any]


def read_xlsx(package: Package) -> list[Grid]:
    """Return the sheets of a workbook in order."""
    from openpyxl import load_workbook

    with reading(package.file):
        has_formulas = _look_through(package)
        values = _load(load_workbook, package.data, results=True)
        # A second reading takes as long again.
        formulas = _load(load_workbook, package.data, results=False) if has_formulas else {}
    return [_grid(sheet, formulas.get(name)) for name, sheet in values.items()]


def _load(load: Callable[..., Any], data: bytes, *, results: bool) -> dict[str, "Worksheet"]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what it leaves out: pictures, rules for input
        book = load(io.BytesIO(data), data_only=results, keep_links=False)
    return {sheet.title: sheet for sheet in book.worksheets}


def _look_through(package: Package) -> bool:
    """Return whether there are formulas; openpyxl makes each cell, so too many of them are refused before."""
    formulas, cells = False, 0
    with zipfile.ZipFile(io.BytesIO(package.data)) as archive:
        for part in filter(_SHEET.fullmatch, package.parts):
            data = archive.read(part)
            formulas = formulas or b"<f" in data
            cells += data.count(b"<c ") + sum(map(_area, _MERGED.finditer(data)))
    if cells > MAX_CELLS:
        raise too_large(package.file)
    return formulas


def _area(merged: re.Match[bytes]) -> int:
    columns = [_column(merged[place]) for place in (1, 3)]
    return (abs(columns[1] - columns[0]) + 1) * (abs(int(merged[4]) - int(merged[2])) + 1)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _cells(sheet: "Worksheet") -> Values:
    """Return the cells that are there: iterating over a sheet would make all that it could have."""
    return {place: cell for place, cell in sheet._cells.items() if cell.value is not None}


def _is_blank(cell: Any) -> bool:
    return isinstance(cell.value, str) and not cell.value.strip()


def _grid(sheet: "Worksheet", formulas: "Worksheet | None") -> Grid:
    grid = Grid(f"trang tính “{sheet.title}”", hidden=sheet.sheet_state != "visible")
    stored = _cells(sheet)
    without = {p: c for p, c in (_cells(formulas) if formulas else {}).items() if p not in stored}
    found = {place: cell for place, cell in stored.items() if not _is_blank(cell)} | without
    if not _make_rows(grid, found, {n for n, row in sheet.row_dimensions.items() if row.hidden}):
        grid.too_large = True
        return grid
    for place, cell in found.items():
        read = _cell(cell, place in without, grid)
        grid.rows[read.row].cells[read.column] = read
    _merge(sheet, grid)
    _note_hidden_columns(sheet, grid)
    return grid


def _make_rows(grid: Grid, places: Collection[tuple[int, int]], hidden: set[int]) -> bool:
    """Make the rows that hold these places; too many are none."""
    rows, columns = (max((place[axis] for place in places), default=0) for axis in (0, 1))
    if rows > MAX_ROWS or columns > MAX_COLUMNS:
        return False
    for number in range(1, rows + 1):
        cells: list[Cell | None] = [None] * columns
        grid.rows.append(GridRow(f"{grid.name}, dòng {number}", number - 1, cells, number in hidden))
    return True


def _cell(cell: Any, formula: bool, grid: Grid) -> Cell:
    form, bold = _look(cell)
    text, number, day = _written(cell.value, form)
    place = (cell.row - 1, cell.column - 1)
    return Cell(grid.take(text), *place, bold=bold, number=number, day=day, formula=formula)


def _look(cell: Any) -> tuple[str, bool]:
    """Return the format of a cell and whether it is bold; a file may name a style that it does not have."""
    try:
        return cell.number_format or "", bool(cell.font and cell.font.b)
    except (IndexError, KeyError):
        return "", False


def _written(value: Any, form: str) -> tuple[str, int | float | None, str | None]:
    """Return a value as a person sees it, and the number or day that it is."""
    if isinstance(value, str):
        return _ESCAPED.sub(lambda found: _BREAKS[found[1]], value), None, None
    if isinstance(value, bool):
        return str(value).upper(), None, None
    if isinstance(value, date):
        return _day(value, _LITERAL.sub("", form).lower())
    if isinstance(value, int | float):
        return _number(value, form), value, None
    return str(getattr(value, "text", value)), None, None


def _number(value: float, form: str) -> str:
    """Write a number without the traces of how it is stored, with a decimal comma."""
    scaled, sign = (value * 100, "%") if "%" in form else (value, "")
    text = f"{scaled:.15g}"
    if "e" in text and math.isfinite(scaled) and abs(scaled) < _LONGEST:
        text = format(Decimal(text), "f")
    return text.replace(".", ",") + sign


def _day(value: date, form: str) -> tuple[str, None, str | None]:
    """Write a date as its format shows it: Excel turns "6/2024" into the first day of June."""
    if isinstance(value, datetime) and (value.hour or value.minute) and not ("d" in form or "y" in form):
        return f"{value:%H:%M}", None, None
    shows = ("d" in form, "m" in form, "y" in form)
    if shows == (False, True, True):
        return f"{value.month:02}/{value.year}", None, None
    if shows == (True, True, False):
        return f"{value.day}/{value.month}", None, None
    iso = f"{value:%Y-%m-%d}"
    return f"{value.day:02}/{value.month:02}/{value.year}", None, iso if valid_day(iso) else None


def _merge(sheet: "Worksheet", grid: Grid) -> None:
    for area in sheet.merged_cells.ranges:
        row, column = area.min_row - 1, area.min_col - 1
        cell = _at(grid, row, column)
        if cell is None or not cell.text:
            continue
        last_row, last_column = min(area.max_row, len(grid.rows)), min(area.max_col, grid.width)
        cell.height, cell.width = last_row - row, last_column - column
        for place in _covered(row, column, last_row, last_column):
            if _at(grid, *place) is None:
                grid.rows[place[0]].cells[place[1]] = cell


def _covered(row: int, column: int, last_row: int, last_column: int) -> Iterator[tuple[int, int]]:
    return ((r, c) for r in range(row, last_row) for c in range(column, last_column))


def _at(grid: Grid, row: int, column: int) -> Cell | None:
    return grid.rows[row].cells[column] if row < len(grid.rows) and column < grid.width else None


def _note_hidden_columns(sheet: "Worksheet", grid: Grid) -> None:
    hidden = [name for name, column in sheet.column_dimensions.items() if column.hidden]
    if hidden:
        grid.remarks.append(f"{grid.name}: các cột ẩn ({', '.join(sorted(hidden))}) cũng được đọc.")
