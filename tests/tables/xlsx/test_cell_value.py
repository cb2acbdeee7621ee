"""Values of cells as a person sees them, with the number or day that they are."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.tables.xlsx.cell_value import CellValue, iso_value, number_value, text_value
from plantrack.tables.xlsx.styles import number_form


def value(raw: str, form: str = "General", since_1904: bool = False) -> CellValue:
    return number_value(raw, number_form(form), since_1904)


@pytest.mark.parametrize(
    ("raw", "form", "text", "number"),
    [
        ("1", "General", "1", 1),
        ("-0", "General", "0", 0),
        ("1.10", "General", "1,1", Decimal("1.1")),
        ("0.30000000000000004", "General", "0,3", Decimal("0.3")),
        ("2.9999999999999996", "General", "3", 3),
        ("8744.5", "#,##0.0", "8744,5", Decimal("8744.5")),
        ("1E-7", "General", "0,0000001", Decimal("1E-7")),
        ("1000000000000", "#,##0", "1000000000000", 10**12),
        ("1.5E+300", "General", "1,5e+300", Decimal("1.5E+300")),
        ("0.4", "0%", "40%", 40),
        ("0.125", "0.0%", "12,5%", Decimal("12.5")),
        ("0.07", "0.00%", "7%", 7),
        ("12.5", '0.0"%"', "12,5%", Decimal("12.5")),
        ("x", "General", "x", None),
        ("nan", "General", "nan", None),
        ("-1", "dd/mm/yyyy", "-1", -1),
        ("99999999", "dd/mm/yyyy", "99999999", 99999999),
    ],
)
def test_numbers(raw: str, form: str, text: str, number: int | Decimal | None) -> None:
    found = value(raw, form)
    assert (found.text, found.number, found.day) == (text, number, None)
    assert type(found.number) is type(number)


@pytest.mark.parametrize(
    ("raw", "form", "text", "day"),
    [
        ("45473", "dd/mm/yyyy", "30/06/2024", "2024-06-30"),
        ("45473.604", "dd/mm/yyyy hh:mm", "30/06/2024", "2024-06-30"),
        ("45444", "mm/yyyy", "06/2024", None),
        ("45444", '"Tháng" m/yyyy', "06/2024", None),
        ("45444", "mmmm", "06/2024", None),
        ("45444", "yyyy", "2024", None),
        ("45473", "d/m", "30/6", None),
        ("0.354166666666667", "h:mm", "08:30", None),
        ("45473.354166666666667", "h:mm AM/PM", "08:30", None),
        ("1.25", "[h]:mm", "30:00", None),
        ("45473.99999999", "dd/mm/yyyy", "01/07/2024", "2024-07-01"),
    ],
)
def test_a_day_is_one_only_where_its_format_shows_a_day(
    raw: str, form: str, text: str, day: str | None
) -> None:
    assert value(raw, form) == CellValue(text, None, day)


def test_days_before_and_after_the_leap_day_that_1900_did_not_have() -> None:
    assert [value(n, "dd/mm/yyyy").text for n in ("1", "59", "61")] == [
        "01/01/1900",
        "28/02/1900",
        "01/03/1900",
    ]
    assert value("44011", "dd/mm/yyyy", since_1904=True).text == "30/06/2024"


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_every_day_is_the_one_that_excel_means(day: date) -> None:
    serial = (day - date(1899, 12, 30)).days
    assert value(str(serial), "d/m/yyyy").day == day.isoformat()
    assert value(str(serial + 0.5), "d/m/yyyy h:mm").day == day.isoformat()


@given(st.integers(-(10**14), 10**14) | st.decimals(-(10**9), 10**9, places=4))
def test_a_number_is_exact(number: int | Decimal) -> None:
    found = value(repr(float(number)))
    assert found.number == number
    assert Decimal(found.text.replace(",", ".")) == number


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("một_x000D__x000A_hai_x0009_ba", "một\nhai ba"),
        ("_x005F_x000A_", "_x000A_"),
        ("_xD800_ _xZZZZ_", "_xD800_ _xZZZZ_"),
        ("tên_xã", "tên_xã"),
    ],
)
def test_escaped_characters(raw: str, text: str) -> None:
    assert text_value(raw) == CellValue(text)


def test_days_that_are_written_out() -> None:
    form = number_form("General")
    assert iso_value("2024-06-30", form) == CellValue("30/06/2024", None, "2024-06-30")
    assert iso_value("2024-06-30T14:30:00", number_form("mm/yyyy")) == CellValue("06/2024")
    assert iso_value("hôm nay", form) == CellValue("hôm nay")
