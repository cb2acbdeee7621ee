"""Which tables of a file are the annex, and which go on with it."""

import pytest

from plantrack.errors import Failure
from plantrack.planfile.annex import remark_texts
from plantrack.planfile.annex.column_roles import ColumnRole
from plantrack.planfile.annex.find_tables import find_table
from plantrack.planfile.annex.grid import Grid
from tests.support.annex_grids import HEAD, grid, read


def test_the_best_table_is_taken_and_the_others_are_named() -> None:
    agenda = grid(("Thời gian", "Nội dung"), ("8h00", "Khai mạc"), name="bảng 1")
    annex = grid(HEAD, ("1", "a", "Vụ A", ""), before=["PHỤ LỤC"], name="bảng 2")
    plan, remarks = read(agenda, annex, grid(("Nơi nhận", "TM. BAN"), name="bảng 3"))
    assert [a.title.vi for a in plan.areas[0].activities] == ["a"]
    assert any("bảng 1; kiểm tra" in text for text in remarks[""])
    assert "Không dùng: bảng 3." in remarks[""]


def test_another_annex_with_a_title_of_its_own_is_not_mixed_in() -> None:
    first = grid(HEAD, ("1", "a", "Vụ A", ""), ("2", "b", "Vụ A", ""))
    second = grid(HEAD, ("1", "c", "Vụ A", ""), before=["PHỤ LỤC II"], name="bảng 2")
    plan, remarks = read(first, second)
    assert len(plan.areas[0].activities) == 2
    assert any("bảng 2; kiểm tra" in text for text in remarks[""])


def test_a_second_table_with_the_headings_again_goes_on() -> None:
    plan, _ = read(grid(HEAD, ("1", "a", "Vụ A", "")), grid(HEAD, ("2", "b", "Vụ A", ""), name="bảng 2"))
    assert len(plan.areas[0].activities) == 2


def test_a_table_without_headings_goes_on_where_its_columns_are_those_above() -> None:
    first = grid(HEAD, ("1", "a", "Vụ A", ""))
    second = grid(("2", "b", "Vụ A", ""), name="bảng 2")
    table = find_table([first, second], "x.docx")
    assert [part.grid.name for part in table.parts] == ["bảng 1", "bảng 2"]
    assert len(table.parts[1].rows) == 1
    assert table.parts[1].heading.columns == table.parts[0].heading.columns


@pytest.mark.parametrize(
    ("before", "number"),
    [(["(tiếp theo)"], 2), (["Tiếp bảng"], 2), ([""], 2), (["PHỤ LỤC II"], 1), (["Một dòng chữ"], 1)],
)
def test_what_stands_between_tells_whether_a_table_goes_on(before: list[str], number: int) -> None:
    second = grid(("2", "b", "Vụ A", ""), name="bảng 2", before=before)
    assert len(find_table([grid(HEAD, ("1", "a", "Vụ A", "")), second], "x.docx").parts) == number


def test_a_table_of_other_columns_is_another() -> None:
    first = grid(HEAD, ("1", "a", "Vụ A", ""))
    assert len(find_table([first, grid(("2", "b"), name="bảng 2")], "x.docx").parts) == 1
    other = grid(("TT", "Nội dung", "Phối hợp", "Kinh phí"), ("1", "b", "Vụ B", "5"), name="bảng 2")
    assert len(find_table([first, other], "x.docx").parts) == 1


def test_sheets_stand_alone_and_hidden_ones_behind_all_others() -> None:
    large = grid(HEAD, *[("1", "a", "Vụ A", "")] * 5, name="trang tính “Cũ”")
    small = grid(HEAD, ("1", "b", "Vụ A", ""), name="trang tính “Mới”")
    large.flows = small.flows = False
    assert find_table([large, small], "x.xlsx").parts[0].grid is large
    large.hidden = True
    table = find_table([large, small], "x.xlsx")
    assert [part.grid for part in table.parts] == [small]
    hidden = find_table([large], "x.xlsx")
    assert remark_texts.HIDDEN_SHEET in hidden.remarks


def test_a_column_of_groups_has_far_fewer_cells_than_that_of_their_lines() -> None:
    head = ("Nội dung", "Hoạt động", "Chủ trì")
    groups = find_table([grid(head, ("A", "a", "Vụ A"), ("", "b", "Vụ A"), ("", "c", "Vụ A"))], "x.docx")
    assert [c.role for c in groups.parts[0].heading.columns[:2]] == [ColumnRole.GROUP, ColumnRole.TITLE]
    titles = find_table([grid(head, ("A", "a", "Vụ A"), ("B", "b", "Vụ A"), ("C", "", "Vụ A"))], "x.docx")
    assert [c.role for c in titles.parts[0].heading.columns[:2]] == [ColumnRole.TITLE, ColumnRole.EXTRA]


def test_what_stands_above_the_headings_and_before_the_table() -> None:
    letterhead = grid(("CƠ QUAN", "CỘNG HÒA\nĐộc lập"), name="bảng 1", before=["đầu"])
    annex = grid(("PHỤ LỤC",), HEAD, ("1", "a", "Vụ A", ""), name="bảng 2", before=["KẾ HOẠCH"])
    table = find_table([letterhead, annex], "x.docx")
    assert table.before == ("đầu", "CƠ QUAN", "CỘNG HÒA", "Độc lập", "KẾ HOẠCH")
    assert table.above == ("PHỤ LỤC",)


def test_why_a_file_has_no_annex() -> None:
    def code(*grids: Grid) -> str:
        with pytest.raises(Failure) as found:
            find_table(grids, "x.docx")
        return found.value.code

    large, garbled = grid(HEAD, ("1", "a", "Vụ A", "")), grid(("TT", "x"))
    large.too_large, garbled.garbled = True, "ho¹ch"
    assert code() == code(grid(("một dòng",))) == "annex-no-table"
    assert code(grid(("TT", "Họ tên"), ("1", "Ví dụ"))) == "annex-no-headings"
    assert code(large) == "annex-too-large"
    assert code(large, garbled) == "annex-misread"
    sound = grid(HEAD, ("1", "a", "Vụ A", ""))
    assert (
        find_table([garbled, sound], "x.docx").parts[0].grid is sound
    )  # another table's letters are its own
    sound.garbled = "ho¹ch"
    assert code(sound) == "annex-misread"
