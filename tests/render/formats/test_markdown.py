"""Markdown: what people wrote comes out of a reader of Markdown as it went in."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from plantrack.i18n.words import Words
from plantrack.render.layout.blocks import (
    Bar,
    BarSegment,
    Document,
    Paragraph,
    Table,
    TableColumn,
    TableRow,
    Verbatim,
)
from plantrack.render.views import list as tasks
from tests.support.documents import HOSTILE, TITLES, make_document, of_blocks, printed, squeezed, titled_list

VI, EN = Words("vi"), Words("en")


class _Text(HTMLParser):
    """Gathers the text of a page, and what else there is in it."""

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.tags: set[str] = set()

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def handle_starttag(self, tag: str, _attrs: object) -> None:
        self.tags.add(tag)


def read_markdown(text: str) -> _Text:
    page = _Text()
    page.feed(MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(text))
    return page


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_shows_the_text_itself(text: str) -> None:
    page = read_markdown(printed(make_document(text), "md"))
    assert squeezed("".join(page.text)).count(squeezed(text)) == 8 + 2 * 3
    assert not page.tags & {"script", "a", "img", "code", "pre", "del"}
    assert {"h1", "h2", "table", "li", "strong", "em"} <= page.tags


@given(TITLES)
def test_any_title_comes_out_of_markdown_as_it_went_in(title: str) -> None:
    page = read_markdown(printed(tasks.document(titled_list(title), VI), "md"))
    assert squeezed(title) in squeezed("".join(page.text))
    assert page.tags == {"h1", "p", "table", "thead", "tbody", "tr", "th", "td", "strong"}


def test_bars_are_left_out_of_markdown() -> None:
    table = Table(
        (TableColumn("a"), TableColumn("", picture=True)), (TableRow(("1", Bar((BarSegment(2, "done"),)))),)
    )
    document = Document("", (), (table, Paragraph("█ xong", picture=True)))
    assert printed(document, "md") == "| a |\n| --- |\n| 1 |\n"
    assert printed(document, "plain") == "a\n─────\n1  ██\n█ xong\n"


#: Signs of Markdown among a few letters, so that they meet in every way.
_SIGNS = st.text("*_`~[]()<>#|&;!-+=.1 ab\\", min_size=1, max_size=20).map(squeezed).filter(bool)


@given(_SIGNS)
def test_no_run_of_signs_is_read_as_markup(text: str) -> None:
    page = read_markdown(printed(make_document(text), "md"))
    assert squeezed("".join(page.text)).count(text) >= 8 + 2 * 3
    assert page.tags <= {
        *("h1", "h2", "p", "table", "thead", "tbody", "tr", "th", "td", "ul", "ol", "li", "strong", "em"),
    }


@given(st.lists(st.sampled_from(["```", "`````", " ", "a"]), max_size=4).map("".join))
def test_lines_as_they_are_stay_inside_their_fence(line: str) -> None:
    text = printed(of_blocks(Verbatim((line, "ra ngoài")), Paragraph("sau")), "md")
    tokens = MarkdownIt("commonmark").parse(text)
    (fence,) = [token for token in tokens if token.type == "fence"]
    assert fence.content == f"{line}\nra ngoài\n"
