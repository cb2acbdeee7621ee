"""The page: one file, nothing fetched, nothing run, every text as it was typed, and readable by all."""

import re
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.i18n.words import Words
from plantrack.render.formats import Page, file_of, html
from plantrack.render.layout.blocks import (
    Bar,
    BarSegment,
    Chart,
    ChartSeries,
    Definition,
    DefinitionList,
    Document,
    Heading,
    ItemList,
    ListItem,
    Paragraph,
    StyledText,
    Table,
    TableColumn,
    TableRow,
    Verbatim,
)
from plantrack.render.layout.charts import burn_up, silence_chart
from plantrack.render.layout.two_languages import joined
from plantrack.render.views import weekly
from tests.render.formats.page_reader import PageReader
from tests.render.test_formats import HOSTILE, REPORTS, make_document, squeezed
from tests.support.factory_series import make_chart, make_series
from tests.support.factory_weekly import make_weekly

VI, EN = Words("vi"), Words("en")
STYLE = (Path(html.__file__).parent / "style.css").read_text("utf-8")
KINDS = ("bars", "lines", "cells")


def page_of(document: Document, words: Words = VI) -> str:
    return html.render(document, Page(words, 80, colour=False))


def read(document: Document, words: Words = VI) -> PageReader:
    return PageReader(page_of(document, words))


def with_pictures(words: Words = VI) -> Document:
    return weekly.document(make_weekly(series=make_series(), with_notes=True), words)


# The page.


@pytest.mark.parametrize("words", [VI, EN], ids=["vi", "en"])
@pytest.mark.parametrize("report", REPORTS)
def test_every_report_is_a_whole_page(report: str, words: Words) -> None:
    page = read(REPORTS[report](words), words)
    assert page.the("html").attributes["lang"] == words.language
    assert page.the("h1").said == page.the("title").said != ""
    assert page.the("main").around == ("html", "body")


