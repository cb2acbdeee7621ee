"""Texts of cells: one form, and what shows a wrong encoding."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.errors import Failure
from plantrack.model.text import nfc
from plantrack.tables.cell_text import LetterCheck, text_cell, tidy
from plantrack.tables.table_file import NO_CELL, Cell

TCVN3 = "KÕ ho¹ch phèi hîp c«ng t¸c n¨m 2024"
VNI = "Hoäi Lieân hieäp Phuï nöõ Vieät Nam"
MOJIBAKE = "Há»™i LiÃªn hiá»‡p"


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("  Việc  ", "Việc"),
        (unicodedata.normalize("NFD", "Tổ chức hội thảo"), "Tổ chức hội thảo"),
        ("một \r\n hai\u2028ba \t\n", "một\nhai\nba"),
        ("Hội\u00a0LHPN\u200b", "Hội LHPN"),
        ("hai  dấu cách", "hai  dấu cách"),
        ("ơ̆ ƀ H’Nhuên", "ơ̆ ƀ H’Nhuên"),
    ],
)
def test_a_text_has_one_form(raw: str, text: str) -> None:
    assert text_cell(raw) == Cell(text)


@given(st.text())
def test_tidying_twice_changes_nothing_more(raw: str) -> None:
    assert tidy(tidy(raw)) == tidy(raw)
    assert tidy(raw) == tidy(nfc(raw))


def test_nothing_is_no_cell() -> None:
    assert text_cell("") is text_cell(" \n\u200b") is NO_CELL


@pytest.mark.parametrize("wrong", [TCVN3, VNI, MOJIBAKE])
def test_wrong_letters_are_refused_by_the_word(wrong: str) -> None:
    with pytest.raises(Failure) as found:
        LetterCheck("x.csv", "Tờ").take(["1", "Việc tốt", *wrong.split()], 7)
    assert found.value.code == "table-misread-sheet"
    assert (found.value.params["sheet"], found.value.params["row"]) == ("Tờ", 7)
    assert str(found.value.params["word"]) in wrong.split()


def test_good_letters_are_not() -> None:
    letters = LetterCheck("x.csv", "")
    for row in range(100):
        letters.take(["Ủy ban Dân tộc", "Y Ƀiơ̆ Niê", "Ksor H’Nhuên", "50 m², 20 °C", "Señor Müller"], row)
        letters.take(["phần mềm Ví dụ® của Hội Liên hiệp Phụ nữ"], row)


def test_rows_that_are_too_short_to_be_sure_add_up() -> None:
    letters = LetterCheck("x.csv", "")
    with pytest.raises(Failure) as found:
        for row in range(1, 100):
            letters.take([str(row), "Hµ Néi", "Kh¸nh Hoµ"][: 2 + row % 2], row)
    assert isinstance(found.value.params["row"], int)
    assert found.value.params["row"] < 10
