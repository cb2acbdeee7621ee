"""Forms in words: what stands in one, what is told of one that came back, the table of new tasks."""

import pytest

from plantrack.errors import Failure
from plantrack.i18n.words import Words
from plantrack.model.plan import Organisation, Text
from plantrack.model.views.form import AnsweredRow, ChangedRow, FormRead
from plantrack.render.layout.form_page import HIDDEN_SHEET
from plantrack.render.views.exchange import form as render
from plantrack.services.verbs.exchange.form import form_status, make_forms
from tests.support.steps import OpenContext, opened, said

VI, EN = Words("vi"), Words("en")


@pytest.mark.parametrize("words", [VI, EN], ids=["vi", "en"])
def test_a_form_is_worded_in_the_language(context_on: OpenContext, words: Words) -> None:
    opened(context_on, "2024-07-01", "Tập huấn", lead=("hlhpn",), due="2024-08-30")
    said(context_on, "2024-07-02", "1", percent="30", next="gửi giấy")
    (view,) = make_forms(context_on("2024-07-18"), ["hlhpn"]).forms
    page = render.form_page(view, words)
    ((code, values),) = page.rows
    assert code.startswith(view.tasks[0].task.uid)
    shown = dict(zip((column.field.key for column in page.columns), values, strict=True))
    if words is VI:
        assert page.title == "BIỂU BÁO CÁO TUẦN 29/2024"
        assert (shown["now"], shown["said"]) == ("Đang thực hiện 30%", "02/07/2024: đã cập nhật")
        assert "Số liệu tính đến ngày 21 tháng 7 năm 2024." in page.lines[1]
        assert page.choices["status"] == (
            "Chưa thực hiện",
            "Đang thực hiện",
            "Chờ xác nhận",
            "Hoàn thành",
            "Tạm dừng",
        )
    else:
        assert (shown["now"], shown["said"]) == ("In progress 30%", "2 Jul 2024: updated")
    assert page.code.endswith(view.form.uid)
    assert page.marks[0][1].endswith(view.form.uid)
    assert "allocated" not in shown
    assert page.name != HIDDEN_SHEET


def test_a_changed_row_is_shown_side_by_side(context_on: OpenContext) -> None:
    opened(context_on, "2024-07-01", "Tập huấn", lead=("hlhpn",), due="2024-08-30")
    said(context_on, "2024-07-02", "1", percent="30", result="đã gửi", blocked="kẹt", spent="3 triệu")
    (view,) = make_forms(context_on("2024-07-18"), ["hlhpn"]).forms
    row = AnsweredRow(9, "1", "Tập huấn", (("percent", "20"), ("status", "done"), ("on", "2024-07-01")))
    assert render.changed_row(ChangedRow(row, "Chưa thực hiện", view.tasks[0].state), VI) == [
        "Nhiệm vụ 1 (dòng 9) “Tập huấn” đã thay đổi từ khi lập biểu:",
        "  Trong biểu:   Chưa thực hiện",
        "  Hiện nay:     Đang thực hiện 30%; hạn 30/08/2024; 02/07/2024: đã gửi; Vướng mắc: kẹt; Đã chi: 3.000.000 đồng",
        "  Đơn vị ghi:   Tiến độ (%): 20%; Trạng thái: Hoàn thành; Ngày: 01/07/2024",
    ]
    ongoing = view.tasks[0].state._replace(due=None, due_text="ongoing")
    assert "; thường xuyên; " in render.changed_row(ChangedRow(row, "", ongoing), VI)[2]
    later = view.tasks[0].state._replace(said_on="2024-07-09")
    assert (
        "; 09/07/2024: đã cập nhật; 02/07/2024: đã gửi; "
        in render.changed_row(ChangedRow(row, "", later), VI)[2]
    )
    gone = render.changed_row(ChangedRow(row, "", view.tasks[0].state, removed=True), VI)
    assert "đã gỡ" in gone[2]
    left = render.left_row(row._replace(why=Failure("task-removed", task="1")), VI)
    assert left.startswith("Không ghi dòng 9 (nhiệm vụ 1): ")


def test_new_tasks_are_a_table_that_can_be_imported(context_on: OpenContext) -> None:
    opened(context_on, "2024-07-01", lead=("hlhpn",))
    (view,) = make_forms(context_on("2024-07-18"), ["hlhpn"]).forms
    new = AnsweredRow(
        20,
        "",
        "Họp",
        (("title", "Họp\nnhóm"), ("area", "ND2"), ("status", "in_progress"), ("spent", "3000000")),
        key="F-1",
    )
    office = Organisation("hlhpn", Text("Hội LHPN"))
    read = FormRead(view.heading, view.form, office, "a.xlsx", (), (), 0, (), (), offered=(new,))
    sheet = render.new_tasks_sheet(read, VI)
    (row,) = sheet.rows
    heads = [column.heading for column in sheet.columns]
    assert {h: v for h, v in zip(heads, row, strict=True) if v} == {
        "Mã": "F-1", "Nhiệm vụ": "Họp", "Nội dung": "ND2", "Đơn vị chủ trì": "Hội LHPN",
        "Trạng thái": "Đang thực hiện", "Kinh phí đã chi": "3.000.000 đồng",
    }  # fmt: skip


def test_nobody_has_a_form_yet(context_on: OpenContext) -> None:
    view = form_status(context_on("2024-07-18"))
    assert "chưa lập biểu" in str(render.document(view, VI).blocks)
    assert render.data(view, EN)["forms"] == []
    assert len(render.book(view, VI).sheets[0].rows) == 0
