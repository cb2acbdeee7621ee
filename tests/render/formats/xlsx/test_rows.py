"""Cells of a workbook, read back with openpyxl: real days and numbers, and texts that stay texts."""

import io
import zipfile
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.i18n.words import Words
from plantrack.render.formats import Page
from plantrack.render.formats.xlsx import render
from plantrack.render.layout.workbook import Book, Sheet, SheetColumn
from plantrack.render.views import weekly
from tests.support.factory_weekly import make_weekly
from tests.support.workbooks import one, opened, values

VI, EN = Words("vi"), Words("en")


def test_days_moments_numbers_and_shares_are_real() -> None:
    cell = one(("2024-07-21",), kind="day")["A2"]
    assert (cell.value, cell.number_format) == (datetime(2024, 7, 21), "dd/mm/yyyy")
    cell = one(("2024-07-21",), kind="day", words=EN)["A2"]
    assert (cell.is_date, cell.number_format) == (True, "[$-409]d mmm yyyy")
    cell = one(("2024-07-21T17:00:00.000Z",), kind="moment")["A2"]
    assert (cell.value, cell.number_format) == (datetime(2024, 7, 22), "dd/mm/yyyy hh:mm")
    assert values(one((3, -2, 1234), kind="number")) == [(3, -2, 1234)]
    cell = one((4 / 17,), kind="share")["A2"]
    assert (cell.value, cell.number_format) == (4 / 17, "0.0%")
    assert one((0.4,), kind="share")["A2"].number_format == "0%"
    assert one((1,), kind="change")["A2"].number_format == "+#,##0;-#,##0;0"
    assert one((12.5,), kind="number")["A2"].number_format == "#,##0.0##"


def test_a_day_that_excel_cannot_count_stays_a_text() -> None:
    assert values(one(("1900-01-15",), ("chưa rõ",), kind="day")) == [("1900-01-15",), ("chưa rõ",)]


@pytest.mark.parametrize(
    "text", ["=1+1", "=cmd|' /C calc'!A0", "+84 912", "- đã gửi", "@SUM(A1)", "012", "1/2"]
)
def test_texts_stay_texts(text: str) -> None:
    cell = one((text,))["A2"]
    assert (cell.value, cell.data_type) == (text, "s" if cell.data_type == "s" else "inlineStr")
    assert cell.data_type != "f"
    assert bool(cell.quotePrefix) == text.startswith(("=", "+", "-", "@"))


_TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=200
)


@given(st.lists(_TEXT, min_size=1, max_size=8))
def test_any_texts_come_back(texts: list[str]) -> None:
    read = values(one(*((text, "x") for text in texts)))
    for text, row in zip(texts, read, strict=True):
        expected = text.replace("_x", "_x005F_x") if "_x" in text else text
        assert row[1] == "x"
        assert row[0] in (text, expected, None if not text else text)


def test_what_xml_cannot_hold_is_shown() -> None:
    assert values(one(("a\x1b[31mb\x00\ud800",))) == [("a\\x1b[31mb\\x00\\ud800",)]


def test_characters_written_by_their_number_stay_as_they_are() -> None:
    book = Book("b", (), (Sheet("s", (SheetColumn("c"),), (("_x0041_ _xyz",),)),))
    data = b"".join(render(book, Page(VI, 80, False)))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert b"_x005F_x0041_ _xyz" in archive.read("xl/worksheets/sheet2.xml")


def test_a_text_longer_than_a_cell_holds_is_cut_and_says_so() -> None:
    ((text,),) = values(one(("x" * 40_000,)))
    assert len(text) == 32_767
    assert text.endswith("x…")


def test_every_value_of_a_book_stands_in_its_sheet() -> None:
    book = weekly.book(make_weekly(with_notes=True), VI)
    read = opened(book)
    for sheet, place in zip(book.sheets, read.worksheets[1:], strict=True):
        assert [len(row) for row in values(place)] == [len(sheet.columns)] * len(sheet.rows)
        for row, back in zip(sheet.rows, values(place), strict=True):
            for column, value, got in zip(sheet.columns, row, back, strict=True):
                if column.kind in ("day", "moment") and value is not None:
                    assert isinstance(got, datetime)
                else:
                    assert got == value


@given(st.lists(st.dates(date(1900, 3, 1), date(2199, 12, 31)), min_size=1, max_size=20))
def test_any_days_of_a_plan_are_those_days(days: list[date]) -> None:
    read = values(one(*((day.isoformat(),) for day in days), kind="day"))
    assert read == [(datetime(day.year, day.month, day.day),) for day in days]


@given(
    st.lists(st.none() | st.integers(-(10**9), 10**9) | st.text("ab\n", min_size=1), min_size=2, max_size=4)
)
def test_any_row_comes_back_with_its_gaps(row: list[int | str | None]) -> None:
    assert values(one(tuple(row), ("x",) * len(row)))[0] == tuple(row)
