"""Whatever stands in a table, the draft passes the check and nothing of any cell is lost."""

import re
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from plantrack.errors import Failure
from plantrack.model.plan import Plan
from plantrack.planfile.annex import read_annex
from plantrack.planfile.annex.column_roles import find_heading
from plantrack.planfile.annex.draft_plan import draft
from plantrack.planfile.annex.find_tables import find_table
from plantrack.planfile.annex.grid import Grid, GridCell, GridRow
from plantrack.planfile.annex.party_cells import names_in
from plantrack.planfile.annex.title_numbers import split_number
from plantrack.planfile.format.dump import Remarks, dump
from plantrack.planfile.load import check_document
from tests.support.annex_samples import HEADINGS
from tests.support.random_plans import HOSTILE

Drawn = st.SearchStrategy[Any]

USUAL: Final = (
    *("I", "II.", "A", "B", "1", "2", "1.1", "1.2", "a)", "b)", "-", "+", "i)", "Phần I", "ND1", "x", "01"),
    *(
        "Quý II",
        "Quý I, II",
        "30/6",
        "Trước 30/6/2024",
        "Thường xuyên",
        "Cả năm",
        "31/2",
        "nt",
        "Như trên",
        "“",
    ),
    *("Tháng 11 - 2/2025", "15-20/8", "2024-02-30", "từ tháng 3", "T9/2099", "1/1/0001", "Năm 9999"),
    *(
        "Vụ A",
        "Vụ A, Vụ B",
        "Vụ A và Vụ B",
        "Uỷ ban Dân tộc",
        "Ủy ban Dân tộc",
        "HLHPNVN",
        "Các đơn vị liên quan",
    ),
    *(
        "Chủ trì: Vụ A\nPhối hợp: Vụ B",
        "- Vụ A\n- Vụ C (đầu mối)",
        "Sở Y tế; ; ,Vụ B",
        "vụ a",
        "VỤ A (chủ trì)",
        "Vụ A; Vụ A (chủ trì)",
        "TW Hội LHPN Việt Nam",
        "UBDT/HLHPN",
        "UBDT và các bộ, ngành",
        "Vụ A - Vụ B & vụ C + Hội",
        "Uỷ ban Dân tộc (Vụ A, Vụ B)",
        "Vụ A, Vụ B cùng chủ trì",
        "Vụ A chủ trì, phối hợp với Hội LHPN",
    ),
    *(
        "8.744",
        "8.744 triệu đồng",
        "1,5 tỷ",
        "1.5",
        "999999999999999999 đồng",
        "=1+1",
        "100%",
        "100 - 200 triệu",
    ),
    *(
        "Tổng cộng",
        "(*) Sau khi được duyệt",
        "(1) Kinh phí",
        "* Thời gian",
        "Ghi chú:",
        "Bằng chữ: Một đồng",
        "Cộng mục I",
        "Nơi nhận:",
        "TM. BAN",
        "(Ký, ghi rõ họ tên)",
        "Hà Nội, ngày 1 tháng 2 năm 2024",
    ),
    *("I. NHÓM", "1. Việc\n- phần\n- phần hai", "Việc một\ntiếp theo", "viết tiếp", "Nội dung", "Thời gian"),
    *(
        "{{Tên}}",
        "{{{x}}}",
        "a\u200bb",
        "A\u0301",
        "\u0301",
        "e\u0302\u0323",
        "a\u00adb",
        "x\ty",
        "\ufffd",
        "   ",
    ),
    *(
        "Y Nhơ̆n Niê",
        "😀",
        "漢字",
        "…",
        "//",
        "\\",
        "#",
        "# CẦN ĐIỀN: x",
        "a/b",
        "\ue000",
        "x" * 3000,
        "T.Ư",
        "1/2",
    ),
)
texts: Drawn = st.sampled_from(USUAL) | st.sampled_from(HOSTILE) | st.text(max_size=10)
cells: Drawn = st.just("") | texts


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    """Return a table with headings, merged cells and anything in its cells."""
    headings = draw(st.permutations(HEADINGS[1:]).map(lambda h: [HEADINGS[0], *h][: draw(st.integers(5, 8))]))
    rows = [list(headings), *draw(st.lists(st.lists(cells, min_size=8, max_size=8), max_size=9))]
    grid = Grid("bảng 1", flows=draw(st.booleans()), before=[draw(texts) for _ in range(2)])
    for index, row in enumerate(rows):
        made = [GridCell(grid.take(text), index, column) for column, text in enumerate(row[: len(headings)])]
        grid.rows.append(GridRow(f"bảng 1, dòng {index + 1}", index, list(made), draw(st.booleans())))
    for _ in range(draw(st.integers(0, 3)) if len(rows) > 1 else 0):
        _merge(grid, draw)
    return grid


