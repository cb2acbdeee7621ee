"""What each column of an annex is, and where its headings stand."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.planfile.annex.column_roles import AnnexColumn, ColumnRole, Columns, find_heading, role_of
from plantrack.planfile.annex.grid import GridCell
from tests.support.annex_grids import HEAD, grid
from tests.support.annex_samples import HEADINGS


@pytest.mark.parametrize(
    ("labels", "role"),
    [
        (("TT", "STT", "Số TT", "Số thứ tự", "stt."), ColumnRole.NO),
        (
            (
                "Nội dung",
                "Nội dung/nhiệm vụ",
                "NHIỆM VỤ",
                "Nội dung công việc",
                "Hoat dong",
                "Nội dung phối hợp",
            ),
            ColumnRole.TITLE,
        ),
        (
            (
                "Đơn vị chủ trì",
                "Cơ quan chủ trì",
                "Chủ trì",
                "Đơn vị thực hiện",
                "Phân công thực hiện",
                "Đơn vị đầu mối",
            ),
            ColumnRole.LEAD,
        ),
        (
            (
                "Đơn vị phối hợp",
                "Phối hợp",
                "Cơ quan phối hợp thực hiện",
                "Trách nhiệm phối hợp",
                "Đơn vị tham gia",
            ),
            ColumnRole.COORDINATING,
        ),
        (("Đơn vị chủ trì, phối hợp", "Chủ trì/Phối hợp"), ColumnRole.PARTIES),
        (
            (
                "Thời gian",
                "Thời gian thực hiện",
                "Thời gian\nhoàn thành",
                "Thời hạn",
                "Tiến độ",
                "Kết thúc",
                "Lộ trình",
            ),
            ColumnRole.TIME,
        ),
        (("Bắt đầu", "Thời gian bắt đầu"), ColumnRole.START),
        (("Sản phẩm", "Kết quả", "Sản phẩm/kết quả", "Kết quả thực hiện nhiệm vụ"), ColumnRole.DELIVERABLE),
        (("Kinh phí (triệu đồng)", "Dự kiến kinh phí", "KINH PHÍ"), ColumnRole.BUDGET),
        (("Nguồn kinh phí",), ColumnRole.SOURCE),
        (("Ghi chú", "ghi chu"), ColumnRole.NOTE),
        (("Người thực hiện", "Địa điểm", "Đơn vị tính"), ColumnRole.EXTRA),
        (("Họ tên", "", "…", "Nội dung " * 50), None),
    ],
)
def test_headings_in_any_words(labels: Sequence[str], role: ColumnRole | None) -> None:
    assert {label: role_of(label) for label in labels} == dict.fromkeys(labels, role)


def test_the_order_of_columns_is_free() -> None:
    heading = find_heading(grid(tuple(reversed(HEADINGS))))
    assert heading is not None
    assert [c.role for c in heading.columns][:2] == [ColumnRole.NOTE, ColumnRole.BUDGET]


def test_headings_under_a_title_in_the_table() -> None:
    heading = find_heading(grid(("PHỤ LỤC VÍ DỤ",), HEAD, ("1", "Việc", "Vụ A", "Quý I")))
    assert heading is not None
    assert (heading.first, heading.last) == (1, 1)


@pytest.mark.parametrize("row", [("STT", "Họ tên"), ("Nội dung", "Số lượng"), ("Đơn vị", "Thời gian")])
def test_what_is_no_annex(row: Sequence[str]) -> None:
    assert find_heading(grid(row)) is None


@pytest.mark.parametrize(
    ("upper", "lower", "found"),
    [
        ("Thực hiện", ("Chủ trì", "Phối hợp"), [ColumnRole.LEAD, ColumnRole.COORDINATING]),
        ("Kinh phí", ("Quý I", "Quý II"), [ColumnRole.BUDGET, ColumnRole.EXTRA]),
        ("Kinh phí", ("Ngân sách", "Tổng số"), [ColumnRole.EXTRA, ColumnRole.BUDGET]),
        ("Thời gian", ("Bắt đầu", "Kết thúc"), [ColumnRole.START, ColumnRole.EXTRA]),
    ],
)
def test_a_heading_that_is_divided_below(upper: str, lower: tuple[str, str], found: list[ColumnRole]) -> None:
    made = grid(("Nội dung", "Thời hạn", upper, ""), ("", "", *lower))
    over = made.rows[0].cells[2]
    assert over is not None
    over.width = 2
    made.rows[0].cells[3] = over
    heading = find_heading(made)
    assert heading is not None
    assert (heading.first, heading.last) == (0, 1)
    assert [c.label for c in heading.columns] == [
        "Nội dung",
        "Thời hạn",
        *(f"{upper} – {one}" for one in lower),
    ]
    assert [c.role for c in heading.columns[2:]] == found


def test_of_two_columns_with_one_role_the_left_one_has_it() -> None:
    heading = find_heading(grid(("Nội dung", "Hoạt động", "Thời gian", "Thời hạn", "Việc")))
    assert heading is not None
    assert [c.role for c in heading.columns] == [
        *(ColumnRole.TITLE, ColumnRole.GROUP, ColumnRole.TIME, ColumnRole.EXTRA, ColumnRole.EXTRA)
    ]
    assert heading.has(ColumnRole.GROUP)
    assert heading.score == 3


def test_under_which_heading_a_cell_stands() -> None:
    title = AnnexColumn("Nội dung", ColumnRole.TITLE, 1, 1)
    lead = AnnexColumn("Chủ trì", ColumnRole.LEAD, 2, 4)
    columns = Columns((AnnexColumn("TT", ColumnRole.NO, 0, 0), title, lead))
    assert columns.of(GridCell("a", 0, 3)) is lead
    assert columns.of(GridCell("a", 0, 0, width=5)) is title  # a title over the whole row
    assert columns.of(GridCell("a", 0, 2, width=3)) is lead
    assert columns.role(GridCell("a", 0, 9)) is ColumnRole.EXTRA
    assert [
        columns.goes_over(GridCell("a", 0, *place)) for place in ((1, 1, 1), (1, 1, 2), (2, 1, 3), (3, 1, 3))
    ] == [*(False, True, False, True)]
    assert columns.roles((GridCell("a", 0, 0), GridCell("b", 0, 4))) == {ColumnRole.NO, ColumnRole.LEAD}


labels = st.sampled_from(
    (*HEADINGS, "Bắt đầu", "Hoạt động", "", "Họ tên", "1", "(2)", "Việc " * 30)
) | st.text(max_size=9)


@given(st.lists(st.lists(labels, min_size=5, max_size=5), min_size=1, max_size=4))
def test_any_headings_have_each_role_once_and_their_columns_in_order(rows: list[list[str]]) -> None:
    heading = find_heading(grid(*rows))
    if heading is None:
        return
    roles = [column.role for column in heading.columns if column.role is not ColumnRole.EXTRA]
    assert len(set(roles)) == len(roles)
    assert ColumnRole.TITLE in roles
    assert heading.score == len(roles)
    ends = [(column.first, column.last) for column in heading.columns]
    assert [first for first, _ in ends] == [0, *(last + 1 for _, last in ends[:-1])]
    assert 0 <= heading.first <= heading.last < len(rows)


@given(labels)
def test_tones_case_and_signs_do_not_change_what_a_heading_is(label: str) -> None:
    role = role_of(label)
    assert role_of(f" {label.upper()}: ") in (role, None)
    assert role_of(f"{label} (ví dụ)") in (role, None)
