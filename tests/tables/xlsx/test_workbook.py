"""Workbooks: the sheets that they list, and what their cells point at."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook as Book
from openpyxl.chart import BarChart
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from plantrack.tables.open_table import WORKBOOK_LIMITS, open_table
from plantrack.tables.xlsx.sheet_rows import PackedCell
from plantrack.tables.xlsx.workbook import Workbook
from plantrack.tables.zip_package import open_package
from tests.support.annex_files import with_part
from tests.support.table_files import bare_workbook, refused, written

RELATIONS = "xl/_rels/workbook.xml.rels"


def book_of(data: bytes, folder: Path) -> Workbook:
    return Workbook(open_package(written(folder, data, "x.xlsx"), WORKBOOK_LIMITS))


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (PackedCell(0, "b", "1", 0), "TRUE"),
        (PackedCell(0, "b", "0", 0), "FALSE"),
        (PackedCell(0, "e", "#N/A", 0), "#N/A"),
        (PackedCell(0, "d", "2024-06-30", 0), "30/06/2024"),
        (PackedCell(0, "n", "1.5", 99), "1,5"),
        (PackedCell(0, "str", "x_x000A_y", 0), "x\ny"),
        (PackedCell(0, "str", "", 0, "=A1"), "=A1"),
    ],
)
def test_a_cell_of_each_kind(cell: PackedCell, text: str, tmp_path: Path) -> None:
    assert book_of(bare_workbook(), tmp_path).value(cell).text == text


def test_sheets_in_their_order_without_those_of_charts(tmp_path: Path) -> None:
    book = Book()
    book.create_chartsheet("Biểu đồ").add_chart(BarChart())
    book.create_sheet("Hai", 0)
    book.save(tmp_path / "x.xlsx")
    found = book_of((tmp_path / "x.xlsx").read_bytes(), tmp_path)
    assert [sheet.name for sheet in found.sheets] == ["Hai", "Sheet"]
    assert found.file == str(tmp_path / "x.xlsx")


def test_days_counted_from_1904(tmp_path: Path) -> None:
    book = Book()
    book.epoch = CALENDAR_MAC_1904
    sheet: Any = book.active
    sheet["A1"] = date(2024, 6, 30)
    book.save(tmp_path / "x.xlsx")
    (row,) = open_table(tmp_path / "x.xlsx").sheets[0].rows()
    assert row.cells[0].day == "2024-06-30"


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        (RELATIONS, b"<Relationships", b"<!DOCTYPE x><Relationships"),
        ("xl/workbook.xml", b"<workbook ", b'<!DOCTYPE x [<!ENTITY e "x">]><workbook '),
        ("xl/styles.xml", b"</styleSheet>", b""),
        (RELATIONS, b"sheet1.xml", b"sheet7.xml"),
        ("xl/worksheets/sheet1.xml", b'<row r="1"', b'<row r="x"'),
    ],
)
def test_what_is_damaged_is_refused(part: str, old: bytes, new: bytes, tmp_path: Path) -> None:
    data = with_part(bare_workbook(), part, lambda xml: xml.replace(old, new))
    refused(written(tmp_path, data, "x.xlsx"), "table-unreadable")


def test_one_part_is_no_two_sheets(tmp_path: Path) -> None:
    data = with_part(
        bare_workbook(),
        "xl/workbook.xml",
        lambda xml: xml.replace(b"</sheets>", b'<sheet name="b" r:id="rId1"/></sheets>').replace(
            b"<workbook ", b'<workbook xmlns:r="u" ', 1
        ),
    )
    refused(written(tmp_path, data, "x.xlsx"), "table-unreadable")
