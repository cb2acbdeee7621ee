"""From the lines of an annex to a plan with remarks."""

import pytest

from plantrack.errors import Failure
from plantrack.planfile.annex import remark_texts
from plantrack.planfile.format.dump import TO_FILL
from tests.support.annex_grids import HEAD, grid, read


def test_the_unit_above_the_table() -> None:
    rows = ((*HEAD, "Kinh phí"), ("1", "a", "Vụ A", "", "1.500"))
    plan, _ = read(grid(*rows, before=["Đơn vị tính: triệu đồng"]))
    assert plan.areas[0].activities[0].budget == ("1.500", 1500, "triệu đồng", None)
    _, remarks = read(grid(*rows))
    assert remarks["areas/ND1/activities/ND1.1/budget"][0].startswith(TO_FILL)


def test_what_the_annex_does_not_say_is_marked_and_stands_in_for_nothing() -> None:
    plan, remarks = read(grid(HEAD, ("1", "a", "Vụ A", "Quý I")))
    assert (plan.id, plan.year, plan.title.vi) == ("kh-vi-du", 2024, "Kế hoạch năm 2024")
    assert (plan.number, plan.date) == (None, None)
    assert all(remarks[key][0].startswith(TO_FILL) for key in ("title", "number", "date", "areas/ND1"))


def test_what_stands_above_is_the_head_of_the_file() -> None:
    lines = ["bỏ", *(f"dòng {n}" for n in range(5)), "KẾ HOẠCH VÍ DỤ"]
    plan, remarks = read(grid(("PHỤ LỤC",), HEAD, ("1", "a", "Vụ A", ""), before=lines))
    assert plan.title.vi == "KẾ HOẠCH VÍ DỤ"
    assert remarks["title"] == [remark_texts.TITLE_FOUND]
    above = [text for text in remarks[""] if text.startswith("Phía trên bảng")]
    assert above == [remark_texts.ABOVE.format(line=line) for line in (*lines[1:], "PHỤ LỤC")]


def test_an_area_has_its_organisations_and_its_title_as_printed() -> None:
    head = ("TT", "Nội dung", "Chủ trì", "Phối hợp")
    plan, remarks = read(
        grid(
            head,
            ("I", "A\nB", "Vụ A", "Vụ B"),
            ("1", "c", "Vụ C", ""),
            ("II", "D", "", "nt"),
            ("1", "e", "Vụ A", ""),
        )
    )
    first, second = plan.areas
    assert (first.title.vi, first.source_text) == ("A B", "A\nB")
    assert (first.lead, first.coordinating) == (("vu-a",), ("vu-b",))
    assert (second.title.vi, second.source_text) == ("D", None)
    assert [o.id for o in plan.organisations] == ["vu-a", "vu-b", "vu-c"]
    assert remarks["areas/ND1"][0] == remark_texts.SOURCE_NO.format(
        row="bảng 1, dòng 2", file="x.docx", no="I"
    )


def test_an_area_without_activities_is_kept_and_marked() -> None:
    plan, remarks = read(grid(HEAD, ("I", "A", "", ""), ("II", "B", "", ""), ("1", "c", "Vụ A", "")))
    assert [len(area.activities) for area in plan.areas] == [0, 1]
    assert remarks["areas/ND1/activities"] == [remark_texts.to_fill(remark_texts.NO_ACTIVITIES)]


def test_other_spellings_of_an_organisation_are_remarked_once() -> None:
    rows = (("1", "a", "Vụ A", ""), ("2", "b", "VỤ A", ""), ("3", "c", "vụ a", ""), ("4", "d", "VỤ A", ""))
    plan, remarks = read(grid(HEAD, *rows))
    assert [a.lead for a in plan.areas[0].activities] == [("vu-a",)] * 4
    assert remarks["organisations/vu-a"] == [remark_texts.ALSO_WRITTEN.format(names="VỤ A; vụ a")]


def test_letters_of_an_old_encoding_anywhere_in_a_plan_are_refused() -> None:
    with pytest.raises(Failure) as found:
        read(grid(HEAD, ("1", "a", "Vụ A", ""), before=["KẾ HOẠCH ho¹ch §¸nh gi¸ c«ng t¸c"]))
    assert found.value.code == "annex-misread"
