"""What people write in cells: nothing in many ways, shares, lists, amounts, numbers of groups, sums."""

from decimal import Decimal

import pytest

from plantrack.model.importing.cell_values import (
    is_group_number,
    is_share,
    is_total,
    meant,
    money_text,
    number_text,
    parts_of_cell,
    percent_text,
    unit_in_heading,
    without_number,
)


@pytest.mark.parametrize("text", ["-", "–", "x", "X", "…", "..."])
def test_an_office_means_nothing_by_it(text: str) -> None:
    assert meant("lead", text) == ""
    assert meant("title", text) == text


def test_no_is_nothing_where_there_is_nothing_to_say() -> None:
    assert meant("blocked", "Không có") == meant("proposal", "không") == ""
    assert meant("due", "không") == "không"
    assert meant("blocked", "Không có kinh phí") == "Không có kinh phí"


@pytest.mark.parametrize(
    ("text", "number", "shares", "typed"),
    [
        ("40%", Decimal(40), False, "40"),
        ("40", None, False, "40"),
        ("0,4", None, False, "40"),
        ("0.4", Decimal("0.4"), False, "40"),
        ("1", 1, True, "100"),
        ("1", 1, False, "1"),
        ("1%", 1, True, "1"),
        ("0", 0, True, "0"),
        ("33.33%", Decimal("33.33"), False, "33"),
        ("99,7", None, False, "99"),
        ("120", 120, True, "120"),
        ("nhiều", None, True, "nhiều"),
        ("-0,4", Decimal("-0.4"), False, "-0,4"),
        ("1E+30", Decimal("1e30"), False, "1E+30"),
    ],
)
def test_percentages_are_whole(text: str, number: int | Decimal | None, shares: bool, typed: str) -> None:
    assert percent_text(text, number, lambda: shares) == typed


def test_a_part_of_one_is_a_share() -> None:
    assert is_share("0,5", None)
    assert is_share("0.5", Decimal("0.5"))
    assert not (
        is_share("1", 1) or is_share("0", 0) or is_share("0.5%", Decimal("0.5")) or is_share("x", None)
    )


def test_a_number_of_a_spreadsheet_is_in_no_doubt() -> None:
    assert number_text("1.234", Decimal("1.234")) == "1.2340"
    assert number_text("1.234", None) == "1.234"
    assert number_text("7", 7) == "7"


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("Kinh phí (triệu đồng)", "triệu đồng"),
        ("Dự toán (ĐVT: nghìn đồng)", "nghìn đồng"),
        ("Kinh phí - tỷ đồng", "tỷ đồng"),
        ("Kinh phí", ""),
        ("Kinh phí (dự kiến)", ""),
    ],
)
def test_the_unit_of_money_stands_in_the_heading(heading: str, unit: str) -> None:
    assert unit_in_heading(heading) == unit


def test_an_amount_takes_the_unit_of_its_heading_unless_it_has_one() -> None:
    assert money_text("12,5", None, "triệu đồng") == "12500000 đồng"
    assert money_text("1.250", None, "triệu đồng") == "1.250 triệu đồng"  # of which nobody knows
    assert money_text("12.5", Decimal("12.5"), "triệu đồng") == "12500000 đồng"
    assert money_text("3 tỷ", None, "triệu đồng") == "3 tỷ"


def test_names_in_a_cell() -> None:
    assert parts_of_cell("A, B; C\n- D") == ("A", "B", "C", "D")
    assert parts_of_cell("") == ()


def test_sums_and_groups() -> None:
    assert all(map(is_total, ["Tổng cộng", "TỔNG SỐ:", "Cộng", "Total"]))
    assert not is_total("Cộng tác viên dân số")
    assert all(map(is_group_number, ["I", "IV.", "A", "B)"]))
    assert not any(map(is_group_number, ["1", "1.1", "Việc"]))


@pytest.mark.parametrize(
    "title", ["I. Tuyên truyền", "1.2. Tuyên truyền", "Nội dung 1: Tuyên truyền", "Tuyên truyền"]
)
def test_a_title_without_its_number(title: str) -> None:
    assert without_number(title) == "Tuyên truyền"
