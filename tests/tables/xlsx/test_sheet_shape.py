"""What is strewn among the rows of a sheet."""

import io

import pytest

from plantrack.tables.xlsx import sheet_shape
from plantrack.tables.xlsx.sheet_shape import MergedArea, SheetShape, area_of, read_shape
from tests.support.table_files import sheet_xml


def shape(rows: str, after: str = "", before: str = "") -> SheetShape:
    return read_shape(io.BytesIO(sheet_xml(rows.encode(), after.encode(), before.encode())))


def test_merged_areas() -> None:
    found = shape(
        "", '<mergeCells><mergeCell ref="B2:D3"/><mergeCell ref="A1"/><mergeCell ref="C9:A7"/></mergeCells>'
    )
    assert found.merged == (MergedArea(2, 1, 3, 3), MergedArea(7, 0, 9, 2))
    assert area_of("A1:XFD1048576") == MergedArea(1, 0, 1048576, 16383)


def test_hidden_rows_and_columns_count_where_something_stands() -> None:
    found = shape(
        '<row r="1" hidden="1"><c r="A1" s="1"/></row><row r="2" hidden="1"><c r="A2"><v>1</v></c><c r="C2"><v>1</v></c></row>'
        '<row r="4" hidden="true"><c r="D4" t="inlineStr"><is><t>x</t></is></c></row><row r="5"><c r="B5" s="1"/></row>',
        before='<cols><col min="2" max="4" hidden="1"/><col min="5" max="16384" hidden="1"/><col min="1" max="1"/></cols>',
    )
    assert (found.hidden_rows, found.hidden_columns) == ((2, 4), ("C", "D"))
    assert found.has_values


@pytest.mark.parametrize(
    ("cell", "unsolved"),
    [
        ('<c r="A1"><f>1+1</f><v>2</v></c>', ()),
        ('<c r="A1"><f>1+1</f><v> </v></c>', ("A1",)),
        ('<c r="A1"><f>1+1</f><v/></c>', ("A1",)),
        ('<c r="A1"><f>1+1</f></c><c r="B1"><f>2</f></c><c r="C1"/>', ("A1", "B1")),
        ('<c r="A1" t="str"><f>""</f><v></v></c>', ()),
        ('<c r="A1" t="str"><f>"x"</f></c>', ("A1",)),
        ('<c r="A1"><f>1</f></c><c r="B1"><v>5</v></c>', ("A1",)),
    ],
)
def test_formulas_without_a_result(cell: str, unsolved: tuple[str, ...]) -> None:
    found = shape(f"<row>{cell}</row>")
    assert (found.unsolved, found.has_values) == (unsolved, True)


def test_cells_that_only_have_a_format_are_no_values() -> None:
    assert not shape('<row><c r="A1" s="1"/></row>').has_values


def test_spoilt_sheets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_shape, "_MOST_MERGED", 2)
    monkeypatch.setattr(sheet_shape, "_MOST_EMPTY", 4)
    with pytest.raises(ValueError, match="2 merged areas"):
        shape("", '<mergeCell ref="A1:B1"/>' * 3)
    assert shape("<row>" + "<c/><c><v>1</v></c>" * 3 + "</row>").has_values
    with pytest.raises(ValueError, match="4 empty cells"):
        shape("<row>" + "<c/>" * 5 + "</row>")
