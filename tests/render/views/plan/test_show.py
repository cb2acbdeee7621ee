"""The plan as a tree, and an area or an activity in full."""

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
from plantrack.model.views.plan import PlanTree
from plantrack.render.formats import render
from plantrack.render.layout.blocks import Document
from plantrack.render.views.plan import show
from tests.support.factory import (
    make_heading,
    make_plan,
    make_plan_show,
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
