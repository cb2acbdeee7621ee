"""The column of money: amounts that leave no doubt, never converted."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.planfile.annex import remark_texts
from plantrack.planfile.annex.money_cells import read_money

CLEAR = {
    "8.744 triệu đồng": (8744, "triệu đồng"),
    "423.000 tỷ đồng": (423000, "tỷ đồng"),
    "8,5 tỷ": (8.5, "tỷ đồng"),
    "1.234.567,89 đồng": (1234567.89, "đồng"),
    "1 234 567 đồng": (1234567, "đồng"),
    "1,234,567đ": (1234567, "đồng"),
    "50 trđ": (50, "triệu đồng"),
    "50 Tr.đ": (50, "triệu đồng"),
    "500.000 VNĐ": (500000, "đồng"),
    "12 nghìn đồng": (12, "nghìn đồng"),
}


@pytest.mark.parametrize("text", CLEAR)
def test_an_amount_with_its_unit(text: str) -> None:
    money = read_money(text, None, None)
    assert money.budget == (text, *CLEAR[text], None)
    assert money.doubt is None


def test_the_unit_of_the_column() -> None:
    assert read_money("8.744", None, "triệu đồng").budget == ("8.744", 8744, "triệu đồng", None)
    assert read_money("2 tỷ", None, "triệu đồng").budget == ("2 tỷ", 2, "tỷ đồng", None)
    assert read_money("8744,5", Decimal("8744.5"), "triệu đồng").budget.amount == 8744.5


@pytest.mark.parametrize(
    "text", ["Theo dự toán", "100-200 triệu", "5 triệu đồng/tháng", "", "100%", "-5 triệu"]
)
def test_a_text_stays_a_text(text: str) -> None:
    assert read_money(text, None, "đồng") == ((text, None, None, None), None)


def test_doubts() -> None:
    assert read_money("8.744", None, None).doubt == remark_texts.to_fill(remark_texts.NO_UNIT)
    money = read_money("1.5 tỷ", None, None)
    assert money.budget.amount is None
    assert money.doubt is not None
    assert "1.5 tỷ" in money.doubt
    comma = read_money("19,451 tỷ đồng", None, None)
    assert comma.budget.amount == 19.451
    assert comma.doubt == remark_texts.DECIMAL_COMMA


@pytest.mark.parametrize("number", [*map(Decimal, ("nan", "inf", "1e300", "-1", "1e-9")), 10**15])
def test_numbers_that_a_plan_cannot_hold(number: int | Decimal) -> None:
    assert read_money("x", number, "đồng").budget == ("x", None, None, None)


@given(st.text("0123456789.,  đtrtỷiệuồng", max_size=20), st.none() | st.decimals() | st.integers())
def test_any_money(text: str, number: int | Decimal | None) -> None:
    budget = read_money(text, number, "đồng").budget
    assert budget.text == text
    assert budget.amount is None or 0 <= budget.amount < 10**15
    assert (budget.amount is None) == (budget.unit is None)
