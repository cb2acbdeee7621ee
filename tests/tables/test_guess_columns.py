"""Columns guessed from headings, as offices write them."""

import random
import unicodedata
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from plantrack.model.text import fold
from plantrack.tables.guess_columns import Doubt, Guess, guess_columns, repeats_headings
from plantrack.tables.open_table import open_table
from plantrack.tables.table_file import SheetRow, TableSheet
from tests.support.table_files import sheet_of, written

NAMES: Final = {
    "title": ("Nội dung", "Nhiệm vụ", "Nội dung công việc", "Task"),
    "lead": ("Chủ trì", "Đơn vị chủ trì", "Lead"),
    "coordinating": ("Phối hợp", "Đơn vị phối hợp"),
    "org": ("Đơn vị",),
    "due": ("Thời hạn", "Hạn", "Due date"),
    "start": ("Ngày bắt đầu", "Thời gian bắt đầu"),
    "budget": ("Kinh phí",),
    "percent": ("Tiến độ", "% hoàn thành"),
    "note": ("Ghi chú", "Note"),
}


def guessed(*rows: tuple[str, ...]) -> Guess:
    return guess_columns(sheet_of(*rows), NAMES)


def fields(*headings: str) -> list[str | None]:
    found = guessed(headings, ("x",) * len(headings))
    return [found.columns.get(n) for n in range(len(headings))]


def test_headings_in_both_languages_with_what_is_not_known() -> None:
    found = guessed(("TT", "Nội dung", "Due date", "Mã số dự án"), ("1", "Việc", "15/8", "x"))
    assert found == Guess(
        (1, 1), {1: "title", 2: "due"}, {0: "TT", 1: "Nội dung", 2: "Due date", 3: "Mã số dự án"}
    )


@pytest.mark.parametrize(
    "heading",
    [
        *(
            "NỘI DUNG",
            "noi dung",
            "  Nội  dung: ",
            "Nội\ndung",
            "Nội dung (ghi rõ)",
            "1. Nội dung",
            "Nội-dung",
        ),
        *(unicodedata.normalize("NFD", "Nội dung"), "Nội dung công việc", "Nội dung thực hiện"),
    ],
)
def test_a_heading_however_it_is_written(heading: str) -> None:
    assert fields("TT", heading) == [None, "title"]


def test_the_longest_name_that_fits_wins() -> None:
    assert fields("Đơn vị", "Đơn vị chủ trì", "Đơn vị phối hợp") == ["org", "lead", "coordinating"]
    assert fields("Đơn vị chủ trì (cấp tỉnh)", "Các đơn vị phối hợp thực hiện") == ["lead", "coordinating"]
    assert fields("TT", "% hoàn thành", "Tổng kinh phí (triệu đồng)") == [None, "percent", "budget"]
    assert fields("Kinh phí (triệu đồng)", "Tiến độ (%)") == ["budget", "percent"]


def test_a_single_word_says_little_inside_others() -> None:
    assert fields("TT", "Giới hạn", "Hạn nộp") == [None, None, "due"]


def test_two_headings_that_fit_one_field_are_said() -> None:
    found = guessed(("Nội dung", "Thời hạn", "Hạn", "Ghi chú"), ("a", "b", "c", "d"))
    assert found.columns == {0: "title", 3: "note"}
    assert found.doubtful == (Doubt(("due",), (1, 2)),)
    # One that says just that is meant before one that says more.
    assert fields("Nội dung", "Nội dung khác", "Hạn") == ["title", None, "due"]
    found = guess_columns(
        sheet_of(("Ngày", "Việc")), {"due": ("Ngày",), "start": ("ngày",), "title": ("Việc",)}
    )
    assert (found.columns, found.doubtful) == ({1: "title"}, (Doubt(("due", "start"), (0,)),))


def test_titles_above_and_numbers_of_columns_below() -> None:
    titles = (
        ("HỘI LHPN TỈNH VÍ DỤ",),
        (),
        ("BẢNG NỘI DUNG, THỜI HẠN NHIỆM VỤ",),
        ("", "", "Đơn vị: triệu đồng"),
    )
    head = ("TT", "Nội dung", "Thời hạn")
    data = ("1", "Nội dung việc một, hạn ngày 1/2", "15/8")
    for numbers in ((), ("(1)", "(2)", "(3)")), (("A", "B", "1"),)[:1]:
        rows = [row for row in numbers if row] if isinstance(numbers[0], tuple) else [numbers]
        found = guessed(*titles, head, *rows, data)
        assert found.header_rows == (5, 5 + len(rows))
        assert found.columns == {1: "title", 2: "due"}
    assert guessed(*titles, head, ("1", "2", "4"), data).header_rows == (5, 5)
    assert guessed(*titles, head, ("1",), data).header_rows == (5, 5)


