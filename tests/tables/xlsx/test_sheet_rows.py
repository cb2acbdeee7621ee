"""Rows of a sheet as they are packed."""

import io

import pytest

from plantrack.tables.xlsx.sheet_rows import PackedCell, PackedRow, read_rows
from tests.support.table_files import sheet_xml


def rows(xml: str) -> list[PackedRow]:
    return list(read_rows(io.BytesIO(sheet_xml(xml.encode())), 2**20))


def cells(xml: str) -> list[PackedCell]:
    return [cell for row in rows(f"<row>{xml}</row>") for cell in row.cells]


def test_rows_and_cells_stand_where_they_say_or_after_one_another() -> None:
    found = rows(
        '<row r="3"><c r="B3"><v>1</v></c><c><v>2</v></c></row><row/><row hidden="1"><c/><c><v>3</v></c></row>'
        '<row r="9"><c r="AA9" s="4"/></row>'
    )
    assert found == [
        PackedRow(3, False, (PackedCell(1, "n", "1", 0), PackedCell(2, "n", "2", 0))),
        PackedRow(5, True, (PackedCell(1, "n", "3", 0),)),
    ]


@pytest.mark.parametrize(
    ("xml", "cell"),
    [
        ('<c t="s" s="7"><v>12</v></c>', PackedCell(0, "s", "12", 7)),
        ('<c t="inlineStr"><is><t>một</t></is></c>', PackedCell(0, "inlineStr", "một", 0)),
        (
            '<c t="inlineStr"><is><r><t>một </t></r><r><t>hai</t></r></is></c>',
            PackedCell(0, "inlineStr", "một hai", 0),
        ),
        ('<c t="inlineStr"><is><t>một</t><rPh><t>x</t></rPh></is></c>', PackedCell(0, "inlineStr", "một", 0)),
        ('<c t="str"><f>A1&amp;"x"</f><v>kết quả</v></c>', PackedCell(0, "str", "kết quả", 0)),
        ("<c><f>1+1</f><v>2</v></c>", PackedCell(0, "n", "2", 0)),
        ("<c><f>1+1</f><v></v></c>", PackedCell(0, "str", "", 0, "=1+1")),
        ("<c><f>1+1</f></c>", PackedCell(0, "str", "", 0, "=1+1")),
        ('<c><f t="shared" si="0"/></c>', PackedCell(0, "str", "", 0, "=")),
    ],
)
def test_what_a_cell_has(xml: str, cell: PackedCell) -> None:
    assert cells(xml) == [cell]


def test_a_cell_without_anything_is_none_and_an_empty_text_may_be_a_result() -> None:
    assert cells('<c s="1"/><c><v/></c><c t="inlineStr"><is/></c><c t="str"><f>x</f><v></v></c>') == []


@pytest.mark.parametrize(
    ("xml", "reason"),
    [
        ('<row r="2"/><row r="2"/>', "row 2 after row 2"),
        ('<row><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>', "after a later one"),
        ('<row><c r="ABCD1"><v>1</v></c></row>', "no cell"),
        ('<row><c r="é1"><v>1</v></c></row>', "no cell"),
        (f"<row><c><v>{'1' * 300_000}</v></c></row>", "65536 characters"),
    ],
)
def test_what_no_program_writes(xml: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        rows(xml)
