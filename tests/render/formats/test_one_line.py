"""Rows of one line: what is too long ends in "…", and is as wide as it was counted."""

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from plantrack.render.formats.one_line import cut_cell, flat
from plantrack.render.layout.blocks import Bar, BarSegment, Cell, StyledText, TableColumn, text_of
from plantrack.render.layout.text_width import cell_width

END, INSIDE = TableColumn(wraps=True), TableColumn(wraps=True, keeps_end=True)
TEXTS = st.text(st.sampled_from("aăđê Ê̆⚠民–"), max_size=30)


def cut(cell: Cell, width: int, column: TableColumn = END) -> str:
    made = cut_cell(cell, column, width)
    assert not isinstance(made, Bar)
    return text_of(made)


def test_a_text_is_cut_where_its_room_ends() -> None:
    assert cut("Tổ chức hội thảo", 9) == "Tổ chức…"
    assert cut("Tổ chức hội thảo", 10) == "Tổ chức h…"
    assert cut("Tổ chức", 7) == "Tổ chức"
    assert cut("民族民族", 6) == "民族…"
    assert cut("", 3) == ""


def test_a_cut_text_keeps_its_meanings() -> None:
    cell = (StyledText("quá hạn ", "overdue"), StyledText("21 ngày", "quiet"), StyledText(" nữa"))
    assert cut_cell(cell, END, 11) == (StyledText("quá hạn ", "overdue"), StyledText("21…", "quiet"))
    assert cut_cell(cell, END, 9) == (StyledText("quá hạn ", "overdue"), StyledText("…", "quiet"))
    assert cut_cell(cell, END, 30) is cell


def test_a_name_keeps_its_last_words() -> None:
    assert cut("Hội LHPN tỉnh Lào Cai", 14, INSIDE) == "Hội…Lào Cai"
    assert cut("Hội LHPN Việt Nam+1", 14, INSIDE) == "Hội LHPN…Nam+1"
    assert cut("Hội LHPN Việt Nam", 17, INSIDE) == "Hội LHPN Việt Nam"


def test_a_cell_of_several_lines_is_put_on_one() -> None:
    bar = Bar((BarSegment(1),))
    assert text_of(flat((StyledText("30/06\n"), StyledText("quá hạn")))) == "30/06 quá hạn"  # type: ignore[arg-type]
    assert flat("một\nhai") == (StyledText("một hai"),)
    assert (flat("một"), flat(bar), cut_cell(bar, END, 1)) == ("một", bar, bar)


@given(st.lists(TEXTS, max_size=3), st.integers(1, 20), st.sampled_from([END, INSIDE]))
def test_no_cell_is_wider_than_its_column_however_wide_its_letters(
    texts: list[str], width: int, column: TableColumn
) -> None:
    whole = "".join(texts)
    made = cut(tuple(map(StyledText, texts)), width, column)
    assert cell_len(made) == cell_width(made) <= width
    if cell_width(whole) <= width:
        assert made == whole
    else:
        head, _, end = made.rpartition("…")
        assert whole.startswith(head)
        assert whole.endswith(end)
