"""What people write in cells: nothing in many ways, shares, lists, amounts, numbers of groups, sums."""

from decimal import Decimal

import pytest

from plantrack.model.importing.cell_values import (
    doubtful_percent,
    is_group_number,
    is_total,
    meant,
    money_text,
    number_text,
    parts_of_cell,
    percent_in_heading,
    sure_percent,
    without_number,
)


@pytest.mark.parametrize("text", ["-", "–", "x", "X", "…", "..."])
def test_an_office_means_nothing_by_it(text: str) -> None:
    assert meant("lead", text) == ""
    assert meant("title", text) == text


def test_no_is_nothing_where_there_is_nothing_to_say() -> None:
    assert meant("blocked", "Không có") == meant("proposal", "không") == ""
    assert meant("due", "không") == "không"
    assert meant("blocked", "Không có khó khăn, vướng mắc") == meant("proposal", "Chưa phát sinh") == ""
    assert meant("blocked", "Không có kinh phí") == "Không có kinh phí"


@pytest.mark.parametrize(
    ("text", "number", "in_percents", "typed"),
    [
        ("40%", Decimal(40), False, "40%"),  # as a spreadsheet shows it
        ("33,33%", Decimal("33.33"), False, "33%"),
        ("99,7%", Decimal("99.7"), False, "99%"),  # never all
        ("40 %", None, False, "40 %"),
        ("33,3%", None, False, "33,3%"),  # typed so: refused where it is read
        ("40", None, False, "40%"), ("40", 40, True, "40%"), ("0", 0, False, "0%"), ("120", 120, True, "120"),
        ("1", 1, True, "1%"), ("1", 1, False, "1"), ("0,5", Decimal("0.5"), True, "0,5"), ("1,5", None, False, "1,5"),
        ("nhiều", None, True, "nhiều"),
        ("-0,4", Decimal("-0.4"), False, "-0,4"),
        ("1E+30", Decimal("1e30"), False, "1E+30"),
    ],
)  # fmt: skip
def test_percentages_that_are_in_no_doubt_have_their_sign(
    text: str, number: int | Decimal | None, in_percents: bool, typed: str
) -> None:
    assert sure_percent(text, number, in_percents=in_percents) == typed


def test_a_number_up_to_one_may_be_a_part_of_it() -> None:
    assert doubtful_percent("1") == ("1%", "100%")
    assert doubtful_percent("0,5") == doubtful_percent("0.5") == ("0,5%", "50%")
    assert doubtful_percent("0,05") == ("0,05%", "5%")
    assert [doubtful_percent(text) for text in ("1%", "0%", "40", "1,5", "x", "")] == [None] * 6


def test_a_heading_says_that_it_is_in_percent() -> None:
    assert percent_in_heading("Tiến độ (%)") and percent_in_heading("Tỷ lệ phần trăm")
    assert not percent_in_heading("Tiến độ")


def test_a_number_of_a_spreadsheet_is_in_no_doubt() -> None:
    assert number_text("1.234", Decimal("1.234")) == "1.2340"
    assert number_text("1.234", None) == "1.234"
    assert number_text("7", 7) == "7"


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
