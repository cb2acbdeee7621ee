"""Cells: the width of text, bars, headings, and the share that each column of a page gets."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from plantrack.render.layout.blocks import (
    Bar,
    BarSegment,
    Definition,
    DefinitionList,
    ItemList,
    ListItem,
    TableColumn,
    text_of,
)
from plantrack.render.layout.text_width import (
    BAR_SIGNS,
    SOFT_HYPHEN,
    bar_characters,
    bar_room,
    beginning,
    cell_width,
    cut_inside,
    cut_line,
    fitted,
    group_line,
    hanging_lines,
    heading_pieces,
    padded,
    wrapped,
)

COUNTS = st.lists(st.integers(0, 400), min_size=1, max_size=4)


def make_bar(*numbers: int) -> Bar:
    return Bar(tuple(BarSegment(n, kind) for kind, n in zip(BAR_SIGNS, numbers, strict=False)))


@pytest.mark.parametrize(
    "text", ["Uỷ ban Dân tộc", "H’Nghĩa Êban, Ksơ̆r Ƀlô̆", "Đề xuất – “giải pháp”…", "█▒!· ⚠ │ ─", ""]
)
def test_vietnamese_takes_the_same_cells_in_either_form(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    marks = sum(unicodedata.combining(c) > 0 for c in composed)
    assert cell_width(composed) == len(composed) - marks == cell_len(composed)
    assert cell_width(unicodedata.normalize("NFD", text)) == cell_width(composed)


@pytest.mark.parametrize(
    ("text", "width"), [("民族", 4), ("ＡＢ", 4), ("e\u0301", 1), ("a\u200bb", 2), ("x\u00ady", 3)]
)
def test_wide_letters_take_two_cells_and_marks_none(text: str, width: int) -> None:
    assert cell_width(text) == width


def test_padding_counts_cells() -> None:
    assert [padded(t, 6) + "|" for t in ("Ksơ̆r", "民族", "abc")] == ["Ksơ̆r  |", "民族  |", "abc   |"]
    assert padded("12", 4, "right") == "  12"


@given(st.text("aăâđ Ê̆Ksơ̆⚠…民", max_size=40), st.integers(1, 20))
def test_a_line_that_is_cut_fits_and_loses_no_mark(text: str, room: int) -> None:
    head = beginning(text, room)
    assert text.startswith(head)
    assert cell_width(head) <= room
    rest = text[len(head) :]
    assert not rest or cell_width(head) + max(1, cell_width(rest[0])) > room, "as much as there is room for"
    for cut in (cut_line(text, room), cut_inside(text, room)):
        assert cell_width(cut) <= room
        assert (cut == text) == (cell_width(text) <= room) or "…" in text


def test_a_name_that_is_cut_keeps_the_words_that_tell_it_from_others() -> None:
    assert cut_inside("Hội LHPN tỉnh Ví dụ 2", 14) == "Hội…Ví dụ 2"
    assert cut_inside("Hội LHPN Việt Nam", 14) == "Hội LHPN…Nam"
    assert cut_inside("Ủy ban nhân dân tỉnh", 99) == "Ủy ban nhân dân tỉnh"
    assert cut_inside("HLHPNVN-UBDT-BDTTG", 9) == "HLHPNVN-…"
    assert cut_inside("Thừa-Thiên Huế", 9) == "Thừa-…Huế"


@given(COUNTS, st.integers(4, 40))
def test_a_bar_shows_every_part_and_no_more_than_its_room(numbers: list[int], room: int) -> None:
    bar = make_bar(*numbers)
    cells = [len(text) for text, _ in bar_characters(bar, room)]
    assert sum(cells) == min(bar.total, room)
    assert [n > 0 for n in cells] == [n > 0 for n in numbers]
    assert [part.number for part in fitted(bar, room)] == cells


@given(COUNTS, st.integers(4, 40))
def test_a_bar_that_does_not_fit_is_in_proportion(numbers: list[int], room: int) -> None:
    bar = make_bar(*numbers)
    for part, cells in zip(bar.parts, fitted(bar, room), strict=True):
        exact = part.number * room / max(bar.total, room)
        assert abs(cells.number - exact) < len(numbers), (numbers, room)


def test_a_bar_is_one_cell_a_task_while_they_fit() -> None:
    assert text_of(bar_characters(make_bar(1, 2, 1, 1), 20)) == "█▒▒!·"
    assert text_of(bar_characters(make_bar(4, 5, 3, 6), 4)) == "█▒!·"
    assert text_of(bar_characters(make_bar(90, 0, 1, 9), 10)) == "████████!·"
    assert bar_room([make_bar(1, 1, 0, 0), make_bar(90, 9, 0, 0)]) == 20
    assert bar_room([]) == 0


def test_headings_break_at_spaces_and_where_they_may() -> None:
    assert heading_pieces(f"Not Over{SOFT_HYPHEN}due") == ["Not", "Over-", "due"]


def test_a_group_stands_over_its_columns() -> None:
    columns = (
        TableColumn("Đơn vị"),
        TableColumn("a", group="Chủ trì"),
        TableColumn("b", group="Chủ trì"),
        TableColumn("c"),
    )
    assert group_line(columns, (6, 5, 8, 3), 1) == "       ── Chủ trì ───"
    assert group_line((TableColumn("a"),), (5,), 1) == ""


def test_what_hangs_is_aligned_by_level() -> None:
    items = ItemList((ListItem("a", "ND1"), ListItem("b", "ND1.1", 1), ListItem("c", "ND1.10", 1)))
    assert [prefix.text for prefix, _ in hanging_lines(items)] == ["ND1 ", "  ND1.1  ", "  ND1.10 "]
    known = items._replace(rooms=(4, 7))
    assert [prefix.text for prefix, _ in hanging_lines(known)] == ["ND1  ", "  ND1.1   ", "  ND1.10  "]
    fields = DefinitionList((Definition("Số", "1"), Definition("Đơn vị", "2")))
    assert [prefix.text for prefix, _ in hanging_lines(fields)] == ["Số      ", "Đơn vị  "]


def test_a_line_is_broken_at_its_spaces_only() -> None:
    assert wrapped("  12  ND3  ba bốn năm", 12) == "  12  ND3\n  ba bốn năm"
    assert wrapped("plantrack-không-ngắt x", 5) == "plantrack-không-ngắt\nx"
    assert wrapped("vừa", 80) == "vừa"
    assert wrapped("", 80) == ""
