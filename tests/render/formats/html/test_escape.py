"""Text inside a page: it stays text, in an attribute too, and what could not be seen is shown."""

import re
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.render.formats.html.escape import html_text, inline
from plantrack.render.layout.blocks import Meaning, StyledText
from tests.support.documents import HOSTILE
from tests.support.page_reader import PageReader

_SEEN = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), max_size=40)


@given(_SEEN)
def test_any_text_is_read_as_it_was_written(text: str) -> None:
    page = PageReader(f'<p title="{html_text(text)}">{html_text(text)}</p>')
    assert "".join(page.the("p").text) == text
    assert page.the("p").attributes["title"] == text


@given(st.text())
def test_nothing_unseen_or_turning_is_left(text: str) -> None:
    shown = html_text(text)
    assert not re.search("[<>\"'\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]", shown)


def test_what_would_not_be_seen_is_named() -> None:
    assert html_text("a\u202eb\x07c\td\ne") == "a\\u202eb\\x07c\td\ne"


@pytest.mark.parametrize("text", HOSTILE)
def test_each_meaning_keeps_its_text(text: str) -> None:
    for meaning in get_args(Meaning):
        page = PageReader(f"<p>{inline((StyledText('trước '), StyledText(text, meaning)))}</p>")
        assert "".join(page.the("p").text) == f"trước {text}"
        assert {e.tag for e in page.elements} <= {"p", "span", "strong"}
        assert [e.attributes["class"] for e in page.all("span")] == [meaning] * len(page.all("span"))


@given(st.lists(st.tuples(_SEEN, st.sampled_from(get_args(Meaning)))))
def test_spans_stand_in_their_order(made: list[tuple[str, Meaning]]) -> None:
    page = PageReader(f"<p>{inline(tuple(StyledText(*span) for span in made))}</p>")
    assert "".join(page.the("p").text) == "".join(text for text, _ in made)


def test_a_new_line_is_kept() -> None:
    assert inline("một\nhai") == inline((StyledText("một\n"), StyledText("hai"))) == "một<br>hai"
