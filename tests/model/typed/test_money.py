"""Money as people type it: whole đồng, or a refusal; what is printed is read as the same amount."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.errors import Failure
from plantrack.i18n.words import Words
from plantrack.model.typed.money import (
    LARGEST,
    UNITS,
    as_typed,
    in_dong,
    parse_money,
    read_number,
    unit_in_heading,
    unit_named,
)
from tests.support.steps import refused

MILLION = UNITS[2]
CLEAR = {
    "0": 0,
    "12": 12,
    "1200000": 1_200_000,
    "1.200.000": 1_200_000,
    "1,200,000": 1_200_000,
    "1 200 000": 1_200_000,
    "1\u00a0200\u00a0000 đồng": 1_200_000,
    "1.200.000 đ": 1_200_000,
    "1.200.000đ": 1_200_000,
    "1.200.000₫": 1_200_000,
    "₫1,200,000": 1_200_000,
    "VND 1,200,000": 1_200_000,
    "1.200.000 VNĐ": 1_200_000,
    "1.250": 1250,  # a quarter of a đồng is none
    "12tr": 12_000_000,
    "12 TR.": 12_000_000,
    "12 trđ": 12_000_000,
    "12 tr.đ": 12_000_000,
    "12 triệu": 12_000_000,
    "12 trie\u0323\u0302u": 12_000_000,  # NFD
    "12 trieu dong": 12_000_000,
    "12,5 triệu đồng": 12_500_000,
    "12.5 triệu đồng": 12_500_000,
    "12,50tr": 12_500_000,
    "1.200,5 triệu": 1_200_500_000,
    "1,200.5 million": 1_200_500_000,
    "1,2 tỷ": 1_200_000_000,
    "1,2 tỉ đồng": 1_200_000_000,
    "0,500 tỷ": 500_000_000,
    "1 tỷ 250 triệu": 1_250_000_000,
    "1 tỷ 250 triệu 500 nghìn đồng": 1_250_500_000,
    "2 nghìn tỷ": 2_000_000_000_000,
    "2500 tỷ": 2_500_000_000_000,
    "500000 triệu": 500_000_000_000,
    "500k": 500_000,
    "500 nghìn": 500_000,
    "500 ngàn đồng": 500_000,
    "12m": 12_000_000,
    "12 million VND": 12_000_000,
    "1.2bn": 1_200_000_000,
    str(LARGEST): LARGEST,
}


@pytest.mark.parametrize("text", CLEAR)
def test_an_amount_that_is_clear(text: str) -> None:
    assert parse_money(text) == CLEAR[text]


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("1.250 triệu", (1_250_000, 1_250_000_000)),
        ("8.744 triệu đồng", (8_744_000, 8_744_000_000)),
        ("19,451 tỷ", (19_451_000_000, 19_451_000_000_000)),
        ("1.200k", (1_200, 1_200_000)),
        ("12500000 triệu đồng", (12_500_000, 12_500_000_000_000)),
        ("12.500.000tr", (12_500_000, 12_500_000_000_000)),
        ("1000001 triệu", (1_000_001, 1_000_001_000_000)),
    ],
)
def test_what_can_be_read_in_two_ways_is_refused_with_both(text: str, amounts: tuple[int, ...]) -> None:
    with refused("money-two-ways") as failure:
        parse_money(text)
    assert failure.value.params["amounts"] == amounts


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "tr", "triệu 12", "-5tr", "- 5", "+5", "5 quả", "1..2", "1.2.3", "1,2,3", "12.34.567"),
        *(
            "1tr2",
            "1 tỷ 200",
            "1 tỷ 2 tỷ",
            "200 triệu 1 tỷ",
            "1 tỷ 1.500 triệu",
            "12 triệu/năm",
            "khoảng 12tr",
        ),
        *("100-200 triệu", "1e6", "٣tr", "12%", "NaN", "0x10", "9" * 80, "12\x00tr", "12 b"),
    ],
)
def test_no_amount(text: str) -> None:
    with refused("not-money"):
        parse_money(text)


@pytest.mark.parametrize("text", ["12,5", "0.5 đồng", "1,0005k", "0,0000000001 tỷ", "1.250,75"])
def test_an_amount_is_of_whole_dong(text: str) -> None:
    with refused("money-not-whole"):
        parse_money(text)


@pytest.mark.parametrize("text", [str(LARGEST + 1), "9300000000 tỷ", "9" * 40])
def test_64_bits_hold_an_amount(text: str) -> None:
    with refused("money-too-large"):
        parse_money(text)


@pytest.mark.parametrize(
    ("number", "amount"),
    [(Decimal("12.125"), 12_125_000), (1250, 1_250_000_000), (0, 0), (Decimal("0.5"), 500_000)],
)
def test_a_number_of_a_spreadsheet_is_in_no_doubt(number: Decimal | int, amount: int) -> None:
    assert parse_money(as_typed(number, MILLION)) == amount


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (12_500_000, "money-two-ways"),
        (-3, "not-money"),
        (Decimal("12.3456789"), "money-not-whole"),
        (LARGEST, "money-too-large"),
    ],
)
def test_a_number_of_a_spreadsheet_that_is_no_amount(number: Decimal | int, code: str) -> None:
    with refused(code):
        parse_money(as_typed(number, MILLION))


def test_every_unit_reads_its_own_name() -> None:
    for unit in UNITS:
        assert unit_named(unit.name) == unit
        assert unit_named(f"({unit.name.upper()})") == unit
    assert unit_named("VND million") == unit_named("triệu đồng")
    assert unit_named("USD") is None


def test_a_number_is_read_both_ways() -> None:
    assert read_number("8.744") == ("8744", "8.744")
    assert read_number("8,5") == ("8.5", None)
    assert read_number("0.125") == (None, "0.125")
    assert read_number("x") == (None, None)
    assert in_dong("8.5", UNITS[1]) == 8_500_000_000
    assert in_dong("8.5", UNITS[-1]) is None


AMOUNTS = st.integers(0, LARGEST)


@given(AMOUNTS, st.sampled_from(["vi", "en"]))
def test_what_is_printed_in_full_is_read_as_the_same_amount(amount: int, language: str) -> None:
    assert parse_money(Words(language).money(amount)) == amount


@given(st.integers(0, LARGEST // 10**5), st.sampled_from(["vi", "en"]), st.sampled_from(["triệu", "million"]))
def test_what_a_table_prints_is_read_as_the_same_amount_or_refused(
    tenths: int, language: str, unit: str
) -> None:
    """With one mark and no decimal, or with a million of the unit, there are two readings: never another amount."""
    amount = tenths * 10**5
    shown = Words(language).millions(amount)
    is_whole = "," not in shown[-2:] and "." not in shown[-2:]
    if is_whole and (shown.count(".") + shown.count(",") == 1 or amount > 10**12):
        with refused("money-two-ways"):
            parse_money(f"{shown} {unit}")
    else:
        assert parse_money(f"{shown} {unit}") == amount


@given(st.text("0123456789., đtrtỷiệuồngkmVND₫-", max_size=24))
def test_any_text_is_an_amount_or_refused(text: str) -> None:
    with suppress(Failure):
        assert 0 <= parse_money(text) <= LARGEST


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("Kinh phí (triệu đồng)", "triệu đồng"),
        ("Kinh phí\n(Tr.đ)", "triệu đồng"),
        ("Kinh phí (1.000 đồng)", "nghìn đồng"),
        ("(Đơn vị tính: tỷ đồng)", "tỷ đồng"),
        ("ĐVT: nghìn đồng", "nghìn đồng"),
        ("Dự toán (ĐVT: nghìn đồng)", "nghìn đồng"),
        ("Kinh phí - tỷ đồng", "tỷ đồng"),
        ("Kinh phí (dự kiến)", None),
        ("Kinh phí (nếu có)", None),
        ("Kinh phí", None),
    ],
)
def test_the_unit_in_a_heading(heading: str, unit: str | None) -> None:
    found = unit_in_heading(heading)
    assert (found and found.name) == unit
