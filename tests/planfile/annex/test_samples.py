"""Annexes as offices make them: what each becomes, line by line."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from plantrack.model.plan import Activity, Plan
from plantrack.planfile.annex import read_annex
from plantrack.planfile.format.dump import TO_FILL, Remarks, dump
from plantrack.planfile.load import check_document
from tests.support.annex_samples import SAMPLES


@pytest.fixture(scope="module")
def drafts(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, tuple[Plan, Remarks]]:
    """All samples, read as plans of 2024."""
    folder = tmp_path_factory.mktemp("annex")
    for name, made in SAMPLES.items():
        (folder / name).write_bytes(made())
    return {name: read_annex(folder / name, 2024, "kh-vi-du") for name in SAMPLES}


Drafts = Mapping[str, tuple[Plan, Remarks]]


def activities(plan: Plan) -> dict[str, Activity]:
    return {activity.code: activity for area in plan.areas for activity in area.activities}


def titles(plan: Plan) -> dict[str, str]:
    """Return the titles of areas and activities by code."""
    areas = {area.code: area.title.vi for area in plan.areas}
    return areas | {code: activity.title.vi for code, activity in activities(plan).items()}


def remarks_on(remarks: Remarks, path: str) -> str:
    return "\n".join(remarks.get(path, ()))


@pytest.mark.parametrize("name", SAMPLES)
def test_a_draft_passes_the_check_and_is_written_alike_each_time(
    name: str, drafts: Drafts, tmp_path: Path
) -> None:
    plan, remarks = drafts[name]
    text = dump(plan, remarks)
    read, problems = check_document(Path("plans/x.yaml"), text.encode())
    assert [p for p in problems if p.severity == "error"] == []
    assert read == plan
    (tmp_path / name).write_bytes(SAMPLES[name]())
    assert dump(*read_annex(tmp_path / name, 2024, "kh-vi-du")) == text


@pytest.mark.parametrize("name", SAMPLES)
def test_each_line_says_where_it_comes_from(name: str, drafts: Drafts) -> None:
    plan, remarks = drafts[name]
    for area in plan.areas:
        for activity in area.activities:
            own = remarks_on(remarks, f"areas/{area.code}/activities/{activity.code}")
            assert "dòng " in own
            assert f"({name})" in own


def test_groups_numbers_and_furniture(drafts: Drafts) -> None:
    plan, remarks = drafts["grouped.docx"]
    assert titles(plan) == {
        "ND1": "CÔNG TÁC TUYÊN TRUYỀN (VÍ DỤ)",
        "ND1.1": "Biên soạn tài liệu ví dụ",
        "ND1.2": "Phát hành tài liệu ví dụ",
        "ND2": "HỘI THẢO (VÍ DỤ)",
        "ND2.1": "Hội thảo ví dụ",
        "ND2.2": "Theo dõi ví dụ",
    }
    assert plan.title.vi == "KẾ HOẠCH Phối hợp công tác ví dụ năm 2024"
    assert (plan.number, plan.date) == ("99/KH-VIDU", "2024-03-21")
    head = remarks_on(remarks, "")
    assert "(số thứ tự cột): (1) | (2)" in head
    assert "(tiêu đề cột lặp lại): TT | Nội dung" in head
    assert "(dòng tổng): Tổng cộng | 8.744" in head
    assert remarks_on(remarks, "areas/ND1") == "Nguồn: bảng 2, dòng 3 (grouped.docx), TT I"


def test_what_the_columns_say(drafts: Drafts) -> None:
    plan, remarks = drafts["grouped.docx"]
    found = activities(plan)
    first, before, workshop, regular = (found[code] for code in ("ND1.1", "ND1.2", "ND2.1", "ND2.2"))
    assert (first.no, first.lead, first.coordinating) == ("1", ("ubdt",), ("hlhpn",))
    assert (first.time, first.due, first.deliverable) == ("Quý II", "2024-Q2", ("Bộ tài liệu", None))
    assert first.budget == ("8.744", 8744, "triệu đồng", None)
    assert (before.due, before.note) == ("2024-06-30", "Ví dụ")
    assert "trước" in remarks_on(remarks, "areas/ND1/activities/ND1.2/due")
    assert (workshop.start, workshop.due) == ("2024-03-01", "2024-05")
    assert workshop.note == "Đơn vị phối hợp: Các đơn vị liên quan"
    assert workshop.budget == ("19,5 tỷ đồng", 19.5, "tỷ đồng", None)
    assert (regular.ongoing, regular.due) == (True, None)
    assert regular.lead == workshop.lead == ("vu-vi-du-a",)
    assert "lấy theo dòng trên" in remarks_on(remarks, "areas/ND2/activities/ND2.2")


def test_organisations_of_the_plan_that_is_shipped_keep_their_ids(drafts: Drafts) -> None:
    plan, _ = drafts["grouped.docx"]
    found = {o.id: o for o in plan.organisations}
    assert list(found) == ["ubdt", "hlhpn", "vu-vi-du-a", "vu-vi-du-b", "bdttg"]
    assert found["ubdt"].successor == "bdttg"
    assert found["vu-vi-du-a"].name.vi == "Vụ Ví dụ A"


def test_headings_of_two_rows_and_merged_cells(drafts: Drafts) -> None:
    plan, remarks = drafts["two-row-headings.docx"]
    found = activities(plan)
    first, second, third = found.values()
    assert [area.title.vi for area in plan.areas] == ["TUYÊN TRUYỀN VÍ DỤ", "TẬP HUẤN VÍ DỤ"]
    assert plan.areas[0].source_text == "A. TUYÊN TRUYỀN VÍ DỤ"
    assert first.lead == second.lead == ("vu-vi-du-a",)
    assert (first.coordinating, second.coordinating) == (("vu-vi-du-b",), ("vu-vi-du-c",))
    assert first.due == second.due == "2024-11-15"
    assert first.budget is not None
    assert first.budget.amount == 100
    assert first.note == "Kinh phí – Ngân sách ví dụ: 60"
    assert second.budget is None  # it would be counted twice
    assert "chung ở bảng 1, dòng 4" in remarks_on(remarks, "areas/ND1/activities/ND1.2")
    assert third.lead == ("vu-vi-du-c", "vu-vi-du-b")
    assert third.due == "2024-Q4"
    assert third.deliverable == ("- Giáo án; - Báo cáo", None)


def test_numbers_that_word_writes(drafts: Drafts) -> None:
    plan, _ = drafts["listed.docx"]
    assert [(a.code, len(a.activities)) for a in plan.areas] == [("ND1", 2), ("ND2", 1)]
    assert [a.no for a in activities(plan).values()] == ["1.", "2.", "1."]
    assert activities(plan)["ND2.1"].title.vi == "Việc ví dụ ba; - Gửi phiếu ví dụ"
    assert activities(plan)["ND2.1"].ongoing


def test_a_table_that_goes_on_in_another(drafts: Drafts) -> None:
    plan, remarks = drafts["continued.docx"]
    assert list(titles(plan)) == ["ND1", "ND2", "ND1.1", "ND1.2", "ND2.1", "ND2.2"]
    assert "Đọc từ bảng 1, bảng 2." in remarks_on(remarks, "")
    assert remarks_on(remarks, "areas/ND2").startswith("Nguồn: bảng 2, dòng 1 ")


def test_a_table_for_each_area(drafts: Drafts) -> None:
    plan, remarks = drafts["sectioned.docx"]
    assert titles(plan) == {
        "ND1": "Nội dung ví dụ một",
        "ND1.1": "Việc ví dụ một",
        "ND2": "Nội dung ví dụ hai",
        "ND2.1": "Việc ví dụ hai",
    }
    assert "dòng chữ trên bảng 2" in remarks_on(remarks, "areas/ND2")


def test_three_levels(drafts: Drafts) -> None:
    plan, remarks = drafts["three-levels.docx"]
    found = activities(plan)
    assert [a.no for a in found.values()] == ["1", "a)", "b)", "2"]
    assert plan.areas[0].lead == ("vu-vi-du-a",)
    assert (found["ND1.1"].lead, found["ND1.1"].deliverable) == (("vu-vi-du-b",), ("Báo cáo nhóm", None))
    assert found["ND1.2"].lead == ("vu-vi-du-b",)  # of the line above it
    assert remarks_on(remarks, "areas/ND1/activities/ND1.2/lead") == "Lấy theo mục trên (bảng 1, dòng 3)."
    assert found["ND1.3"].lead == ("vu-vi-du-c",)
    assert found["ND1.2"].note == found["ND1.3"].note == "Thuộc mục: 1 Nhóm việc ví dụ"
    assert found["ND1.4"].note == "Gồm:\n- Chuẩn bị ví dụ\n- Tổ chức ví dụ"
    assert (found["ND1.3"].start, found["ND1.3"].due) == ("2024-01-01", "2024")


def test_time_that_is_not_understood_stays_as_written(drafts: Drafts) -> None:
    plan, remarks = drafts["three-levels.docx"]
    found = activities(plan)["ND1.4"]
    assert (found.time, found.due, found.ongoing) == ("Theo kế hoạch", None, False)
    assert remarks_on(remarks, "areas/ND1/activities/ND1.4/due").startswith(f"{TO_FILL}: chưa hiểu")


def test_no_groups_and_rows_that_only_go_on(drafts: Drafts) -> None:
    plan, remarks = drafts["flat.docx"]
    found = activities(plan)
    assert remarks_on(remarks, "areas/ND1").startswith(TO_FILL)
    assert found["ND1.1"].title.vi == "Việc ví dụ một: - phần một; - phần hai"
    assert (found["ND1.1"].lead, found["ND1.1"].coordinating) == (("vu-vi-du-a",), ("vu-vi-du-b",))
    assert found["ND1.1"].deliverable is None
    assert found["ND1.1"].note == "Người phụ trách: Ví dụ"
    assert found["ND1.2"].lead == found["ND1.2"].coordinating == ()
    assert found["ND1.2"].note == "Đơn vị chủ trì, phối hợp: Vụ Ví dụ A, Vụ Ví dụ B; Vụ Ví dụ C"
    assert found["ND1.2"].due == "2024-09"  # "nt"
    assert remarks_on(remarks, "areas/ND1/activities/ND1.2/lead").startswith(TO_FILL)
    assert remarks_on(remarks, "areas/ND1/activities/ND1.3/title").startswith(TO_FILL)


def test_a_reviewed_document_reads_as_it_stands(drafts: Drafts) -> None:
    plan, _ = drafts["reviewed.docx"]
    (only,) = activities(plan).values()
    assert only.title.vi == "Việc ví dụ đã chèn trong khung"
    assert only.time == "Quý II"


def test_a_sheet_as_offices_keep_it(drafts: Drafts) -> None:
    plan, remarks = drafts["messy.xlsx"]
    first, hidden, third = activities(plan).values()
    assert plan.title.vi == "PHÂN CÔNG NHIỆM VỤ NĂM 2024 (VÍ DỤ)"
    assert (plan.number, plan.date) == ("99/KH-VIDU", "2024-03-21")
    assert [area.title.vi for area in plan.areas] == ["CÔNG TÁC VÍ DỤ", "CÔNG TÁC VÍ DỤ KHÁC"]
    assert (first.time, first.due) == ("30/06/2024", "2024-06-30")
    assert first.coordinating == ("vu-vi-du-b", "so-vi-du-the-thao-va-du-lich")
    assert first.budget == ("8744,5", 8744.5, "nghìn đồng", None)
    assert (hidden.time, hidden.due, hidden.lead) == ("09/2024", "2024-09", first.lead)
    assert hidden.budget == ("=G9*2", None, None, None)
    own = remarks_on(remarks, "areas/ND1/activities/ND1.2")
    assert "đang ẩn" in own
    assert f"{TO_FILL}: kinh phí: công thức" in own
    assert (third.no, third.start, third.due) == ("1.1", "2024-10-01", "2025-Q1")
    assert "ngoài năm" in remarks_on(remarks, "areas/ND2/activities/ND2.1/due")
    assert third.budget == ("1.234", 1234, "nghìn đồng", None)
    assert "(phần dưới bảng): (Ký, ghi rõ họ tên)" in remarks_on(remarks, "")
    assert "Không dùng: trang tính “Danh sách”." in remarks_on(remarks, "")


def test_areas_in_a_column_of_their_own(drafts: Drafts) -> None:
    plan, remarks = drafts["group-column.xlsx"]
    assert titles(plan) == {
        "ND1": "Nội dung ví dụ một",
        "ND1.1": "Việc ví dụ một",
        "ND1.2": "Việc ví dụ hai",
        "ND2": "Nội dung ví dụ hai",
        "ND2.1": "Việc ví dụ ba",
        "ND2.2": "Việc ví dụ bốn",
    }
    found = activities(plan)
    assert (found["ND1.1"].start, found["ND1.1"].due) == ("2024-03-01", "2024-06-30")
    assert (found["ND1.2"].start, found["ND1.2"].due) == (None, "2024-03")
    assert remarks_on(remarks, "areas/ND1/activities/ND1.2/start").startswith(TO_FILL)
    assert found["ND1.1"].budget == (None, None, None, "Ngân sách ví dụ")
    assert found["ND2.1"].budget == ("5 tỷ đồng", 5, "tỷ đồng", None)
    assert found["ND2.2"].lead == ("bdttg",)
    assert "trang tính “Cũ”" in remarks_on(remarks, "")


@pytest.mark.parametrize("name", ["listed.docx", "three-levels.docx"])
def test_what_the_annex_does_not_say_is_marked(name: str, drafts: Drafts) -> None:
    _, remarks = drafts[name]
    marked: Sequence[str] = [path for path in remarks if remarks_on(remarks, path).startswith(TO_FILL)]
    assert {"number", "date"} <= set(marked)
