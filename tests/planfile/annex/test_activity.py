"""A line of an annex as an activity: what its cells, the line above and its heading say."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.model.plan import Activity
from plantrack.planfile.annex import remark_texts
from plantrack.planfile.annex.activity import one_line
from plantrack.planfile.annex.grid import clean
from tests.support.annex_grids import HEAD, grid, read, shape


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


def test_a_signature_is_no_lead() -> None:
    assert shape(("1", "a", "Thủ trưởng đơn vị", "Quý I")) == {"Các hoạt động": ["a"]}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("một\nhai", "một hai"),
        ("Một\n- hai\n- ba", "Một; - hai; - ba"),
        ("Một:\n- hai", "Một: - hai"),
        ("Một,\nHai", "Một, Hai"),
        ("1. Một\n2. Hai", "1. Một; 2. Hai"),
        ("", ""),
    ],
)
def test_several_lines_as_one(text: str, line: str) -> None:
    assert one_line(text) == line


@given(st.text(), st.sampled_from((" ", "; ")))
def test_one_line_has_every_part_and_no_other_line(raw: str, between: str) -> None:
    text = clean(raw)
    line = one_line(text, between)
    assert "\n" not in line
    assert all(part in line for part in text.split("\n"))
    assert one_line(line, between) == line


def one(
    *cells: str, head: Sequence[str] = HEAD, above: Sequence[str] = ()
) -> tuple[Activity, dict[str, Sequence[str]]]:
    """Return the activity of the last row, and the remarks on it by key."""
    rows = [row for row in (above, cells) if row]
    plan, remarks = read(grid(head, *rows))
    activity = plan.areas[-1].activities[-1]
    path = f"areas/{plan.areas[-1].code}/activities/{activity.code}"
    own = {key.removeprefix(path).strip("/"): texts for key, texts in remarks.items() if key.startswith(path)}
    return activity, own


def test_as_above_is_what_the_line_above_has() -> None:
    activity, remarks = one("2", "b", "nt", "Như trên", above=("1", "a", "Vụ A", "Quý II"))
    assert (activity.lead, activity.time, activity.due) == (("vu-a",), "Quý II", "2024-Q2")
    assert remark_texts.AS_ABOVE.format(text="nt", role="Đơn vị chủ trì") in remarks[""]
    assert remark_texts.AS_ABOVE.format(text="Như trên", role="Thời gian") in remarks[""]


def test_the_first_line_has_nothing_above_it() -> None:
    activity, _ = one("1", "a", "nt", "nt")
    assert (activity.lead, activity.due) == ((), None)
    assert activity.time == "nt"


def test_time_that_is_not_understood_is_kept_and_to_be_filled_in() -> None:
    activity, remarks = one("1", "a", "Vụ A", "Khi có\nyêu cầu")
    assert (activity.time, activity.due, activity.start, activity.ongoing) == (
        "Khi có yêu cầu",
        None,
        None,
        False,
    )
    assert remarks["due"] == [remark_texts.to_fill(remark_texts.NOT_UNDERSTOOD.format(text="Khi có yêu cầu"))]


def test_a_start_that_is_after_the_end_is_left_out() -> None:
    head = ("TT", "Nội dung", "Bắt đầu", "Kết thúc")
    activity, remarks = one("1", "a", "Tháng 7", "Tháng 3", head=head)
    assert (activity.start, activity.due, activity.time) == (None, "2024-03", "Tháng 7 – Tháng 3")
    assert remarks["start"] == [remark_texts.to_fill(remark_texts.START_AFTER_DUE)]
    activity, remarks = one("1", "a", "sớm", "Tháng 3", head=head)
    assert activity.start is None
    assert remarks["start"] == [remark_texts.to_fill(remark_texts.START_NOT_UNDERSTOOD.format(text="sớm"))]


def test_who_leads_and_who_takes_part_in_one_column() -> None:
    head = ("TT", "Nội dung", "Chủ trì, phối hợp", "Thời gian")
    activity, _ = one("1", "a", "Chủ trì: Vụ A\nPhối hợp: Vụ B", "", head=head)
    assert (activity.lead, activity.coordinating) == (("vu-a",), ("vu-b",))
    activity, _ = one("1", "a", "Vụ A", "", head=head)
    assert (activity.lead, activity.coordinating) == (("vu-a",), ())
    activity, remarks = one("1", "a", "Vụ A, Vụ B", "", head=head)
    assert (activity.lead, activity.coordinating) == ((), ())
    assert activity.note == "Đơn vị chủ trì, phối hợp: Vụ A, Vụ B"
    assert remarks["lead"] == [remark_texts.to_fill(remark_texts.PARTIES_UNCLEAR)]


def test_what_names_nobody_goes_to_the_note() -> None:
    activity, remarks = one(
        "1", "a", "Vụ A", "Các đơn vị liên quan", head=("TT", "Nội dung", "Chủ trì", "Phối hợp")
    )
    assert activity.note == "Đơn vị phối hợp: Các đơn vị liên quan"
    assert remarks["coordinating"] == [remark_texts.VAGUE.format(text="Các đơn vị liên quan")]


def test_money_with_its_source_and_money_that_stands_in_the_column_of_sources() -> None:
    head = ("TT", "Nội dung", "Chủ trì", "Kinh phí (triệu đồng)", "Nguồn kinh phí")
    activity, _ = one("1", "a", "Vụ A", "1.500", "Ngân sách\nXã hội hóa", head=head)
    assert activity.budget == ("1.500", 1500, "triệu đồng", "Ngân sách; Xã hội hóa")
    activity, _ = one("1", "a", "Vụ A", "", "5 tỷ đồng", head=head)
    assert activity.budget == ("5 tỷ đồng", 5, "tỷ đồng", None)
    activity, _ = one("1", "a", "Vụ A", "", "Ngân sách", head=head)
    assert activity.budget == (None, None, None, "Ngân sách")


def test_columns_that_a_plan_has_no_key_for_go_to_the_note() -> None:
    activity, _ = one(
        "1", "a", "Vụ A", "Ví dụ", "Xem sau", head=("TT", "Nội dung", "Chủ trì", "Người theo dõi", "Ghi chú")
    )
    assert activity.note == "Xem sau\nNgười theo dõi: Ví dụ"


def test_a_line_without_title_is_marked() -> None:
    activity, remarks = one("1", "", "Vụ A", "Quý I")
    assert activity.title.vi == remark_texts.ACTIVITY_TITLE
    assert remarks["title"] == [remark_texts.to_fill(remark_texts.ACTIVITY_TITLE_MISSING)]


def test_a_formula_without_value_is_to_be_filled_in() -> None:
    made = grid((*HEAD, "Kinh phí (đồng)"), ("1", "a", "Vụ A", "", "=A1*2"))
    cell = made.rows[1].cells[4]
    assert cell is not None
    cell.formula = True
    _, remarks = read(made)
    assert (
        remark_texts.to_fill(f"kinh phí: {remark_texts.NO_RESULT}") in remarks["areas/ND1/activities/ND1.1"]
    )
