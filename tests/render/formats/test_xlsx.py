"""Workbooks, read back with openpyxl: real days and numbers, texts that stay texts, sheets that can be used."""

import io
import zipfile

import pytest
from openpyxl import load_workbook

from plantrack.i18n.words import Words
from plantrack.model.plan import Text
from plantrack.render.formats import Page
from plantrack.render.formats.xlsx import render
from plantrack.render.layout.workbook import Book, Sheet, SheetColumn
from plantrack.render.views import list as tasks
from plantrack.render.views import weekly
from tests.support import factory
from tests.support.documents import BOOKS
from tests.support.factory_weekly import make_weekly
from tests.support.workbooks import one, opened

VI, EN = Words("vi"), Words("en")


def test_the_first_sheet_says_what_the_figures_are() -> None:
    about = opened(weekly.book(make_weekly(), VI)).worksheets[0]
    lines = [str(cell.value) for cell in about["A"]]
    assert about.title == "Thông tin"
    assert lines[0] == "Tổng hợp tiến độ tuần từ 15/07/2024 đến 21/07/2024 (tuần 29)"
    assert "SỐ LIỆU VÍ DỤ, không có thật" in lines
    assert any("tính đến hết ngày 21/07/2024" in line for line in lines)
    assert any(line.startswith("Nguồn số liệu: kế hoạch bản 2") for line in lines)


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


@pytest.mark.no_cover
@pytest.mark.parametrize("words", [VI, EN], ids=["vi", "en"])
@pytest.mark.parametrize("name", BOOKS)
def test_the_same_data_gives_the_same_bytes(name: str, words: Words) -> None:
    first, second = (b"".join(render(BOOKS[name](words), Page(words, 80, False))) for _ in range(2))
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml").decode()
    assert "creat" not in core
    assert "modified" not in core
    for place in load_workbook(io.BytesIO(first)).worksheets[1:]:
        headings = [cell.value for cell in place[1]]
        assert len(set(headings)) == len(headings), place.title


def test_made_up_data_is_labelled_on_every_page() -> None:
    for place in opened(BOOKS["list"](VI)).worksheets:
        assert "SỐ LIỆU VÍ DỤ" in (place.oddHeader.center.text or "")


def test_an_ampersand_in_a_title_is_no_code_of_a_header() -> None:
    task = factory.make_task(1, title=Text("A & B"))
    view = factory.make_list([task])
    read = opened(tasks.book(view, VI)._replace(title="R&D"))
    assert read.worksheets[1].oddHeader.center.text.endswith("R&&D")
