"""Cells and rows, whatever file they come from."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.planfile.annex.grid import Grid, GridCell, GridRow, cell_text, clean


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("  a\u00a0 b\t c ", "a b c"),
        ("a\r\n\r\nb\vc", "a\nb\nc"),
        ("Vie\u0302\u0323t\u200b N\u00adam\x07", "Việt Nam"),
        ("{{x}} {{{y", "{ {x}} { { {y"),
        ("\ufffd\ufeff", "?"),
        ("\n \n", ""),
    ],
)
def test_cleaning(raw: str, text: str) -> None:
    assert clean(raw) == text
    assert clean(text) == text


@given(st.text() | st.text("{}\t\r\n\u200b\u0301a\ufffd \xa0"))
def test_what_is_clean_stays_and_hides_nothing(raw: str) -> None:
    text = clean(raw)
    assert clean(text) == text
    assert unicodedata.is_normalized("NFC", text)
    assert "{{" not in text
    lines = text.split("\n") if text else []
    assert all(line and line == " ".join(line.split()) for line in lines)
    assert all(unicodedata.category(c) not in ("Cc", "Cf", "Cs") for line in lines for c in line)


def test_the_cells_of_a_row_once_each_and_those_that_begin_in_it() -> None:
    wide, above, empty = GridCell("rộng", 1, 0, width=2), GridCell("trên", 0, 2, height=2), GridCell("", 1, 3)
    row = GridRow("bảng 1, dòng 2", 1, [wide, wide, above, empty, None])
    assert row.distinct() == [wide, above]
    assert row.own() == [wide]
    assert cell_text([GridCell("a\nb", 0, 0), GridCell("c", 0, 1)]) == "a / b | c"


def test_a_table_is_as_wide_as_its_widest_row() -> None:
    grid = Grid("bảng 1")
    assert grid.width == 0
    grid.rows = [GridRow("", 0, [None]), GridRow("", 1, [None] * 3), GridRow("", 2, [])]
    assert grid.width == 3


def test_the_first_word_in_an_old_encoding_is_kept_whatever_comes_after() -> None:
    grid = Grid("bảng 1")
    assert grid.take("  Kế hoạch ") == "Kế hoạch"
    assert grid.garbled is None
    assert grid.take("Hoäi Lieân hieäp  Phuï nöõ") == "Hoäi Lieân hieäp Phuï nöõ"
    first = grid.garbled
    assert first is not None
    assert first in "Hoäi Lieân hieäp Phuï nöõ"
    grid.take("KÕ ho¹ch ®¸nh gi¸")
    assert grid.garbled == first
