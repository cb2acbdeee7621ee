"""Workbooks, read back with openpyxl: real days and numbers, texts that stay texts, sheets that can be used."""

import io
import zipfile
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from plantrack.i18n.words import Words
from plantrack.model.plan import Text
from plantrack.render.formats import Page
from plantrack.render.formats.xlsx import render
from plantrack.render.layout.workbook import Book, Sheet, SheetColumn
from plantrack.render.views import list as tasks
from plantrack.render.views import weekly
from tests.render.formats.test_csv import BOOKS
from tests.support import factory
from tests.support.factory_weekly import make_weekly

VI, EN = Words("vi"), Words("en")


def opened(book: Book, words: Words = VI) -> Any:
    return load_workbook(io.BytesIO(render(book, Page(words, 80, False))))


def one(*rows: tuple[Any, ...], kind: Any = "text", words: Words = VI, **more: Any) -> Any:
    """Return the sheet of a book of one."""
    columns = tuple(SheetColumn(f"c{i}", kind, 30) for i in range(len(rows[0])))
    return opened(Book("b", (), (Sheet("Tờ", columns, rows, **more),)), words).worksheets[1]


def values(place: Any) -> list[tuple[Any, ...]]:
    return list(place.iter_rows(min_row=2, values_only=True))


def test_the_first_sheet_says_what_the_figures_are() -> None:
    about = opened(weekly.book(make_weekly(), VI)).worksheets[0]
    lines = [str(cell.value) for cell in about["A"]]
    assert about.title == "Thông tin"
    assert lines[0] == "Tổng hợp tiến độ tuần từ 15/07/2024 đến 21/07/2024 (tuần 29)"
    assert "SỐ LIỆU VÍ DỤ, không có thật" in lines
    assert any("tính đến hết ngày 21/07/2024" in line for line in lines)
    assert any(line.startswith("Nguồn số liệu: kế hoạch bản 2") for line in lines)


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


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=200)
)
def test_any_text_comes_back(text: str) -> None:
    expected = text.replace("_x", "_x005F_x") if "_x" in text else text
    (row,) = values(one((text, "x")))
    assert row[1] == "x"
    assert row[0] in (text, expected, None if not text else text)


def test_what_xml_cannot_hold_is_shown() -> None:
    assert values(one(("a\x1b[31mb\x00\ud800",))) == [("a\\x1b[31mb\\x00\\ud800",)]


def test_characters_written_by_their_number_stay_as_they_are() -> None:
    data = render(
        Book("b", (), (Sheet("s", (SheetColumn("c"),), (("_x0041_ _xyz",),)),)), Page(VI, 80, False)
    )
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert b"_x005F_x0041_ _xyz" in archive.read("xl/worksheets/sheet2.xml")


def test_a_text_longer_than_a_cell_holds_is_cut_and_says_so() -> None:
    ((text,),) = values(one(("x" * 40_000,)))
    assert len(text) == 32_767
    assert text.endswith("x…")


def test_headings_stay_and_filter_and_the_total_is_apart() -> None:
    place = one((1,), (2,), (3,), kind="number", has_total=True)
    assert place.freeze_panes == "A2"
    assert place.auto_filter.ref == "A1:A3"
    assert place["A1"].font.b
    assert (place["A3"].font.b, place["A4"].font.b) == (False, True)
    assert place.print_title_rows == "$1:$1"
    assert place.page_setup.paperSize == 9


def test_a_sheet_without_rows_has_its_headings() -> None:
    book = opened(Book("b", (), (Sheet("s", (SheetColumn("Số"), SheetColumn("Tên")), ()),)))
    assert [cell.value for cell in book.worksheets[1][1]] == ["Số", "Tên"]


def test_names_of_sheets_are_what_excel_takes() -> None:
    titles = ("a/b:c*[d]?\\e", "x" * 40, "x" * 40, "History", "'đ'", "", "X" * 31)
    sheets = tuple(Sheet(title, (SheetColumn("c"),), ()) for title in titles)
    names = opened(Book("b", (), sheets)).sheetnames[1:]
    assert len({name.casefold() for name in names}) == len(names)
    for name in names:
        assert 0 < len(name) <= 31
        assert not set(name) & set("[]:*?/\\")
        assert name.casefold() != "history"
        assert name.strip("'") == name


@pytest.mark.parametrize("words", [VI, EN], ids=["vi", "en"])
@pytest.mark.parametrize("name", BOOKS)
def test_the_same_data_gives_the_same_bytes(name: str, words: Words) -> None:
    first, second = (render(BOOKS[name](words), Page(words, 80, False)) for _ in range(2))
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml").decode()
    assert "creat" not in core
    assert "modified" not in core
    for place in load_workbook(io.BytesIO(first)).worksheets[1:]:
        headings = [cell.value for cell in place[1]]
        assert len(set(headings)) == len(headings), place.title


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


def test_made_up_data_is_labelled_on_every_page() -> None:
    for place in opened(BOOKS["list"](VI)).worksheets:
        assert "SỐ LIỆU VÍ DỤ" in (place.oddHeader.center.text or "")


def test_an_ampersand_in_a_title_is_no_code_of_a_header() -> None:
    task = factory.make_task(1, title=Text("A & B"))
    view = factory.make_list([task])
    read = opened(tasks.book(view, VI)._replace(title="R&D"))
    assert read.worksheets[1].oddHeader.center.text.endswith("R&&D")
