"""Workbooks as tables: cells, merged areas, what is hidden, and no more in memory than a row."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from plantrack.tables.open_table import open_table
from plantrack.tables.table_file import NO_CELL, Cell, MergedSpan, SheetRow, TableFile, TableSheet
from plantrack.tables.xlsx import table_sheets
from plantrack.tables.xlsx.sheet_rows import PackedRow
from tests.support.table_files import (
    bare_workbook,
    most_held,
    only_texts,
    refused,
    sheet_xml,
    texts,
    with_parts,
    workbook,
    written,
)


def opened(book: Workbook, folder: Path) -> TableFile:
    book.save(folder / "x.xlsx")
    return open_table(folder / "x.xlsx")


def from_xml(rows: bytes, folder: Path, after: bytes = b"") -> TableSheet:
    path = written(folder, with_parts(bare_workbook(), sheet1=sheet_xml(rows, after)), "x.xlsx")
    return open_table(path).sheets[0]


def test_cells_are_what_they_are(tmp_path: Path) -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet.append(["  Việc\r\nmột ", 1, 0.4, date(2024, 6, 30), True, None, 12.5])
    sheet["C1"].number_format, sheet["D1"].number_format = "0%", "dd/mm/yyyy"
    (found,) = opened(book, tmp_path).sheets
    (row,) = found.rows()
    assert row.cells == (
        Cell("Việc\nmột"),
        Cell("1", 1),
        Cell("40%", 40),
        Cell("30/06/2024", None, "2024-06-30"),
        Cell("TRUE"),
        NO_CELL,
        Cell("12,5", Decimal("12.5")),
    )


def test_a_formula_without_a_result_is_no_value(tmp_path: Path) -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet["A1"], sheet["B1"] = "=1+1", 5
    found = opened(book, tmp_path)
    (row,) = found.sheets[0].rows()
    assert row.cells == (Cell("=1+1", formula=True), Cell("5", 5))
    (remark,) = found.remarks
    assert (remark.code, dict(remark.params)) == ("table-no-result", {"sheet": "Sheet", "cells": "A1"})
    solved = from_xml(b'<row r="1"><c r="A1"><f>1+1</f><v>2</v></c></row>', tmp_path)
    assert [row.cells for row in solved.rows()] == [(Cell("2", 2),)]


def test_merged_areas_are_one_cell_at_each_place(tmp_path: Path) -> None:
    book = Workbook()
    sheet: Any = book.active
    for place, value in {
        "A1": "tựa",
        "A2": "dọc",
        "B2": "a",
        "B3": "b",
        "B5": "c",
        "C5": "hai",
        "E5": "cuối",
    }.items():
        sheet[place] = value
    for area in ("A1:C1", "A2:A4", "C5:D6", "B3:B3"):
        sheet.merge_cells(area)
    (found,) = opened(book, tmp_path).sheets
    # The row that only goes on with merged cells is none.
    assert texts(found) == [["tựa"] * 3, ["dọc", "a"], ["dọc", "b"], ["", "c", "hai", "hai", "cuối"]]
    assert [row.number for row in found.rows()] == [1, 2, 3, 5]
    assert [[c for c, _ in row.own()] for row in found.rows()] == [[0], [0, 1], [1], [1, 2, 4]]
    assert list(found.rows())[2].merged == (MergedSpan(0, 0, above=True),)


def test_what_is_hidden_is_read_and_told(tmp_path: Path) -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "Một"
    for n in range(1, 31):
        sheet.append([f"việc {n}", "ẩn"])
        sheet.row_dimensions[n].hidden = n > 2
    sheet.column_dimensions["B"].hidden = True
    second: Any = book.create_sheet("Hai")
    second["A1"] = "x"
    second.sheet_state = "veryHidden"
    found = opened(book, tmp_path)
    assert [(s.name, s.hidden) for s in found.sheets] == [("Một", False), ("Hai", True)]
    assert [row.hidden for row in found.sheets[0].rows()] == [False, False, *[True] * 28]
    assert [(r.code, dict(r.params)) for r in found.remarks] == [
        ("table-hidden-columns", {"sheet": "Một", "columns": "B"}),
        ("table-hidden-rows", {"sheet": "Một", "rows": ", ".join(map(str, range(3, 23))) + "…"}),
        ("table-hidden-sheet", {"sheet": "Hai"}),
    ]


def test_rows_can_be_read_again_and_left_half_way(tmp_path: Path) -> None:
    (sheet,) = open_table(workbook(tmp_path, [[n] for n in range(5000)])).sheets
    rows = sheet.rows()
    assert next(rows).cells[0].text == "0"
    rows.close()  # type: ignore[attr-defined]
    assert texts(sheet) == texts(sheet)
    assert len(texts(sheet)) == 5000


def test_letters_and_columns_that_are_wrong(tmp_path: Path) -> None:
    path = workbook(tmp_path, [["TT", "Việc"], [1, "KÕ ho¹ch phèi hîp c«ng t¸c n¨m"]])
    failure = refused(path, "table-misread-sheet")
    assert (failure.params["sheet"], failure.params["row"]) == ("Sheet", 2)
    wide = b'<row r="7"><c r="ALM7" t="inlineStr"><is><t>x</t></is></c></row>'
    path = written(tmp_path, with_parts(bare_workbook(), sheet1=sheet_xml(wide)), "x.xlsx")
    assert refused(path, "table-too-wide").params["place"] == "ALM7"
    blank = b'<row r="7"><c r="A7"><v>1</v></c><c r="XFD7" t="inlineStr"><is><t> </t></is></c></row>'
    assert texts(from_xml(blank, tmp_path)) == [["1"]]


def test_shared_texts_and_those_that_are_not_there(tmp_path: Path) -> None:
    rows = b'<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
    relation = (
        b'<Relationship Id="rId9" Type="http://x/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    )
    path = written(tmp_path, with_parts(bare_workbook(), sheet1=sheet_xml(rows)), "x.xlsx")
    refused(path, "table-unreadable")
    data = with_parts(
        path.read_bytes(), sharedStrings=b"<sst><si><t>m\xe1\xbb\x99t</t></si><si><t>hai</t></si></sst>"
    )
    from tests.support.annex_files import with_part

    data = with_part(
        data, "xl/_rels/workbook.xml.rels", lambda xml: xml.replace(b"</Relationships>", relation)
    )
    assert only_texts(written(tmp_path, data, "x.xlsx")) == [["một", "hai"]]


VALUES = (
    st.none()
    | st.integers(-(10**14), 10**14)
    | st.sampled_from(("a", "b c", "ệ", " ", "=x", "'y"))
    | st.booleans()
)


@given(st.lists(st.lists(VALUES, max_size=5), min_size=1, max_size=6), st.integers(1, 3))
def test_every_value_stands_where_the_sheet_has_it(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[Any]], remembered: int
) -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet["H1"] = "có"
    for n, row in enumerate(rows, 1):
        for m, value in enumerate(row, 1):
            sheet.cell(n, m).value = value
            if isinstance(value, str):
                sheet.cell(n, m).data_type = "s"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(table_sheets, "_REMEMBERED", remembered)
        found = opened(book, tmp_path_factory.getbasetemp()).sheets[0]
        read = {(r.number, c): cell.text for r in found.rows() for c, cell in enumerate(r.cells) if cell.text}
    expected = {
        (n, m): value
        for n, row in enumerate(rows, 1)
        for m, value in enumerate(row)
        if value not in (None, " ")
    }
    shown = {place: str(v).upper() if isinstance(v, bool) else str(v) for place, v in expected.items()}
    assert read == {**shown, (1, 7): "có"}


def test_a_piece_at_a_time_is_in_memory(tmp_path: Path) -> None:
    (sheet,) = open_table(workbook(tmp_path, [[n, f"Việc thứ {n}"] for n in range(5000)])).sheets
    assert most_held(sheet, SheetRow) < 10
    # As many rows as are in 64 KiB.
    assert most_held(sheet, PackedRow) < 1500