@pytest.mark.parametrize("report", REPORTS)
def test_headings_leave_out_no_level(report: str) -> None:
    levels = [int(e.tag[1]) for e in read(REPORTS[report](VI)).all("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_a_lower_heading_before_any_other_is_none_lower() -> None:
    page = read(
        Document("Tên", (), (Heading("một", 2), Heading("hai", 1), Heading("ba", 2), Heading("bốn", 2)))
    )
    assert [e.tag for e in page.all("h2", "h3")] == ["h2", "h2", "h3", "h3"]


def test_a_part_in_another_language_says_so() -> None:
    both = joined([with_pictures(VI), with_pictures(EN), with_pictures(VI)], ("vi", "en", "vi"))
    page = read(both)
    assert page.the("html").attributes["lang"] == "vi"
    assert [e.attributes["lang"] for e in page.all("div") if "lang" in e.attributes] == ["en", "vi"]
    assert [e.said for e in page.all("summary")][2:4] == ["Số liệu của hình", "The numbers of this picture"]
    assert all("div" in e.around for e in page.all("h3"))


def test_the_page_fetches_and_runs_nothing() -> None:
    text = page_of(with_pictures())
    page = PageReader(text)
    policy = next(e for e in page.all("meta") if e.attributes.get("http-equiv") == "Content-Security-Policy")
    assert policy.attributes["content"] == "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    assert not page.all("script", "img", "iframe", "object", "form", "a", "base")
    addresses = [
        v for e in page.elements for n, v in e.attributes.items() if n in ("href", "src", "xlink:href")
    ]
    assert addresses == ["data:,"]
    assert not [n for e in page.elements for n in e.attributes if n.startswith("on")]
    assert set(re.findall(r"url\(([^)]*)\)", text)) == {"#hatch", "#dots"}
    assert "@import" not in text
    assert "//" not in text


def test_both_schemes_are_declared() -> None:
    metas = {e.attributes.get("name"): e.attributes.get("content") for e in read(with_pictures()).all("meta")}
    assert metas["color-scheme"] == "light dark"
    assert metas["viewport"] == "width=device-width, initial-scale=1"
    assert "prefers-color-scheme: dark" in STYLE


def test_a_page_is_small_and_the_same_twice() -> None:
    first, second = (file_of(with_pictures(), "html", VI, width=w, colour=False) for w in (80, 200))
    assert first == second
    assert len(file_of(Document("a", (), ()), "html", VI, width=80, colour=False)) < 9000
    assert len(first) < 60_000


def test_a_page_without_pictures_has_no_patterns() -> None:
    assert not read(REPORTS["list"](VI)).all("svg", "pattern")
    assert len(read(with_pictures()).all("pattern")) == 2


# What people wrote.


@pytest.mark.parametrize("text", HOSTILE)
def test_the_text_itself_is_shown(text: str) -> None:
    page = read(make_document(text))
    shown = page.the("body").said
    # As in other formats; the title's is read, and so is the caption of the table.
    assert shown.count(squeezed(text)) == 8 + 2 * 3 + 1
    assert not page.all("script", "a", "img", "link")[1:]


def test_nothing_leaves_an_attribute() -> None:
    text = "\"><script>alert(1)</script>'&"
    chart = make_chart(title=text, text=text, labels=(text,) * 3, heading=text, said=(text,) * 3)
    document = Document(
        text,
        (text,),
        (Heading(text), chart, Verbatim((text,)), Table((TableColumn(text),), (TableRow((text,)),))),
    )
    page = read(document)
    assert not page.all("script")
    assert {e.attributes["aria-label"] for e in page.elements if "aria-label" in e.attributes} == {text}


@given(st.text(max_size=60))
def test_any_text_gives_a_whole_page(text: str) -> None:
    page = read(
        Document(
            text, (text,), (Paragraph(text), ItemList((ListItem(text, text or "-"),)), make_chart(text=text))
        )
    )
    assert page.the("h1")


def test_what_would_turn_text_around_is_seen() -> None:
    text = page_of(Document("Tên", (), (Paragraph("a\u202eb\u2066c\x07d\te"),)))
    assert "<p>a\\u202eb\\u2066c\\x07d\te</p>" in text


def test_lines_are_kept() -> None:
    assert "một<br>hai" in page_of(Document("Tên", (), (Paragraph("một\nhai"),)))


# Blocks.


def test_a_meaning_is_a_class_and_strong_is_strong() -> None:
    said = (StyledText("a", "overdue"), StyledText("b", "strong"), StyledText("c"), StyledText("", "done"))
    assert '<p><span class="overdue">a</span><strong>b</strong>c</p>' in page_of(
        Document("T", (), (Paragraph(said),))
    )


@pytest.mark.parametrize(
    "name", ["done", "in_progress", "due_soon", "overdue", "blocked", "example", "warning", "error"]
)
def test_every_meaning_has_a_look(name: str) -> None:
    assert re.search(rf"^\.{name}\b|, \.{name}\b", STYLE, re.MULTILINE)


def test_lists_stand_inside_lists() -> None:
    entries = [
        ListItem("a"),
        ListItem("b", depth=1),
        ListItem("c", depth=1),
        ListItem("d"),
        ListItem("e", "1."),
        ListItem("f", "2."),
    ]
    entries += [ListItem("g", "ND1"), ListItem("h", depth=2)]
    page = read(Document("T", (), (ItemList(tuple(entries)),)))
    nested = [(e.said, [tag for tag in e.around if tag in ("ul", "ol")]) for e in page.all("li")]
    assert ("b", ["ul", "ul"]) in nested
    assert ("e", ["ol"]) in nested
    assert ("h", ["ul", "ul", "ul"]) in nested
    assert [e.said for e in page.all("li") if e.said.startswith("ND1")] == ["ND1 g h"]
    assert all(e.around[-1] == "li" for e in page.all("ul", "ol") if e.around[-1] != "main")


def test_facts_are_terms_with_their_descriptions() -> None:
    page = read(Document("T", (), (DefinitionList((Definition("Tên", (StyledText("xong", "done"),)),)),)))
    assert [page.the("dt").said, page.the("dd").said] == ["Tên", "xong"]


def test_a_table_has_a_caption_and_says_what_its_cells_are_about() -> None:
    columns = (
        TableColumn("Mã"),
        TableColumn("Tổng", "right", group="Chủ trì"),
        TableColumn("Xong", "right", group="Chủ trì"),
    )
    rows = (TableRow(("ND1", "3", "1")), TableRow(("", "3", "1"), is_total=True))
    page = read(Document("Tên", (), (Heading("Bảng một"), Table(columns, rows))))
    assert page.the("caption").said == "Bảng một"
    heads = [(e.attributes.get("scope"), e.said) for e in page.all("th")]
    assert heads == [("colgroup", "Chủ trì"), ("col", "Mã"), ("col", "Tổng"), ("col", "Xong"), ("row", "ND1")]
    assert page.all("tr")[-1].attributes["class"] == "total"
    box = next(e for e in page.all("div") if e.attributes["class"] == "scroll")
    assert (box.attributes["role"], box.attributes["tabindex"]) == ("region", "0")


def test_every_table_has_as_many_cells_as_headings() -> None:
    for report in REPORTS.values():
        table = re.findall(r"<table>.*?</table>", page_of(report(VI)), re.DOTALL)
        for text in table:
            rows = [r for r in re.findall(r"<tr.*?</tr>", text, re.DOTALL) if "colspan" not in r]
            assert len({len(re.findall(r"<t[hd]\b", row)) for row in rows}) == 1


def test_bars_stand_beside_their_numbers_and_are_hidden_from_readers() -> None:
    bar = Bar(
        (
            BarSegment("█", 1, "done"),
            BarSegment("▒", 2, "in_progress"),
            BarSegment("!", 0, "overdue"),
            BarSegment("·", 1),
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


# Pictures.


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
def test_the_numbers_of_a_picture_stand_in_a_table(kind: str) -> None:
    page = read(Document("T", (), (make_chart(kind),)))
    cells = [e.said for e in page.all("th", "td") if "details" in e.around]
    assert cells[:4] == ["Nhãn", "Hoàn thành", "Quá hạn", "Còn lại"]
    assert cells[4:] == ["một", "0", "1", "5", "hai", "1", "2", "4", "ba", "2", "", "3"]
    assert page.the("summary").said == "Số liệu của hình"


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


# Colours.


def colours(dark: bool) -> dict[str, str]:
    """Return the colours of a scheme."""
    light, _, rest = STYLE.partition("@media screen and (prefers-color-scheme: dark)")
    return dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", rest if dark else light))


def brightness(colour: str) -> float:
    """Return the relative luminance, as WCAG has it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((brightness(one), brightness(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["page", "band"])
@pytest.mark.parametrize("name", ["ink", "quiet", "done", "going", "soon", "overdue", "blocked"])
def test_texts_stand_out_from_their_ground(name: str, ground: str, dark: bool) -> None:
    scheme = colours(dark)
    assert contrast(scheme[name], scheme[ground]) >= 4.5


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_numbers_stand_out_in_their_bars(dark: bool) -> None:
    scheme = colours(dark)
    assert contrast(scheme["page"], scheme["done"]) >= 4.5
    assert contrast(scheme["ink"], scheme["soft"]) >= 4.5


def test_both_schemes_have_the_same_colours_by_name_and_no_rule_has_one_of_its_own() -> None:
    assert colours(dark=False).keys() == colours(dark=True).keys()
    rules = re.sub(r"--\w+: #[0-9a-f]{6};", "", STYLE)
    assert not re.findall(r"#[0-9a-f]{3,8}\b", rules)
    used = set(re.findall(r"var\(--(\w+)\)", rules))
    assert used == colours(dark=False).keys()


def test_shapes_differ_on_grey_paper() -> None:
    scheme = colours(dark=False)
    grey = sorted(brightness(scheme[name]) for name in ("done", "soft", "page"))
    assert all(after - before > 0.15 for before, after in pairwise(grey))
