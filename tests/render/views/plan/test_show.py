"""The plan as a tree, its revisions, and the problems of its file."""

import pytest

from plantrack.i18n.words import Words
from plantrack.model.plan import (
    Activity,
    Area,
    Budget,
    Indicator,
    IntendedResult,
    Milestone,
    Organisation,
    Place,
    PlanSource,
    Text,
)
from plantrack.model.plan import CitedDocument as Named
from plantrack.model.problem import Problem
from plantrack.model.views.plan import PlanTree
from plantrack.render.formats import render
from plantrack.render.layout.blocks import Document
from plantrack.render.layout.text_width import cell_width
from plantrack.render.views.plan import check as check_page
from plantrack.render.views.plan import log, show
from tests.support.factory import (
    make_check,
    make_heading,
    make_plan,
    make_plan_log,
    make_plan_show,
    make_problem,
)

VI, EN = Words("vi"), Words("en")


def printed(document: Document, words: Words = VI, form: str = "plain") -> list[str]:
    return render(document, form, words, width=80, colour=False).split("\n")


def make_rich_tree(code: str | None = None) -> PlanTree:
    """Return a plan that states much."""
    activity = Activity(
        "ND1.1",
        Text("Tập huấn"),
        no="1a",
        source_quote="Tập huấn;",
        topics=("giới", "trẻ em"),
        lead=("hlhpn",),
        place=("kon-tum",),
        time="Quý II, III",
        start="2024-04-01",
        due="2024-Q3",
        priority="high",
        deliverable=Text("Báo cáo"),
        budget=Budget("theo dự toán", 19.5, "triệu đồng", "NSNN"),
        note="ghi chú",
        indicators=(Indicator("i1", Text("Lớp"), "lớp", 0, 12), Indicator("i2", Text("Người"))),
        milestones=(Milestone("2024-Q2", Text("Xong tài liệu")),),
    )
    regular = Activity("ND1.2", Text("Theo dõi"), ongoing=True)
    area = Area(
        "ND1",
        Text("Nội dung một"),
        lead=("ubdt",),
        intended_result=IntendedResult(Text("Nghị quyết mới")),
        activities=(activity, regular),
    )
    made = make_plan(
        areas=(area,),
        start="2024-01-01",
        end="2024-12-31",
        programme=Named(Text("Chương trình phối hợp"), number="12/CTr", date="2021-10-13"),
        references=(Named(Text("Dự án 8")),),
        source=PlanSource(publisher="Ban Dân tộc", url="https://example.vn"),
        organisations=(Organisation("ubdt", Text("UBDT")), Organisation("hlhpn", Text("Hội"))),
        places=(Place("kon-tum", Text("Kon Tum")),),
    )
    return PlanTree(make_heading(plan=made), code, ())


def test_the_tree_says_what_is_not_known() -> None:
    lines = printed(show.document(make_plan_show(), VI))
    assert lines[:2] == ["Kế hoạch số 468/KH-HLHPNVN-UBDT", "SỐ LIỆU VÍ DỤ, không có thật"]
    assert "Bắt đầu        Chưa có thông tin" in lines
    assert "7 nội dung, 12 hoạt động" in lines
    at = lines.index("ND6 Tổng kết 10 năm Nghị quyết 06 (tên đầy đủ của nội dung 6)")
    assert lines[at + 1] == "    chủ trì: chưa rõ · phối hợp: chưa rõ"
    assert lines[at + 2].endswith(" ngày 19/02/2014 · thời hạn: chưa rõ")
    assert lines[-2] == "ND9 Nội dung cũ"


def test_the_tree_says_what_is_known() -> None:
    lines = printed(show.document(make_rich_tree(), VI))
    assert "Chương trình       12/CTr, 13/10/2021, Chương trình phối hợp" in lines
    assert "Văn bản liên quan  Dự án 8" in lines
    assert "Nguồn              Ban Dân tộc, https://example.vn" in lines
    assert "    chủ trì: UBDT · phối hợp: chưa rõ" in lines
    assert "  ND1.1 Tập huấn · chủ trì: Hội · thời hạn: Quý II, III (30/09/2024)" in lines
    assert lines[-2] == "  ND1.2 Theo dõi · thời hạn: thường xuyên"