def two_row_headings(folder: Path, title: bool) -> TableSheet:
    book = Workbook()
    sheet: Any = book.active
    if title:
        sheet["A1"] = "CHƯƠNG TRÌNH CÔNG TÁC"
        sheet.merge_cells("A1:E1")
    for place, text in {
        "A2": "TT",
        "B2": "Nội dung",
        "C2": "Thời gian",
        "E2": "Kinh phí",
        "C3": "Bắt đầu",
        "D3": "Hạn",
    }.items():
        sheet[place] = text
    for area in ("A2:A3", "B2:B3", "C2:D2", "E2:E3"):
        sheet.merge_cells(area)
    sheet.append([1, "Việc", "1/2", "15/8", 5])
    book.save(folder / "x.xlsx")
    return open_table(folder / "x.xlsx").sheets[0]


@pytest.mark.parametrize("title", [True, False])
def test_merged_headings_of_two_rows(title: bool, tmp_path: Path) -> None:
    found = guess_columns(two_row_headings(tmp_path, title), NAMES)
    assert found.header_rows == (2, 3)
    assert found.columns == {1: "title", 2: "start", 3: "due", 4: "budget"}
    assert found.headings[2] == "Thời gian – Bắt đầu"


def test_headings_of_two_rows_without_merged_cells() -> None:
    found = guessed(
        ("TT", "Nội dung", "Thời gian", "", "Kinh phí"),
        ("", "", "Bắt đầu", "Hạn", ""),
        ("1", "a", "b", "c", "d"),
    )
    assert found.header_rows == (1, 2)
    assert found.columns == {1: "title", 2: "start", 3: "due", 4: "budget"}


def test_headings_that_come_again_on_each_page() -> None:
    head = ("TT", "Nội dung", "Thời gian", "")
    sheet = sheet_of(
        head, ("", "", "Bắt đầu", "Hạn"), ("1", "Nội dung", "x", "y"), head, ("(1)", "(2)", "(3)", "(4)")
    )
    found = guess_columns(sheet, NAMES)
    assert found.header_rows == (1, 2)
    again = [repeats_headings(row, found) for row in sheet.rows() if row.number > 2]
    assert again == [False, True, True]
    assert not repeats_headings(SheetRow(9, ()), found)


def test_rows_are_no_headings_for_what_their_texts_say() -> None:
    found = guessed(("Nội dung", "Ghi chú", ""), ("Nhiệm vụ", "Hạn", "x"), ("Task", "Note", "y"))
    assert found.header_rows == (1, 1)


def test_where_nothing_is_known_the_headings_are_there_to_be_mapped() -> None:
    assert guessed(("Cột một",), ("Cột a", "Cột b"), ("1", "2")) == Guess(
        (2, 2), {}, {0: "Cột a", 1: "Cột b"}
    )
    assert guessed() == Guess((0, 0), {}, {})
    assert guessed(("Nội dung",), ("Việc",)).columns == {0: "title"}
    assert guess_columns(sheet_of(("TT", "x")), {}) == Guess((1, 1), {}, {0: "TT", 1: "x"})


def test_the_keys_of_json_are_headings(tmp_path: Path) -> None:
    sheet = open_table(written(tmp_path, '{"task": "a", "lead": "b"}')).sheets[0]
    assert guess_columns(sheet, NAMES).columns == {0: "title", 1: "lead"}


EACH: Final = {field: names[0] for field, names in NAMES.items()}


@given(
    st.permutations(sorted(EACH)),
    st.sampled_from((str, str.upper, fold, lambda s: unicodedata.normalize("NFD", s))),
    st.randoms(),
)
def test_order_case_and_tones_make_no_difference(order: list[str], form: Any, chance: random.Random) -> None:
    kept = order[: chance.randint(2, len(order))]
    found = guessed(
        *[("",)] * chance.randint(0, 3), tuple(form(EACH[field]) for field in kept), ("x",) * len(kept)
    )
    assert found.columns == dict(enumerate(kept))
    assert found.doubtful == ()


@given(
    st.lists(
        st.lists(st.sampled_from(("", "Hạn", "Nội dung", "1", "x", "Thời hạn hạn")), max_size=4), max_size=6
    )
)
def test_any_rows_have_a_guess_that_holds_together(rows: list[list[str]]) -> None:
    found = guessed(*map(tuple, rows))
    doubted = {c for doubt in found.doubtful for c in doubt.columns}
    assert set(found.columns) | doubted <= set(found.headings)
    assert not set(found.columns) & doubted
    assert len(set(found.columns.values())) == len(found.columns)
