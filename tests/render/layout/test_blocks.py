"""A document in no format: what a page shows of a table, and what documents leave out."""

from hypothesis import given
from hypothesis import strategies as st

from plantrack.render.layout.blocks import (
    ANY_WIDTH,
    Bar,
    BarSegment,
    StyledText,
    Table,
    TableColumn,
    left_out,
    shown,
    spans,
    text_of,
)

_FROM = st.sampled_from([0, 60, 100, 120])
_COLUMN = st.builds(
    lambda heading, first: TableColumn(heading, from_width=first), st.text("ab", max_size=3), _FROM
)


def seen(table: Table, width: int) -> list[TableColumn]:
    return list(shown(table, width).columns)


@given(st.lists(_COLUMN, min_size=1), st.integers(1, 300))
def test_a_column_is_seen_or_said_to_be_left_out(columns: list[TableColumn], width: int) -> None:
    table = Table(tuple(columns), ())
    hidden = [column for column in columns if column.from_width > width]
    assert seen(table, width) == [column for column in columns if column not in hidden]
    assert left_out(table, width) == [column for column in hidden if column.heading]
    assert seen(table, ANY_WIDTH) == columns


def test_a_column_that_another_stands_for_is_not_said_to_be_left_out() -> None:
    table = Table((TableColumn("cả hai", to_width=99), TableColumn("riêng", from_width=100)), ())
    assert [seen(table, width)[0].heading for width in (99, 100)] == ["cả hai", "riêng"]
    assert left_out(table, 99) == []


@given(st.lists(st.text(max_size=5)))
def test_spans_have_the_text_of_what_is_said(texts: list[str]) -> None:
    said = tuple(StyledText(text, "strong") for text in texts)
    assert spans(said) == said
    assert text_of(said) == "".join(texts) == text_of("".join(texts))


@given(st.lists(st.integers(0, 99)))
def test_a_bar_is_as_long_as_its_parts(numbers: list[int]) -> None:
    assert Bar(tuple(BarSegment(n) for n in numbers)).total == sum(numbers)