def test_an_area_in_full_has_its_source_text_and_its_activities() -> None:
    lines = printed(show.document(make_plan_show("ND3"), VI))
    assert "Nguyên văn  Hội thảo và khuyến nghị;" in lines
    assert sum(line.startswith("ND3.") for line in lines) == 2


def test_an_activity_in_full_has_every_fact() -> None:
    lines = printed(show.document(make_rich_tree("ND1.1"), VI))
    facts = {line[:16].strip(): line[16:] for line in lines[4:-1]}
    assert facts == {
        "Nội dung": "ND1 Nội dung một",
        "Số thứ tự": "1a",
        "Nguyên văn": "Tập huấn;",
        "Chủ đề": "giới; trẻ em",
        "Chủ trì": "Hội",
        "Phối hợp": "Chưa có thông tin",
        "Địa bàn": "Kon Tum",
        "Bắt đầu": "01/04/2024",
        "Thời hạn": "Quý II, III (30/09/2024)",
        "Mức độ ưu tiên": "Cao",
        "Sản phẩm": "Báo cáo",
        "Kinh phí": "theo dự toán, 19,5 triệu đồng, NSNN",
        "Chỉ tiêu": "Người: chưa rõ",
        "Mốc thời gian": "Quý II/2024 (30/06/2024): Xong tài liệu",
        "Ghi chú": "ghi chú",
    }
    assert "Chỉ tiêu        Lớp: 12 lớp" in lines


@pytest.mark.parametrize(
    ("text", "amount", "unit", "said"),
    [
        ("50 triệu đồng", 50, "triệu đồng", "50 triệu đồng, NSNN"),
        ("Khoảng 1.500.000 đồng", 1500000, "đồng", "Khoảng 1.500.000 đồng, NSNN"),
        ("19,5 Triệu đồng", 19.5, "triệu đồng", "19,5 Triệu đồng, NSNN"),
        ("50 lớp", 50, "triệu đồng", "50 lớp, 50 triệu đồng, NSNN"),
        ("150 triệu đồng", 50, "triệu đồng", "150 triệu đồng, 50 triệu đồng, NSNN"),
        (None, 50, None, "50, NSNN"),
        ("theo dự toán", None, None, "theo dự toán, NSNN"),
    ],
)
def test_an_amount_that_the_text_of_a_budget_has_is_said_once(
    text: str | None, amount: float | None, unit: str | None, said: str
) -> None:
    tree = make_rich_tree("ND1.1")
    area = tree.heading.plan.areas[0]
    activity = area.activities[0]._replace(budget=Budget(text, amount, unit, "NSNN"))
    made = make_plan(areas=(area._replace(activities=(activity,)),))
    lines = printed(show.document(PlanTree(make_heading(plan=made), "ND1.1", ()), VI))
    assert f"Kinh phí        {said}" in lines


def test_an_area_says_what_it_leads_to() -> None:
    assert any(line.endswith("Nghị quyết mới") for line in printed(show.document(make_rich_tree("ND1"), VI)))


def test_revisions_have_their_origin() -> None:
    lines = printed(log.document(make_plan_log(), VI))
    assert lines[4] == (
        "  2  10:00 ngày 19/07/2024  Ví dụ C    plans/kh-468-2024.yaml  "
        "git a1b2c3d sha256 0f9e0f9e0f9e… tệp có sửa đổi chưa ghi vào git"
    )
    assert lines[5].endswith("plans/kh-468-2024.yaml  sha256 ab12ab12ab12…")


def check(*problems: Problem, words: Words = VI) -> list[str]:
    return printed(check_page.document(make_check(*problems), words), words)


def test_a_problem_has_its_place_its_line_and_a_way_out() -> None:
    lines = check(make_problem())
    assert lines[0] == f"plans/kh.yaml:12:12: lỗi[P301]: {VI('problem.P301', value='ubtd')}"
    assert lines[1:3] == ['    12 │     lead: ["ubtd"]', "       │            ^"]
    assert lines[3].startswith("Gợi ý: Gần nhất: ubdt. ")
    summary = "Đã kiểm tra 1 tệp: 1 lỗi, 0 cảnh báo. Giải thích và ví dụ: plantrack help P301"
    assert lines[4:] == ["", summary, ""]


def test_a_problem_of_the_whole_file_has_no_line() -> None:
    lines = check(make_problem(line=0, column=0, code="P002", params={}, excerpt="", near=()))
    assert lines[0].startswith("plans/kh.yaml: lỗi[P002]: ")
    assert lines[1].startswith("Gợi ý: ")


