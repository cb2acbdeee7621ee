"""The share of a page that each column of a table gets."""

from hypothesis import given
from hypothesis import strategies as st

from plantrack.render.formats.column_widths import cell_sizes, fit, heading_lines, room_for
from plantrack.render.layout.blocks import (
    Bar,
    BarSegment,
    StyledText,
    Table,
    TableColumn,
    TableRow,
)
from plantrack.render.layout.text_width import BAR_SIGNS, SOFT_HYPHEN, cell_width, heading_pieces


def make_bar(*numbers: int) -> Bar:
    return Bar(tuple(BarSegment(n, kind) for kind, n in zip(BAR_SIGNS, numbers, strict=False)))


def make_table(*titles: str) -> Table:
    columns = (
        TableColumn("Số", "right"),
        TableColumn("Tên", wraps=True, least=10),
        TableColumn("Vướng mắc"),
        TableColumn("", picture=True),
    )
    rows = [TableRow((str(i), title, "0", make_bar(i, 30))) for i, title in enumerate(titles)]
    return Table(columns, tuple(rows))


def fitted(table: Table, width: int) -> list[int]:
    return fit(table.columns, cell_sizes(table), width)


@given(st.lists(st.text("ab ă", min_size=1, max_size=90), min_size=1, max_size=4), st.integers(40, 200))
def test_columns_fill_the_page_and_never_more(titles: list[str], width: int) -> None:
    widths = fitted(make_table(*titles), width)
    assert sum(widths) + 3 <= width


def test_titles_get_what_they_need_before_bars() -> None:
    assert fitted(make_table("x" * 30), 50) == [2, 30, 5, 10]
    assert fitted(make_table("x" * 30), 100) == [2, 30, 9, 20]
    assert fitted(make_table("x" * 300), 100) == [2, 84, 5, 6]


def test_headings_break_at_spaces_and_where_they_may() -> None:
    heading = f"Over{SOFT_HYPHEN}due"
    assert heading_lines(heading, 7) == ["Overdue"]
    assert heading_lines(heading, 5) == ["Over-", "due"]
    assert heading_lines("Hoàn thành", 5) == ["Hoàn", "thành"]
    assert heading_lines("", 5) == [""]


def test_a_span_may_be_the_cell_of_a_row() -> None:
    table = Table((TableColumn("a"),), (TableRow(((StyledText("dài", "overdue"), StyledText(" hơn")),)),))
    assert fitted(table, 40) == [7]


_COLUMN = st.builds(
    lambda heading, wraps, least, group: TableColumn(heading, wraps=wraps, least=least, group=group),
    st.text(f"ab {SOFT_HYPHEN}", max_size=20),
    st.booleans(),
    st.integers(1, 20),
    st.sampled_from(["", "Chủ trì", "Phối hợp và cùng làm"]),
)


@given(st.lists(st.tuples(_COLUMN, st.text("a ", max_size=60)), min_size=1, max_size=6), st.integers(20, 200))
def test_any_columns_share_the_page_and_none_is_without_room(
    made: list[tuple[TableColumn, str]], width: int
) -> None:
    table = Table(tuple(column for column, _ in made), (TableRow(tuple(text for _, text in made)),))
    widths = fitted(table, width)
    assert min(widths) >= 1
    assert sum(widths) + len(widths) - 1 <= width


@given(st.text(f"abă {SOFT_HYPHEN}", max_size=40), st.integers(1, 30))
def test_a_heading_in_lines_says_all_its_letters(heading: str, width: int) -> None:
    lines = heading_lines(heading, width)
    letters = "".join(heading.split()).replace(SOFT_HYPHEN, "")
    assert "".join(lines).replace("-", "").replace(" ", "") == letters
    pieces = heading_pieces(heading)
    assert max(map(cell_width, lines)) <= max([width, *map(cell_width, pieces)])


def test_as_many_columns_are_shown_as_have_room_at_their_least() -> None:
    columns = (
        TableColumn("Số"),
        TableColumn("Tên", wraps=True, least=10),
        TableColumn("Ngày"),
        TableColumn("x", least=6),
    )
    sizes = cell_sizes(Table(columns, (TableRow(("12", "x" * 30, "30/06", "1")),)))
    assert [room_for(columns, sizes, width) for width in (1, 12, 13, 18, 19, 25, 26, 99)] == [
        1,
        1,
        2,
        2,
        3,
        3,
        4,
        4,
    ]
    assert fit(columns, sizes, 26) == [2, 10, 5, 6]
