"""Pictures drawn with characters: no wider than the page, true to the figures, and the same without colour."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.i18n.words import Words
from plantrack.render.formats import render
from plantrack.render.formats.ascii_charts import LEAST_WIDTH, picture
from plantrack.render.layout.blocks import Chart, Document, text_of
from plantrack.render.layout.blocks import ChartSeries as Line
from plantrack.render.layout.charts import areas, burn_up, silence_chart
from plantrack.render.layout.fact_formatter import FactFormatter
from plantrack.render.layout.text_width import cell_width
from tests.support.factory import make_heading, make_progress
from tests.support.factory_series import make_chart, make_series

VI, EN = Words("vi"), Words("en")


def the_areas(words: Words = VI) -> Chart:
    return areas(make_progress(), FactFormatter(words, make_heading()))


def lines_of(chart: Chart, width: int, words: Words = VI) -> list[str]:
    return [text_of(line) for line in picture(chart, width, words)]


@pytest.mark.parametrize("words", [VI, EN], ids=["vi", "en"])
@pytest.mark.parametrize("width", [60, 61, 80, 100, 140, 200])
def test_no_line_is_wider_than_the_page(width: int, words: Words) -> None:
    charts = [the_areas(words), burn_up(make_series(), words), silence_chart(make_series(), words)]
    assert max(map(cell_width, lines_of(charts[1], width, words))) <= width
    page = render(Document("", (), tuple(charts)), "table", words, width=width, colour=False)
    assert max(map(cell_width, page.split("\n"))) <= width


def test_below_some_width_the_words_are_enough() -> None:
    assert picture(make_chart(), LEAST_WIDTH - 1, VI) == []
    printed = render(Document("", (), (make_chart(),)), "table", VI, width=50, colour=False)
    assert printed == "Tên hình: Lời của hình.\n"


def test_burn_up_on_a_terminal() -> None:
    """Total is a line, what should be done a dashed one, what is done an area, each named where it ends."""
    text = "\n".join(lines_of(burn_up(make_series(), VI), 80))
    assert "── Tổng số 17" in text
    assert "╌╌ Đến hạn phải hoàn thành 13" in text
    assert "██ Hoàn thành 4" in text
    assert [row[:4] for row in text.split("\n") if "┤" in row] == ["20 ┤", "15 ┤", "10 ┤", " 5 ┤", " 0 ┤"]


@given(st.lists(st.integers(0, 50), min_size=10, max_size=50), st.integers(80, 160))
def test_what_is_done_is_never_drawn_as_nothing(values: list[int], width: int) -> None:
    series = (Line("Xong", tuple(values), "done"),)
    lines = lines_of(make_chart(labels=tuple(map(str, values)), series=series, marks=()), width)
    assert max(map(cell_width, lines)) <= width
    axis = next(line for line in lines if line.lstrip().startswith("0 ┤"))
    ruled = next(line for line in lines if "└" in line)
    columns = len(ruled.partition("└")[2])
    drawn = axis.partition("┤")[2][:columns]
    assert [sign != " " for sign in drawn] == [
        values[((i + 1) * len(values) - 1) // columns] > 0 for i in range(columns)
    ]


@given(st.integers(1, 2_000_000))
def test_the_scale_has_round_steps_up_to_the_greatest(most: int) -> None:
    steps = make_chart(series=(Line("x", (most,)),)).ticks
    assert steps[0] == 0
    assert steps[-2] < most <= steps[-1]
    assert 2 <= len(steps) <= 6
    assert str(steps[1]).rstrip("0") in ("1", "2", "5")


def test_a_fall_is_drawn_too() -> None:
    chart = make_chart(labels=tuple("abcdefgh"), series=(Line("Tổng", (8, 8, 8, 8, 2, 2, 2, 2)),), marks=())
    text = "\n".join(lines_of(chart, 80))
    assert "╮" in text
    assert "╰" in text


def test_colours_are_by_meaning_and_none_is_there_without_them() -> None:
    document = Document("", (), (burn_up(make_series(), VI),))
    assert "\x1b" not in render(document, "table", VI, width=80, colour=False)
    coloured = render(document, "table", VI, width=80, colour=True)
    assert "\x1b[32m" in coloured
    assert "\x1b[33m" in coloured


#: Names of lines are ours, and short.
_SAID = st.text("aă/9", min_size=4, max_size=12)


@st.composite
def charts(draw: st.DrawFn) -> Chart:
    """Return lines of any names and numbers."""
    count = draw(st.integers(1, 30))
    texts = st.lists(st.text("aă民 ", max_size=9), min_size=count, max_size=count).map(tuple)
    values = st.lists(st.none() | st.integers(0, 5000), min_size=count, max_size=count).map(tuple)
    series = st.builds(Line, _SAID, values, st.sampled_from(["done", "due_soon", ""]), _SAID)
    return make_chart(
        labels=draw(texts),
        series=tuple(draw(st.lists(series, min_size=1, max_size=4))),
        marks=((0, "T1"), (count - 1, "T12")),
    )


@given(charts(), st.integers(LEAST_WIDTH, 200))
def test_any_lines_fit_their_page(chart: Chart, width: int) -> None:
    assert max(map(cell_width, lines_of(chart, width))) <= width


def test_other_pictures_are_left_to_their_words() -> None:
    for chart in (the_areas(), silence_chart(make_series(), VI)):
        assert picture(chart, 80, VI) == []
        assert render(Document("", (), (chart,)), "table", VI, width=80, colour=False).startswith(chart.title)