def test_nothing_wrong_is_said() -> None:
    assert check() == ["Đã kiểm tra 1 tệp, không có lỗi: plans/kh.yaml", ""]
    assert check(words=EN) == ["Checked 1 file, no problems: plans/kh.yaml", ""]


def make_warning(line: int, code: str = "P905", file: str = "plans/kh.yaml") -> Problem:
    """Return a warning of the activity in a line."""
    params = {"code": f"ND1.{line}"}
    return make_problem(
        file=file, line=line, severity="warning", code=code, params=params, excerpt="x", near=()
    )


def test_warnings_are_counted_apart() -> None:
    summary = "Checked 1 file: 1 error, 1 warning. Explained with examples: plantrack help P301"
    assert check(make_warning(3), make_problem(), words=EN)[-2] == summary


def test_warnings_that_nobody_wants_to_see_are_counted() -> None:
    for words, said in (
        (VI, "1 lỗi, 2 cảnh báo (không liệt kê 2 cảnh báo)."),
        (EN, "2 warnings (2 warnings not listed)."),
    ):
        view = make_check(make_problem())._replace(hidden=2)
        assert said in printed(check_page.document(view, words), words)[-2]
    clean = printed(check_page.document(make_check()._replace(hidden=2), VI))[0]
    assert clean == "Đã kiểm tra 1 tệp, không có lỗi: plans/kh.yaml (không liệt kê 2 cảnh báo)"


def test_of_many_warnings_of_a_kind_two_are_shown_and_the_lines_of_the_others() -> None:
    problems = [make_warning(n, code) for n in range(1, 17) for code in ("P905", "P906")]
    lines = check(*problems, words=EN)
    assert [line.split(":")[1] for line in lines if ": warning[" in line] == [
        "1",
        "1",
        "2",
        "2",
        " warning[P905]",
        " warning[P906]",
    ]
    assert (
        "plans/kh.yaml: warning[P905]: 14 more of this kind, lines 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14 …"
        in lines
    )
    assert "plans/kh.yaml: cảnh báo[P906]: thêm 1 cảnh báo như trên, dòng 3" in check(
        *[make_warning(n, "P906") for n in (1, 2, 3)]
    )


def test_errors_are_always_shown_and_warnings_are_counted_by_file() -> None:
    errors = [make_problem(line=n) for n in range(1, 9)]
    warnings = [make_warning(n, file=file) for file in ("a.yaml", "b.yaml") for n in (1, 2)]
    assert sum("lỗi[P301]" in line for line in check(*errors)) == 8
    assert sum("cảnh báo[P905]" in line for line in check(*warnings)) == 4


def test_the_warnings_of_a_file_in_a_line() -> None:
    problems = [make_warning(1), make_warning(2), make_warning(2, "P906"), make_warning(1, file="/w/a.yaml")]
    assert check_page.warnings_of_files(problems, EN) == [
        "kh.yaml: 3 warnings (P905: 2, P906: 1). To see them: plantrack plan check",
        "a.yaml: 1 warning (P905: 1). To see them: plantrack plan check",
    ]
    assert check_page.warnings_of_files([], VI) == []


@pytest.mark.parametrize(
    "excerpt",
    ['x: "lỗi"', '民族: "lỗi"', 'Ksơ̆r: "lỗi"', '\tx:\x1b "lỗi"', "a" * 300 + '"lỗi"', '"lỗi"' + "b" * 300],
)
def test_the_caret_stands_under_its_character(excerpt: str) -> None:
    column = excerpt.index('"lỗi"') + 1
    _, line, caret, *_ = check(make_problem(excerpt=excerpt, column=column))
    assert caret.endswith("^")
    assert cell_width(line.partition('"lỗi')[0]) == cell_width(caret) - 1
    assert cell_width(line) <= 80
    assert "\x1b" not in line


def test_a_caret_may_stand_behind_the_line() -> None:
    _, line, caret, *_ = check(make_problem(excerpt="a: [", column=5))
    assert cell_width(caret) == cell_width(line) + 1


def test_problems_alone_have_no_summary() -> None:
    assert printed(check_page.problems_document([make_problem()], VI)) == check(make_problem())[:4] + [""]
