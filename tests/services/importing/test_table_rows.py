"""Rows as they are meant: groups say the area of what stands below, sums are no work, wide cells are titles."""

from collections.abc import Sequence

from plantrack.services.importing.columns import ToldColumns, find_columns
from plantrack.services.importing.table_rows import RowReader, TypedRow
from plantrack.tables.table_file import Cell, MergedSpan, SheetRow, TableFile, TableSheet
from tests.support.imported import in_memory

GROUPS = {"Tuyên truyền": ("ND1", ""), "Hội thảo cấp tỉnh": ("ND3", "ND3.1")}


def reader_of(file: TableFile) -> RowReader:
    return RowReader(find_columns(file, ToldColumns(is_source=True)), GROUPS.get)


def rows_of(*rows: Sequence[str]) -> list[TypedRow]:
    return [typed for _, typed in reader_of(in_memory(*rows)).rows()]


def test_a_group_says_the_area_of_the_rows_below() -> None:
    reader = reader_of(
        in_memory(
            ["TT", "Nội dung", "Chủ trì"],
            ["I", "Tuyên truyền", ""],
            ["1", "Việc một", "A"],
            ["II", "II. Hội thảo cấp tỉnh", ""],
            ["1", "Việc hai", ""],
            ["", "Tổng cộng", "2"],
            ["", "", ""],
        )
    )
    found = [typed for _, typed in reader.rows()]
    assert [row.texts for row in found] == [
        {"title": "Việc một", "lead": "A", "area": "ND1"},
        {"title": "Việc hai", "area": "ND3", "activity": "ND3.1"},
    ]
    assert (reader.others, [row.number for row in found]) == (3, [3, 5])


def test_a_group_that_means_no_area_ends_the_one_above() -> None:
    found = rows_of(
        ["TT", "Nội dung", "Chủ trì"], ["I", "Tuyên truyền", ""], ["II", "Việc khác", ""], ["1", "Việc", "A"]
    )
    assert [row.texts for row in found] == [{"title": "Việc", "lead": "A"}]


def test_with_a_column_of_areas_a_title_alone_is_work() -> None:
    found = rows_of(
        ["TT", "Nhiệm vụ", "Mã nội dung", "Hạn"], ["I", "Tuyên truyền", "", ""], ["1", "B", "ND1", ""]
    )
    assert [row.texts.get("title") for row in found] == ["Tuyên truyền", "B"]


def test_headings_that_come_again_are_no_work() -> None:
    headings = ["TT", "Nhiệm vụ", "Hạn"]
    assert len(rows_of(headings, ["1", "A", "Q2"], headings, ["2", "B", "Q2"])) == 2


def test_the_meaning_of_a_row_has_no_order_of_columns_and_no_number() -> None:
    one = rows_of(["TT", "Nhiệm vụ", "Hạn"], ["1", "Việc", "Quý II"])
    other = rows_of(["Thời hạn", "Tên nhiệm vụ", "STT"], ["Quý II", "Việc", "7"])
    assert one[0].sha256 == other[0].sha256
    assert one[0].sha256 != rows_of(["Nhiệm vụ", "Hạn"], ["Việc", "Quý III"])[0].sha256


def test_a_key_is_apart_from_the_meaning() -> None:
    one, other = (rows_of(["Mã", "Nhiệm vụ", "Hạn"], [key, "Việc", ""])[0] for key in ("A1", "A2"))
    assert (one.key, one.sha256) == ("A1", other.sha256)


def sheet(*rows: SheetRow) -> TableFile:
    headings = SheetRow(1, tuple(map(Cell, ("TT", "Nhiệm vụ", "Chủ trì", "Hạn"))))
    return TableFile("x.xlsx", "xlsx", (TableSheet("A", False, lambda: iter((headings, *rows))),))


def test_a_cell_over_the_whole_width_is_a_title() -> None:
    wide = SheetRow(2, (Cell("Tuyên truyền"),) * 4, merged=(MergedSpan(0, 3, above=False),))
    below = SheetRow(3, (Cell("1"), Cell("Việc"), Cell("A"), Cell("30/06/2024", day="2024-06-30")))
    found = [typed for _, typed in reader_of(sheet(wide, below)).rows()]
    assert [row.texts for row in found] == [
        {"title": "Việc", "lead": "A", "due": "2024-06-30", "area": "ND1"}
    ]


def test_a_cell_over_several_rows_is_of_each() -> None:
    first = SheetRow(2, (Cell("1"), Cell("A"), Cell("Đơn vị")), merged=(MergedSpan(2, 2, above=False),))
    second = SheetRow(3, (Cell("2"), Cell("B"), Cell("Đơn vị")), merged=(MergedSpan(2, 2, above=True),))
    assert [typed.texts["lead"] for _, typed in reader_of(sheet(first, second)).rows()] == [
        "Đơn vị",
        "Đơn vị",
    ]


def test_a_formula_without_a_result_is_named() -> None:
    row = SheetRow(2, (Cell("1"), Cell("A"), Cell(""), Cell("=B2", formula=True)))
    assert [typed.unsolved for _, typed in reader_of(sheet(row)).rows()] == ["due"]


def test_a_percentage_means_the_same_whatever_stands_in_the_other_rows() -> None:
    rows = rows_of(
        ["Nhiệm vụ", "Hạn", "Tiến độ"], ["A", "", "0,5"], ["B", "", "1"], ["C", "", "40"], ["D", "", "40%"]
    )
    assert [row.texts["percent"] for row in rows] == ["0,5", "1", "40%", "40%"]
    rows = rows_of(["Nhiệm vụ", "Hạn", "Tiến độ (%)"], ["A", "", "0,5"], ["B", "", "1"], ["C", "", "40"])
    assert [row.texts["percent"] for row in rows] == ["0,5", "1%", "40%"]
