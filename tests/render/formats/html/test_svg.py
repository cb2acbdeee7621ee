"""Pictures of the page: shapes as long as their numbers, words that say the same, texts that never stretch."""

import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.i18n.words import Words
from plantrack.render.layout.blocks import (
    Bar,
    BarSegment,
    Chart,
    ChartSeries,
    Document,
    Table,
    TableColumn,
    TableRow,
)
from plantrack.render.layout.charts import burn_up, silence_chart
from tests.support.documents import (
    REPORTS,
)
from tests.support.factory_series import make_chart, make_series
from tests.support.page_reader import STYLE, page_of, read

VI, EN = Words("vi"), Words("en")


KINDS = ("bars", "lines", "cells")


def test_bars_stand_beside_their_numbers_and_are_hidden_from_readers() -> None:
    bar = Bar(
        (
            BarSegment(1, "done"),
            BarSegment(2, "in_progress"),
            BarSegment(0, "overdue"),
            BarSegment(1),
        )
    )
    page = read(
        Document(
            "T", (), (Table((TableColumn("a"), TableColumn("", picture=True)), (TableRow(("x", bar)),)),)
        )
    )
    drawn = next(e for e in page.all("svg") if e.attributes["class"] == "bar")
    assert drawn.attributes["aria-hidden"] == "true"
    shapes = [(e.attributes["class"], e.attributes["x"], e.attributes["width"]) for e in page.all("rect")[2:]]
    assert shapes == [
        ("shape-done", "0%", "25%"),
        ("shape-in_progress", "25%", "50%"),
        ("shape-rest", "75%", "25%"),
    ]


def test_the_legend_of_bars_has_their_shapes() -> None:
    page = read(REPORTS["progress"](VI))
    entries = [e.said for e in page.all("span") if e.attributes.get("class") == "entry"]
    assert entries == ["hoàn thành", "đang TH còn hạn", "quá hạn", "còn lại"]


def drawn(chart: Chart, words: Words = VI) -> ElementTree.Element:
    """Return a chart's picture, read as XML."""
    text = re.search(
        r'<svg class="chart.*?</svg>\n(?=<details>)', page_of(Document("T", (), (chart,)), words), re.DOTALL
    )
    assert text
    return ElementTree.fromstring(text[0])


def texts(picture: ElementTree.Element) -> list[str]:
    return [text.text or "" for text in picture.iter("text")]


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_says_in_words_what_it_shows(kind: str) -> None:
    page = read(Document("T", (), (make_chart(kind), make_chart(kind))))
    pictures = [e for e in page.all("svg") if e.attributes.get("role") == "img"]
    assert [e.attributes["aria-labelledby"] for e in pictures] == ["title-1 said-1", "title-2 said-2"]
    named = {
        e.attributes["id"]: e.said
        for e in page.elements
        if e.tag in ("title", "desc") and "id" in e.attributes
    }
    assert named["title-2"] == "Tên hình"
    assert named["said-2"] == "Lời của hình."
    ids = [e.attributes["id"] for e in page.elements if "id" in e.attributes]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_stretches_but_its_texts_do_not(kind: str) -> None:
    picture = drawn(make_chart(kind))
    assert "viewBox" not in picture.attrib
    assert all(
        text.attrib["x"].endswith("%") or text.attrib["x"] in ("0", "-6") for text in picture.iter("text")
    )
    for inner in picture.iter("svg"):
        assert inner is picture or not list(inner.iter("text"))


def test_bars_are_as_long_as_their_numbers() -> None:
    picture = drawn(make_chart("bars"))
    rects = [(r.attrib["class"], r.attrib["x"], r.attrib["width"]) for r in picture.iter("rect")]
    assert rects[0] == ("shape-overdue", "0%", "14.29%")
    assert rects[1] == ("shape-rest", "14.29%", "71.43%")
    assert ("shape-done", "0%", "28.57%") in rects
    assert {"0/6", "1/7", "2/5", "một", "hai", "ba", "5"} <= set(texts(picture))


def test_kinds_of_parts_differ_by_more_than_colour() -> None:
    assert ".shape-overdue { fill: url(#hatch);" in STYLE
    assert "stroke-dasharray: 6 4" in STYLE
    page = read(Document("T", (), (make_chart("bars"),)))
    legend = [e.said for e in page.all("li") if "figure" in e.around]
    assert legend == ["Hoàn thành", "Quá hạn", "Còn lại"]


def test_lines_go_through_their_numbers_and_are_named_at_their_ends() -> None:
    picture = drawn(burn_up(make_series(), VI))
    total, due, done = (line.attrib["points"].split() for line in picture.iter("polyline"))
    assert total[0] == "0,8"  # 12 of 20, from the top
    assert (len(total), len(due), len(done)) == (18, 41, 18)
    assert done[-1] == "17,16"
    assert {
        "Tổng số 17",
        "Đến hạn phải hoàn thành 13",
        "Hoàn thành 4",
        "0",
        "20",
        "T4",
        "T12",
        "21/07/2024",
    } <= set(texts(picture))


@given(st.lists(st.integers(0, 100), min_size=3, max_size=3))
def test_names_of_lines_never_stand_over_one_another(ends: list[int]) -> None:
    series = tuple(ChartSeries(f"s{i}", (0, n)) for i, n in enumerate(ends))
    picture = drawn(make_chart(labels=("a", "b"), series=series, marks=(), now=None))
    heights = sorted(float(g[0].attrib["y"]) for g in picture.iter("g"))
    assert all(below - above >= 15.9 for above, below in pairwise(heights))
    assert heights[-1] <= 220


def test_cells_are_full_or_empty_and_say_their_numbers() -> None:
    picture = drawn(silence_chart(make_series(), VI))
    looks = [r.attrib["class"] for r in picture.iter("rect")]
    assert looks[:18].count("shape-empty") == 3
    assert texts(picture).count("3") == 15
    assert "3/18 tuần không có cập nhật" in texts(picture)


def test_a_week_with_nothing_to_speak_of_has_no_cell() -> None:
    chart = make_chart("cells", series=(ChartSeries("a", (None, 0, 2)),))
    assert len(list(drawn(chart).iter("rect"))) == 2


def test_numbers_that_do_not_fit_are_left_to_the_table() -> None:
    labels = tuple(map(str, range(52)))
    chart = make_chart("cells", labels=labels, series=(ChartSeries("a", (1234,) * 52),), marks=())
    assert "1.234" not in texts(drawn(chart))
    assert "1.234" in read(Document("T", (), (chart,))).the("details").said


def test_a_long_name_takes_two_lines_and_no_more() -> None:
    name = "ND1 " + "Tuyên truyền nâng cao nhận thức của hội viên, phụ nữ " * 4
    picture = drawn(make_chart("bars", labels=(name, "hai", "ba")))
    first, second, *_ = (text for text in texts(picture) if text[0].isalpha())
    assert first.startswith("ND1 Tuyên")
    assert second.endswith("…")
    assert max(map(len, (first, second))) <= 45
    assert (
        name.strip()
        in read(Document("T", (), (make_chart("bars", labels=(name, "hai", "ba")),))).the("details").said
    )
