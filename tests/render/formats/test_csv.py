"""CSV: Excel opens it by a double click, programs read it, and nothing in it is ever a formula."""

import csv
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.i18n.words import Words
from plantrack.model.plan import Text
from plantrack.render.formats import Page, file_of
from plantrack.render.formats.csv import render, safe
from plantrack.render.layout.workbook import Book, Sheet, SheetColumn
from plantrack.render.views import list as tasks
from plantrack.render.views import person
from tests.support import factory
from tests.support.documents import BOOKS

VI, EN = Words("vi"), Words("en")
SEPARATORS = {"vi": ";", "en": ","}


def read(data: str | bytes, words: Words = VI) -> list[list[str]]:
    """Read a file as a program does: what is quoted is one cell, whatever is in it."""
    text = data.decode("utf-8-sig") if isinstance(data, bytes) else data.removeprefix("\ufeff")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=SEPARATORS[words.language], strict=True))


def written(*rows: tuple[Any, ...], kind: Any = "text", words: Words = VI, **more: Any) -> list[list[str]]:
    columns = tuple(SheetColumn(f"c{i}", kind) for i in range(len(rows[0])))
    book = Book("", (), (Sheet("", columns, rows),), **more)
    return read("".join(render(book, Page(words, 80, False))), words)[1:]


@pytest.mark.parametrize("words", [VI, EN], ids=["vi", "en"])
def test_excel_and_programs_read_it(words: Words) -> None:
    data = file_of(tasks.book(factory.make_list(), words), "csv", words, width=80, colour=False)
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.endswith(b"\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    head, *rows = read(data, words)
    assert len(rows) == len(factory.make_list().tasks)
    assert {len(row) for row in rows} == {len(head)}
    assert len(set(head)) == len(head)
    overdue = dict(zip(head, rows[0], strict=True))
    named = {"vi": ("Số", "Thời hạn", "Số ngày quá hạn"), "en": ("No.", "Deadline", "Days late")}
    assert [overdue[name] for name in named[words.language]] == ["9", "2024-06-30", "21"]


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+84 912", "-3", "@SUM(A1)", "- đã gửi tài liệu", "\tx", "\rx", " =1", "＝1", "'=1", "''-x"],
)
def test_what_looks_like_a_formula_is_a_text(text: str) -> None:
    assert safe(text) == "'" + text
    assert written((text,)) == [["'" + text]]


@pytest.mark.parametrize(
    "text", ["đã gửi - chờ", "1-2", "'nháy", "a=b", "", "số 3; 4, 5", 'nói "được"', "hai\ndòng"]
)
def test_other_texts_stay_as_they_are(text: str) -> None:
    for words in (VI, EN):
        assert written((text, "x"), words=words) == [[text, "x"]]


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n\0")))
def test_one_apostrophe_less_is_the_text_again(text: str) -> None:
    ((cell,),) = written((text,)) or [[""]]
    assert cell in (text, "'" + text)
    again = cell[1:] if cell != text else cell
    assert again == text
    # A reader can tell: what is safe with its apostrophe was not safe without it.
    assert (cell != text) == (safe(cell.removeprefix("'")) != cell.removeprefix("'"))


def test_numbers_are_numbers_in_the_language_of_the_file() -> None:
    row = (-3, 12.5, 1234567)
    assert written(row, kind="number") == [["-3", "12,5", "1234567"]]
    assert written(row, kind="number", words=EN) == [["-3", "12.5", "1234567"]]
    assert written((1, -1, 0), kind="change") == [["1", "-1", "0"]]


def test_shares_are_rounded_as_documents_round_them() -> None:
    for done, of in ((4, 17), (3, 80), (1, 16), (1, 3), (17, 17), (1, 8)):
        whole = VI.percent(done, of).replace(",0%", "%")
        assert written((done / of,), kind="share") == [[whole]]
    assert written((0.235,), kind="share", words=EN) == [["23.5%"]]


def test_moments_are_by_the_clock_of_the_plan() -> None:
    moment = "2024-07-21T17:00:30.999Z"
    assert written((moment,), kind="moment") == [["2024-07-22 00:00:30"]]
    assert written((moment,), kind="moment", timezone="UTC") == [["2024-07-21 17:00:30"]]


def test_made_up_data_is_labelled_in_every_row() -> None:
    rows = read(file_of(person.book(factory.make_person(), VI), "csv", VI, width=80, colour=False))
    assert {row[-1] for row in rows[1:]} == {"SỐ LIỆU VÍ DỤ, không có thật"}
    real = factory.make_person()._replace(heading=factory.make_heading(is_example=False))
    assert read("".join(render(person.book(real, VI), Page(VI, 80, False))))[0][-1] == "Thôi công tác từ"


def test_a_title_with_anything_in_it_is_one_cell() -> None:
    title = '=HYPERLINK("http://x";"y")\r;,"a"'
    task = factory.make_task(1, title=Text(title))
    for words in (VI, EN):
        text = "".join(render(tasks.book(factory.make_list([task]), words), Page(words, 80, False)))
        rows = read(text, words)
        assert ["'" + title] == [cell for cell in rows[1] if "HYPERLINK" in cell]


@pytest.mark.parametrize("words", [VI, EN], ids=["vi", "en"])
@pytest.mark.parametrize("name", BOOKS)
def test_the_same_data_gives_the_same_bytes(name: str, words: Words) -> None:
    first, second = ("".join(render(BOOKS[name](words), Page(words, 80, False))) for _ in range(2))
    assert first == second
    rows = read(first, words)
    assert len({len(row) for row in rows}) == 1
    assert len(set(rows[0])) == len(rows[0])
    assert not {"None", "True", "False"} & {cell for row in rows for cell in row}
