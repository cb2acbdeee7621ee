"""Sheets of Excel: values as a person sees them, merged cells as one, too much of them refused."""

import re
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.styles import Font

from plantrack.planfile.annex.grid import LIMITS, Grid, GridCell
from plantrack.planfile.annex.xlsx_sheets import read_xlsx
from plantrack.tables.zip_package import open_package
from tests.support.annex_files import Refused, refusal, with_part
from tests.support.annex_samples import GROUPED, fill, saved


@pytest.fixture
def refused(tmp_path: Path) -> Refused:
    return partial(refusal, lambda path: read_xlsx(open_package(path, LIMITS)), tmp_path)


def read(book: Workbook, folder: Path) -> list[Grid]:
    path = folder / "x.xlsx"
    path.write_bytes(saved(book))
    return read_xlsx(open_package(path, LIMITS))


def one_cell(value: object, folder: Path, form: str = "General") -> GridCell:
    """Return how a value with a number format is read."""
    book = Workbook()
    sheet: Any = book.active
    sheet["A1"] = value
    sheet["A1"].number_format = form
    (grid,) = read(book, folder)
    found = grid.rows[0].cells[0]
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (1, "General", "1"),
        (1.1, "General", "1,1"),
        (8744.5, "#,##0.0", "8744,5"),
        (2.675, "General", "2,675"),
        (0.25, "0%", "25%"),
        (0.125, "0.0%", "12,5%"),
        (1e12, "General", "1000000000000"),
        (0.0000001, "General", "0,0000001"),
        (1e300, "General", "1e+300"),
        (True, "General", "TRUE"),
        ("một_x000D__x000A_hai_x0009_ba", "@", "một\nhai ba"),
    ],
)
def test_a_value_is_what_a_person_sees(value: object, form: str, text: str, tmp_path: Path) -> None:
    cell = one_cell(value, tmp_path, form)
    assert cell.text == text
    assert (cell.number is not None) == (type(value) in (int, float))
    assert (cell.day, cell.formula) == (None, False)


@pytest.mark.parametrize(
    ("value", "form", "text", "day"),
    [
        (datetime(2024, 6, 30), "dd/mm/yyyy", "30/06/2024", "2024-06-30"),
        (datetime(2024, 6, 1), "mm/yyyy", "06/2024", None),
        (datetime(2024, 6, 1), '"Tháng" m/yyyy', "06/2024", None),
        (datetime(2024, 6, 30), "d/m", "30/6", None),
        (datetime(2024, 6, 30), "yyyy-mm-dd hh:mm", "30/06/2024", "2024-06-30"),
        (datetime(2024, 6, 30, 14, 30), "dd/mm/yyyy hh:mm", "30/06/2024", "2024-06-30"),
        (datetime(2024, 6, 30, 14, 30), "hh:mm", "14:30", None),
    ],
)
def test_a_day_is_written_as_its_format_shows_it(
    value: datetime, form: str, text: str, day: str | None, tmp_path: Path
) -> None:
    cell = one_cell(value, tmp_path, form)
    assert (cell.text, cell.day, cell.number) == (text, day, None)


def test_a_formula_has_the_value_it_had_last_and_none_where_it_was_never_calculated(tmp_path: Path) -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet["A1"], sheet["B1"] = "=1+1", 5
    (grid,) = read(book, tmp_path)
    assert [(c.text, c.formula) for c in grid.rows[0].distinct()] == [("=1+1", True), ("5", False)]
    calculated = with_part(
        saved(book), "xl/worksheets/sheet1.xml", lambda xml: re.sub(b"<v */>|<v></v>", b"<v>2</v>", xml)
    )
    (tmp_path / "x.xlsx").write_bytes(calculated)
    (grid,) = read_xlsx(open_package(tmp_path / "x.xlsx", LIMITS))
    assert [(c.text, c.formula, c.number) for c in grid.rows[0].distinct()] == [
        ("2", False, 2),
        ("5", False, 5),
    ]


def test_sheets_in_order_with_what_is_hidden(tmp_path: Path) -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "Một"
    fill(sheet, 2, (("a", None, "c"), ("  ", "e")))
    sheet.row_dimensions[3].hidden = True
    for column in ("C", "B"):
        sheet.column_dimensions[column].hidden = True
    second = book.create_sheet("Hai")
    second.sheet_state = "hidden"
    first, hidden = read(book, tmp_path)
    assert (first.name, first.hidden, hidden.name, hidden.hidden) == (
        "trang tính “Một”",
        False,
        "trang tính “Hai”",
        True,
    )
    found = [[cell and cell.text for cell in row.cells] for row in first.rows]
    assert found == [[None, None, None], ["a", None, "c"], [None, "e", None]]
    assert [row.hidden for row in first.rows] == [False, False, True]
    assert first.rows[1].name == "trang tính “Một”, dòng 2"
    assert first.remarks == ["trang tính “Một”: các cột ẩn (B, C) cũng được đọc."]
    assert (hidden.rows, hidden.remarks, first.flows) == ([], [], False)


def test_a_merged_area_is_one_cell_and_reaches_no_further_than_the_table(tmp_path: Path) -> None:
    book = Workbook()
    sheet: Any = book.active
    fill(sheet, 1, (("a", "b", "c"), ("d", None, None), (None, None, "i")))
    sheet["A1"].font = Font(bold=True)
    for area in ("A2:B9", "C1:Z1", "B20:C30"):
        sheet.merge_cells(area)
    (grid,) = read(book, tmp_path)
    merged = grid.rows[1].cells[0]
    assert merged is grid.rows[1].cells[1] is grid.rows[2].cells[0] is grid.rows[2].cells[1]
    assert merged is not None
    assert (merged.text, merged.width, merged.height) == ("d", 2, 2)
    last = grid.rows[0].cells[2]
    assert last is not None
    assert (grid.width, last.width, last.height) == (3, 1, 1)
    assert [cell.bold for cell in grid.rows[0].distinct()] == [True, False, False]


@given(
    st.lists(
        st.lists(st.none() | st.integers(-(10**14), 10**14) | st.sampled_from(("a", "b c", "ệ")), max_size=5),
        max_size=5,
    )
)
def test_every_value_stands_where_the_sheet_has_it(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[int | str | None]]
) -> None:
    book = Workbook()
    fill(book.active, 1, rows)
    (grid,) = read(book, tmp_path_factory.getbasetemp())
    found = {(c.row, c.column): c.text for row in grid.rows for c in row.distinct()}
    assert found == {
        (n, m): str(value) for n, row in enumerate(rows) for m, value in enumerate(row) if value is not None
    }


def test_sheets_that_cover_everything(refused: Refused) -> None:
    whole = b'<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells><pageMargins'
    data = with_part(
        saved(Workbook()), "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"<pageMargins", whole)
    )
    refused(data, "annex-too-large", "x.xlsx")


@pytest.mark.parametrize("place", [(20_001, 2), (2, 61)])
def test_a_sheet_with_more_rows_or_columns_than_an_annex_is_not_read(
    tmp_path: Path, place: tuple[int, int]
) -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet.cell(1, 1, "x")
    sheet.cell(*place, "x")
    fill(book.create_sheet("Phụ lục"), 1, GROUPED)
    large, sound = read(book, tmp_path)
    assert (large.too_large, large.rows) == (True, [])
    assert (sound.too_large, len(sound.rows)) == (False, len(GROUPED))
