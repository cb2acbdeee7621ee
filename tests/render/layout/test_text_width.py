"""Cells: the width of text, bars, headings, and the share that each column of a page gets."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from plantrack.render.formats.column_widths import fit, heading_lines
from plantrack.render.layout.blocks import (
    Bar,
    BarSegment,
    Definition,
    DefinitionList,
    ItemList,
    ListItem,
    StyledText,
    Table,
    TableColumn,
    TableRow,
)
from plantrack.render.layout.text_width import (
    SOFT_HYPHEN,
    bar_characters,
    bar_room,
    bar_text,
    cell_width,
    group_line,
    heading_pieces,
    hung,
    padded,
)

COUNTS = st.lists(st.integers(0, 400), min_size=1, max_size=4)


def make_bar(*numbers: int) -> Bar:
    return Bar(tuple(BarSegment(sign, n) for sign, n in zip("█▒!·", numbers, strict=False)))


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


@given(COUNTS, st.integers(4, 40))
def test_a_bar_shows_every_part_and_no_more_than_its_room(numbers: list[int], room: int) -> None:
    bar = make_bar(*numbers)
    cells = [part.number for part in bar_characters(bar, room)]
    assert sum(cells) == min(bar.total, room)
    assert [n > 0 for n in cells] == [n > 0 for n in numbers]
    assert len(bar_text(bar, room)) == sum(cells)


@given(COUNTS, st.integers(4, 40))
def test_a_bar_that_does_not_fit_is_in_proportion(numbers: list[int], room: int) -> None:
    bar = make_bar(*numbers)
    for part, cells in zip(bar.parts, bar_characters(bar, room), strict=True):
        exact = part.number * room / max(bar.total, room)
        assert abs(cells.number - exact) < len(numbers), (numbers, room)


def test_a_bar_is_one_cell_a_task_while_they_fit() -> None:
    assert bar_text(make_bar(1, 2, 1, 1), 20) == "█▒▒!·"
    assert bar_text(make_bar(4, 5, 3, 6), 4) == "█▒!·"
    assert bar_text(make_bar(90, 0, 1, 9), 10) == "████████!·"
    assert bar_room([make_bar(1, 1, 0, 0), make_bar(90, 9, 0, 0)]) == 20
    assert bar_room([]) == 0


def test_headings_break_at_spaces_and_where_they_may() -> None:
    heading = f"Over{SOFT_HYPHEN}due"
    assert heading_pieces(f"Not {heading}") == ["Not", "Over-", "due"]
    assert heading_lines(heading, 7) == ["Overdue"]
    assert heading_lines(heading, 5) == ["Over-", "due"]
    assert heading_lines("Hoàn thành", 5) == ["Hoàn", "thành"]
    assert heading_lines("", 5) == [""]


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
    assert [prefix.text for prefix, _ in hung(items)] == ["ND1 ", "  ND1.1  ", "  ND1.10 "]
    fields = DefinitionList((Definition("Số", "1"), Definition("Đơn vị", "2")))
    assert [prefix.text for prefix, _ in hung(fields)] == ["Số      ", "Đơn vị  "]


def make_table(*titles: str) -> Table:
    columns = (
        TableColumn("Số", "right"),
        TableColumn("Tên", wraps=True, least=10),
        TableColumn("Vướng mắc"),
        TableColumn("", picture=True),
    )
    rows = [TableRow((str(i), title, "0", make_bar(i, 30))) for i, title in enumerate(titles)]
    return Table(columns, tuple(rows))


@given(st.lists(st.text("ab ă", min_size=1, max_size=90), min_size=1, max_size=4), st.integers(40, 200))
def test_columns_fill_the_page_and_never_more(titles: list[str], width: int) -> None:
    widths = fit(make_table(*titles), width)
    assert sum(widths) + 3 <= width


def test_titles_get_what_they_need_before_bars() -> None:
    assert fit(make_table("x" * 30), 50) == [2, 30, 5, 10]
    assert fit(make_table("x" * 30), 100) == [2, 30, 9, 20]
    assert fit(make_table("x" * 300), 100) == [2, 84, 5, 6]


def test_a_span_may_be_the_cell_of_a_row() -> None:
    table = Table((TableColumn("a"),), (TableRow(((StyledText("dài", "overdue"), StyledText(" hơn")),)),))
    assert fit(table, 40) == [7]