def _merge(grid: Grid, draw: st.DrawFn) -> None:
    """Merge an area of cells; what other areas have already is left."""
    row, column = draw(st.integers(1, len(grid.rows) - 1)), draw(st.integers(0, grid.width - 1))
    height, width = draw(st.integers(1, 3)), draw(st.integers(1, grid.width))
    rows = grid.rows[row : row + height]
    area = [(one, place) for one in rows for place in range(column, min(column + width, grid.width))]
    found = [one.cells[place] for one, place in area]
    if any(cell is None or cell.height > 1 or cell.width > 1 for cell in found):
        return
    first = found[0]
    assert first is not None
    first.height, first.width = len(rows), len(area) // len(rows)
    for one, place in area:
        one.cells[place] = first


def told(plan: Plan, remarks: Remarks) -> str:
    """Return all that a draft says, as a person reads it: its file as YAML has it, and what its names are."""
    text = dump(plan, remarks)
    read, problems = check_document(Path("x.yaml"), text.encode())
    assert [p for p in problems if p.severity == "error"] == []
    assert read == plan
    assert dump(plan, remarks) == text
    notes = (note for path in remarks for note in remarks[path])
    return "\n".join([*_strings(read), *notes])


def _strings(value: object) -> list[str]:
    if isinstance(value, tuple):
        return [text for part in value for text in _strings(part)]
    return [value] if isinstance(value, str) else []


def assert_nothing_lost(grid: Grid, said: str) -> None:
    """Hold that each line of each cell is in the draft; names stand apart, and numbers before their titles."""
    for row in grid.rows:
        for cell in row.own():
            for line in cell.text.split("\n"):
                rest = split_number(line)[1]
                assert line in said or rest in said or _names_said(cell.text, said), (row.name, cell.text)


def _names_said(text: str, said: str) -> bool:
    return all(part in said for name in names_in(text) for part in name.split(" và "))


@given(grids())
def test_any_table(grid: Grid) -> None:
    if find_heading(grid) is None:
        return  # a heading may stand in a row of anything
    try:
        plan, remarks = draft(find_table([grid], "x.docx"), 2024, "kh-vi-du", Path("x\n.docx"))
    except Failure as failure:
        assert failure.code == "annex-misread"
        return
    assert_nothing_lost(grid, told(plan, remarks))


@given(rows=st.lists(st.lists(cells | st.integers() | st.floats(), min_size=8, max_size=8), max_size=6))
def test_any_sheet(rows: list[list[object]], tmp_path_factory: Any) -> None:
    book = Workbook()
    sheet: Any = book.active
    for number, row in enumerate([HEADINGS, *rows], 1):
        for column, value in enumerate(row, 1):
            sheet.cell(number, column).value = _storable(value)
    file = BytesIO()
    book.save(file)
    path = tmp_path_factory.getbasetemp() / "any.xlsx"
    path.write_bytes(file.getvalue())
    try:
        told(*read_annex(path, 2024, "kh-vi-du"))
    except Failure as failure:
        assert failure.code == "annex-misread"


def _storable(value: object) -> object:
    """Return what openpyxl writes without refusing or breaking its own file."""
    return re.sub("[\x00-\x1f\ud800-\udfff\ufffe\uffff]", " ", value) if isinstance(value, str) else value
