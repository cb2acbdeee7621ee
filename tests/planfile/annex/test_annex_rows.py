"""Which rows of an annex are lines, and what each says; headers, totals, notes and signatures are none."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.planfile.annex import remark_texts
from plantrack.planfile.annex.annex_rows import AnnexLine, read_lines
from plantrack.planfile.annex.column_roles import ColumnRole
from plantrack.planfile.annex.find_tables import find_table
from plantrack.planfile.annex.grid import cell_text, clean
from tests.support.annex_grids import HEAD, grid, made_bold, read, shape


def test_a_line_that_may_be_either_is_marked() -> None:
    _, remarks = read(grid(HEAD, ("1", "a", "Vụ A", ""), ("", "Việc nào đó", "", "")))
    assert any("Không rõ" in text for text in remarks["areas/ND1/activities/ND1.2"])


def test_a_title_that_goes_on_in_the_next_row() -> None:
    assert shape(("1", "Tổ chức", "Vụ A", ""), ("", "hội thảo", "", "")) == {
        "Các hoạt động": ["Tổ chức hội thảo"]
    }


def test_rows_that_are_none() -> None:
    rows = (
        *(
            ("(1)", "(2)", "(3)", "(4)"),
            ("1", "a", "Vụ A", ""),
            HEAD,
            ("1", "2", "3", "4"),
            ("2", "b", "Vụ A", ""),
        ),
        *(
            ("3", "", "", ""),
            ("", "Tổng cộng", "", ""),
            ("", "", "", ""),
            ("", "Nơi nhận:", "", "TM. BAN VÍ DỤ"),
        ),
        ("", "- Như trên;", "", "(Ký tên)"),
    )
    plan, remarks = read(grid(HEAD, *rows))
    assert [a.title.vi for a in plan.areas[0].activities] == ["a", "b"]
    assert sum("Bỏ qua" in text for text in remarks[""]) == 7


@pytest.mark.parametrize(
    "note",
    [
        ("(*) Sau khi được phê duyệt.",),
        ("** Theo thực tế.",),
        ("* Thời gian có thể thay đổi.",),
        ("(1) Nguồn chi thường xuyên.",),
        ("Ghi chú: Kinh phí là dự kiến.",),
        ("Ghi chú (1): Kinh phí là dự kiến.",),
        ("* Ghi chú:",),
        ("Chú thích",),
        ("Lưu ý: Các đơn vị chủ động.",),
        ("Ghi chú:", "Kinh phí là dự kiến.", "", ""),
        ("", "Ghi chú:", "Kinh phí là dự kiến.", ""),
        ("(**)", "Theo thực tế.", "", ""),
        ("Bằng chữ: Một triệu đồng.",),
        ("", "Cộng (I + II)", "", ""),
    ],
)
def test_footnotes_are_no_lines(note: tuple[str, ...]) -> None:
    plan, remarks = read(grid(HEAD, ("1", "a", "Vụ A", "Quý I (*)"), note))
    assert [a.title.vi for a in plan.areas[0].activities] == ["a"]
    assert note[-1] in remarks[""][-1] or note[1] in remarks[""][-1]


def test_a_footnote_may_stand_at_the_end_of_each_page() -> None:
    found = shape(("1", "a", "Vụ A", ""), ("(*) Sau khi phê duyệt.",), ("2", "b", "Vụ A", ""), ("Ghi chú:",))
    assert found == {"Các hoạt động": ["a", "b"]}


def test_what_only_begins_like_a_footnote_is_a_line() -> None:
    rows = (
        ("(1) NHÓM A",),
        ("1", "Ghi chú cuộc họp", "Vụ A", ""),
        ("* Nhóm B",),
        ("2", "Lưu ý các vụ", "Vụ A", ""),
    )
    assert shape(*rows) == {"(1) NHÓM A": ["Ghi chú cuộc họp"], "Nhóm B": ["Lưu ý các vụ"]}


def test_groups_that_have_their_number_in_the_title() -> None:
    head = made_bold(
        grid(HEAD, ("", "1. A", "", ""), ("1", "a", "Vụ A", ""), ("", "2. B", "", ""), ("1", "b", "Vụ B", ""))
    )
    plan, _ = read(head)
    assert {area.title.vi: [a.title.vi for a in area.activities] for area in plan.areas} == {
        "A": ["a"],
        "B": ["b"],
    }


def test_a_table_goes_on_after_what_looked_like_its_end() -> None:
    found = shape(
        ("1", "a", "Vụ A", ""), ("", "", "", ""), ("", "Người lập biểu", "", ""), ("2", "b", "Vụ A", "Quý I")
    )
    assert found == {"Các hoạt động": ["a", "b"]}


def lines_of(*rows: Sequence[str], head: Sequence[str] = HEAD) -> tuple[list[AnnexLine], list[str]]:
    return read_lines(find_table([grid(head, *rows)], "x.docx"))


def test_a_line_has_what_its_cells_say() -> None:
    head = (*HEAD, "Kinh phí", "Người theo dõi")
    (line,), skipped = lines_of(("1.2", "Việc", "Vụ A", "-", "không", "Ví dụ"), head=head)
    assert (line.no, line.title, line.where, skipped) == ("1.2", "Việc", "bảng 1, dòng 2", [])
    assert {role: field.text for role, field in line.fields.items()} == {
        ColumnRole.LEAD: "Vụ A",
        ColumnRole.BUDGET: "không",  # of money, nothing is said by "không"; of a day, by "-"
    }
    assert line.extras == [("Người theo dõi", "Ví dụ")]
    assert [text for _, _, text in line.texts] == ["1.2", "Việc", "Vụ A", "-", "không", "Ví dụ"]
    assert (line.has_work, line.is_bare) == (True, False)


@pytest.mark.parametrize(
    ("row", "number", "title"),
    [
        (("1.", "Việc", "Vụ A", ""), "1.", "Việc"),
        (("", "2. Việc", "Vụ A", ""), "2", "Việc"),
        (("Việc", "", "Vụ A", ""), "", "Việc"),
        (("1" * 13, "Việc", "Vụ A", ""), "", "Việc"),
        (("I", "", "", "Tháng 10"), "I", "Tháng 10"),
    ],
)
def test_number_and_title_wherever_they_stand(row: Sequence[str], number: str, title: str) -> None:
    (line,), _ = lines_of(row)
    assert (line.no, line.title) == (number, title)


def test_a_row_that_only_goes_on_adds_to_the_line_above() -> None:
    lines, _ = lines_of(("1", "Việc", "Vụ A", "Quý I"), ("", "", "Vụ B", ""), ("2", "Khác", "Vụ C", ""))
    first, second = lines
    assert first.fields[ColumnRole.LEAD].text == "Vụ A\nVụ B"
    assert remark_texts.ADDED.format(row="bảng 1, dòng 3") in first.remarks
    assert second.fields[ColumnRole.LEAD].text == "Vụ C"


def test_what_is_merged_downwards_holds_for_each_line_but_for_money() -> None:
    head = (*HEAD, "Kinh phí")
    made = grid(head, ("1", "a", "Vụ A", "Quý I", "100"), ("2", "b", "", "", ""))
    for column in (2, 4):
        cell = made.rows[1].cells[column]
        assert cell is not None
        cell.height = 2
        made.rows[2].cells[column] = cell
    (first, second), _ = read_lines(find_table([made], "x.docx"))
    assert second.fields[ColumnRole.LEAD].text == "Vụ A"
    assert second.fields[ColumnRole.LEAD].above == "bảng 1, dòng 2"
    assert first.fields[ColumnRole.BUDGET].shared
    assert ColumnRole.BUDGET not in second.fields
    assert remark_texts.SHARED_MONEY.format(row="bảng 1, dòng 2") in second.remarks


def test_a_hidden_row_is_read_and_said_to_be_hidden() -> None:
    made = grid(HEAD, ("1", "a", "Vụ A", ""))
    made.rows[1].hidden = True
    (line,), _ = read_lines(find_table([made], "x.docx"))
    assert line.remarks == [remark_texts.HIDDEN_ROW]


texts = st.sampled_from(
    ("", "", "1", "I", "a)", "-", "(2)", "Vụ A", "Quý I", "Việc", "Tổng cộng", "Ghi chú: x", "(*) x", "Nơi nhận:",
     "(Ký tên)", "TT", "Nội dung", "tiếp theo", "NHÓM", "Hà Nội, ngày 1 tháng 2 năm 2024")
) | st.text(max_size=6).map(clean)  # fmt: skip


@given(st.lists(st.lists(texts, min_size=4, max_size=4), max_size=8))
def test_every_cell_is_in_a_line_or_in_a_remark_on_a_row_that_is_none(rows: list[list[str]]) -> None:
    table = find_table([grid(HEAD, *rows)], "x.docx")
    lines, skipped = read_lines(table)
    kept = {text for line in lines for _, _, text in line.texts}
    for row in table.parts[0].rows:
        cells = row.own()
        skipped_row = any(remark.endswith(cell_text(cells)) for remark in skipped)
        assert skipped_row or all(cell.text in kept for cell in cells)
    assert all(line.title or line.fields or line.no or line.extras for line in lines)
