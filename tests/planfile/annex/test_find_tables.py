"""Which rows are the annex, what its columns are, and which line stands inside which."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from plantrack.model.plan import Plan
from plantrack.planfile.annex import remark_texts
from plantrack.planfile.annex.column_roles import ColumnRole, find_heading, role_of
from plantrack.planfile.annex.docx_numbering import NumberCounter, roman
from plantrack.planfile.annex.draft_plan import draft
from plantrack.planfile.annex.find_tables import find_table
from plantrack.planfile.annex.grid import Cell, Grid, GridRow, clean
from plantrack.planfile.annex.title_block import read_block
from plantrack.planfile.annex.title_numbers import Styles, split_number
from plantrack.planfile.format.dump import TO_FILL, Remarks
from tests.support.annex_samples import HEADINGS

HEAD = ("TT", "Nội dung", "Chủ trì", "Thời gian")


def grid(*rows: Sequence[str], before: Sequence[str] = (), name: str = "bảng 1") -> Grid:
    """Return a table; a row of one text goes over all columns."""
    width = max(map(len, rows))
    made = Grid(name, before=list(before), flows=True)
    for index, row in enumerate(rows):
        cells: list[Cell | None] = [Cell(text, index, column) for column, text in enumerate(row)]
        if len(row) == 1:
            cells = [Cell(row[0], index, 0, width=width)] * width
        made.rows.append(GridRow(f"{name}, dòng {index + 1}", index, cells))
    return made


def read(*grids: Grid) -> tuple[Plan, Remarks]:
    return draft(find_table(grids, "x.docx"), 2024, "kh-vi-du", Path("x.docx"))


def shape(*rows: Sequence[str]) -> dict[str, list[str]]:
    """Return the titles of areas, each with those of its activities."""
    plan, _ = read(grid(HEAD, *rows))
    return {area.title.vi: [a.title.vi for a in area.activities] for area in plan.areas}


# Headings.


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


# What stands inside what.


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([("1", "a", "Vụ A", ""), ("2", "b", "Vụ B", "")], {"Các hoạt động": ["a", "b"]}),
        ([("I", "A", "", ""), ("1", "a", "Vụ A", ""), ("II", "B", "", ""), ("1", "b", "", "Quý I")], {"A": ["a"], "B": ["b"]}),
        ([("1", "A", "", ""), ("1.1", "a", "Vụ A", ""), ("1.2", "b", "", ""), ("2", "B", "", ""), ("2.1", "c", "", "")],
         {"A": ["a", "b"], "B": ["c"]}),
        ([("", "1. A", "", ""), ("", "- a", "Vụ A", ""), ("", "- b", "Vụ A", "")], {"A": ["a", "b"]}),
        ([("A",), ("1", "a", "Vụ A", ""), ("", "b", "Vụ A", ""), ("B",), ("1", "c", "Vụ A", "")], {"A": ["a", "b"], "B": ["c"]}),
        ([("", "TUYÊN TRUYỀN", "", ""), ("1", "a", "Vụ A", ""), ("", "GIÁM SÁT", "", ""), ("1", "b", "Vụ A", "")],
         {"TUYÊN TRUYỀN": ["a"], "GIÁM SÁT": ["b"]}),
        ([("I", "A", "", ""), ("1", "B", "", ""), ("a)", "a", "Vụ A", ""), ("2", "C", "", ""), ("a)", "b", "Vụ A", "")],
         {"A": ["a", "b"]}),
        ([("I", "A", "", ""), ("1", "a", "Vụ A", ""), ("II", "B", "Vụ A", "Quý I"), ("III", "C", "", "")],
         {"A": ["a"], "B": ["B"], "C": []}),
        ([("I", "A", "", ""), ("II", "B", "", "")], {"A": [], "B": []}),
        ([("H", "A", "", ""), ("1", "a", "Vụ A", ""), ("I", "B", "", ""), ("1", "b", "Vụ A", "")], {"A": ["a"], "B": ["b"]}),
        ([("KẾ HOẠCH VÍ DỤ",), ("I", "A", "", ""), ("1", "a", "Vụ A", "")], {"A": ["a"]}),
        ([("Nội dung 1: A",), ("1", "a", "Vụ A", ""), ("Nội dung 2: B",), ("1", "b", "Vụ A", "")], {"A": ["a"], "B": ["b"]}),
        ([("ND01", "a", "Vụ A", ""), ("X-2", "b", "Vụ A", "")], {"Các hoạt động": ["a", "b"]}),
        ([], {"Các hoạt động": []}),
    ],
)  # fmt: skip
def test_areas_and_activities(rows: Sequence[Sequence[str]], found: dict[str, list[str]]) -> None:
    assert shape(*rows) == found


def test_most_lines_are_activities_and_one_is_divided() -> None:
    found = shape(("1", "a", "Vụ A", ""), ("2", "b", "Vụ A", ""), ("3", "C", "", ""), ("a)", "c", "Vụ B", ""))
    assert found == {"Các hoạt động": ["a", "b", "c"]}


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


def test_a_heading_with_work_of_its_own_is_an_activity_too() -> None:
    head = (*HEAD, "Sản phẩm", "Kinh phí (triệu đồng)")
    rows = (
        ("I", "A", "Vụ A", "", "", ""),
        ("1", "b", "Vụ B", "", "Báo cáo", "100"),
        ("1.1", "c", "Vụ C", "", "", "40"),
        ("II", "D", "-", "x", "", "60"),
        ("1", "e", "Vụ E", "", "", "60"),
        ("III", "F", "", "", "", "70"),
        ("1", "g", "Vụ G", "", "", ""),
    )
    plan, remarks = read(grid(head, *rows))
    found = {area.title.vi: [a.title.vi for a in area.activities] for area in plan.areas}
    assert found == {"A": ["b", "c"], "D": ["e"], "F": ["F", "g"]}
    first = plan.areas[0].activities[0]
    assert (first.lead, first.deliverable, first.budget and first.budget.amount) == (
        ("vu-b",),
        ("Báo cáo", None),
        100,
    )
    assert remark_texts.HEADING_TOO in remarks["areas/ND1/activities/ND1.1"]


def test_who_leads_a_line_takes_no_part_in_it_by_its_heading() -> None:
    head = ("TT", "Nội dung", "Chủ trì", "Phối hợp")
    rows = (
        ("I", "A", "", ""),
        ("1", "b", "Vụ A", "Vụ B, Vụ C"),
        ("1.1", "c", "Vụ B", ""),
        ("1.2", "d", "", ""),
    )
    plan, _ = read(grid(head, *rows))
    assert [(a.lead, a.coordinating) for a in plan.areas[0].activities] == [
        (("vu-a",), ("vu-b", "vu-c")),
        (("vu-b",), ("vu-c",)),
        (("vu-a",), ("vu-b", "vu-c")),
    ]


def test_what_a_heading_shares_with_its_lines_is_not_its_own() -> None:
    made = grid(HEAD, ("I", "A", "", ""), ("1", "b", "Vụ A", ""), ("1.1", "c", "", ""), ("1.2", "d", "", ""))
    shared = made.rows[2].cells[2]
    assert shared is not None
    shared.height = 3
    made.rows[3].cells[2] = made.rows[4].cells[2] = shared
    plan, _ = read(made)
    assert [(a.title.vi, a.lead) for a in plan.areas[0].activities] == [("c", ("vu-a",)), ("d", ("vu-a",))]


def test_groups_that_have_their_number_in_the_title() -> None:
    head = made_bold(
        grid(HEAD, ("", "1. A", "", ""), ("1", "a", "Vụ A", ""), ("", "2. B", "", ""), ("1", "b", "Vụ B", ""))
    )
    plan, _ = read(head)
    assert {area.title.vi: [a.title.vi for a in area.activities] for area in plan.areas} == {
        "A": ["a"],
        "B": ["b"],
    }


def test_bold_details_begin_no_group() -> None:
    rows = (
        ("1", "a", "Vụ A", ""),
        ("", "- phần một", "", ""),
        ("", "- phần hai", "", ""),
        ("2", "b", "Vụ B", ""),
    )
    plan, _ = read(made_bold(grid(HEAD, *rows)))
    assert [a.title.vi for area in plan.areas for a in area.activities] == ["a", "b"]
    assert plan.areas[0].activities[0].note == f"{remark_texts.DETAILS}\n- phần một\n- phần hai"


def made_bold(made: Grid) -> Grid:
    """Put the titles in bold of rows without number."""
    for row in made.rows[1:]:
        number, title = row.cells[:2]
        assert number is not None
        assert title is not None
        title.bold = not number.text
    return made


def test_a_table_goes_on_after_what_looked_like_its_end() -> None:
    found = shape(
        ("1", "a", "Vụ A", ""), ("", "", "", ""), ("", "Người lập biểu", "", ""), ("2", "b", "Vụ A", "Quý I")
    )
    assert found == {"Các hoạt động": ["a", "b"]}


def test_a_signature_is_no_lead() -> None:
    assert shape(("1", "a", "Thủ trưởng đơn vị", "Quý I")) == {"Các hoạt động": ["a"]}


@pytest.mark.parametrize(
    ("text", "number", "rest"),
    [
        ("I. CÔNG TÁC", "I", "CÔNG TÁC"),
        ("II.CÔNG TÁC", "II", "CÔNG TÁC"),
        ("1.2. Việc", "1.2", "Việc"),
        ("1.2 Việc", "1.2", "Việc"),
        ("1/ Việc", "1", "Việc"),
        ("a) việc", "a", "việc"),
        ("- Việc", "-", "Việc"),
        ("Phần I. Việc", "Phần I", "Việc"),
        ("NỘI DUNG 2: Việc", "NỘI DUNG 2", "Việc"),
        *(
            (text, "", text)
            for text in ("10 năm", "3.000 người", "1/6", "T.Ư", "Việc", "", "I", "-5", "2024. Năm")
        ),
    ],
)
def test_numbers_before_titles(text: str, number: str, rest: str) -> None:
    assert split_number(text) == (number, rest)


def test_letters_and_roman_numbers() -> None:
    styles = Styles()
    assert [styles.of(no).key for no in ("I", "V", "A", "H", "I", "i)", "h)", "i)", "1.", "1.1", "-", "ND1")] == [
        *("I", "I", "A", "A", "A", "i", "a", "a", "1", "1.1", "-", "other"),
    ]  # fmt: skip


# Several tables.


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


# What stands above.


@pytest.mark.parametrize(
    ("lines", "title", "number", "date"),
    [
        (("PHỤ LỤC", "PHÂN CÔNG VÍ DỤ", "(Kèm theo Kế hoạch số 9/KH-VD ngày 5/3/2024)"), "PHÂN CÔNG VÍ DỤ", "9/KH-VD", "2024-03-05"),
        (("Số: 9 /KH-VD", "Hà Nội, ngày 05 tháng 3 năm 2024", "KẾ HOẠCH", "Phối hợp ví dụ", "Căn cứ …"),
         "KẾ HOẠCH Phối hợp ví dụ", "9/KH-VD", "2024-03-05"),
        (("Kế hoạch ví dụ năm 2024",), "Kế hoạch ví dụ năm 2024", None, None),
        (("Số: /KH-VD", "Hà Nội, ngày … tháng … năm 2024"), None, None, None),
        (("Căn cứ Kế hoạch số 7/KH-KHAC ngày 01/02/2024 của ví dụ;", "Kế hoạch này nêu ví dụ."), None, None, None),
        (("Hà Nội, ngày 31 tháng 02 năm 2024",), None, None, None),
        ((), None, None, None),
    ],
)  # fmt: skip
def test_the_block_above(
    lines: Sequence[str], title: str | None, number: str | None, date: str | None
) -> None:
    block = read_block(lines)
    assert (block.title, block.number, block.date) == (title, number, date)


def test_the_unit_above_the_table() -> None:
    rows = ((*HEAD, "Kinh phí"), ("1", "a", "Vụ A", "", "1.500"))
    plan, _ = read(grid(*rows, before=["Đơn vị tính: triệu đồng"]))
    assert plan.areas[0].activities[0].budget == ("1.500", 1500, "triệu đồng", None)
    _, remarks = read(grid(*rows))
    assert remarks["areas/ND1/activities/ND1.1/budget"][0].startswith(TO_FILL)


# Texts and numbers as the file has them.


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("  a\u00a0 b\t c ", "a b c"),
        ("a\r\n\r\nb\vc", "a\nb\nc"),
        ("Vie\u0302\u0323t\u200b N\u00adam\x07", "Việt Nam"),
        ("{{x}} {{{y", "{ {x}} { { {y"),
        ("\ufffd\ufeff", "?"),
        ("\n \n", ""),
    ],
)
def test_cleaning(raw: str, text: str) -> None:
    assert clean(raw) == text
    assert clean(text) == text


def test_roman_numbers() -> None:
    assert [roman(n) for n in (1, 4, 9, 14, 38, 0)] == ["i", "iv", "ix", "xiv", "xxxviii", ""]


_LISTS = """<w:numbering %s><w:abstractNum w:abstractNumId="1">
<w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="upperLetter"/><w:lvlText w:val="%%1)"/></w:lvl>
<w:lvl w:ilvl="1"><w:numFmt w:val="decimalZero"/><w:lvlText w:val="%%1.%%2"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/>
<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num></w:numbering>"""
_STYLES = """<w:styles %s>
<w:style w:styleId="base"><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:styleId="own"><w:basedOn w:val="base"/></w:style></w:styles>"""


def paragraph(inner: str) -> Any:
    return parse_xml(f"<w:p {nsdecls('w')}><w:pPr>{inner}</w:pPr></w:p>")


def test_numbers_are_counted_as_word_counts_them() -> None:
    numbering = NumberCounter(parse_xml(_LISTS % nsdecls("w")), parse_xml(_STYLES % nsdecls("w")))
    first, again, none = (paragraph(f'<w:numPr><w:numId w:val="{n}"/></w:numPr>') for n in (1, 2, 0))
    styled, other = (paragraph(f'<w:pStyle w:val="{name}"/>') for name in ("own", "unknown"))
    order = (first, styled, styled, first, styled, again, first, none, other)
    assert [numbering.label(p) for p in order] == ["C)", "C.01", "C.02", "D)", "D.01", "A)", "B)", "", ""]


def test_a_document_without_lists() -> None:
    listed = paragraph('<w:numPr><w:numId w:val="3"/></w:numPr>')
    assert NumberCounter(None, None).label(listed) == ""
