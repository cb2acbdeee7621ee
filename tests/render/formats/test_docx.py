"""Word documents, read back with python-docx: what stands in them, how it is built, and always the same bytes."""

import io

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.i18n.words import Words
from plantrack.render.formats import Page
from plantrack.render.formats.docx import render
from plantrack.render.layout.blocks import (
    Paragraph,
)
from plantrack.render.views import weekly
from tests.support.documents import HOSTILE, REPORTS, make_document
from tests.support.factory_weekly import make_weekly
from tests.support.word_files import blocks, opened, texts

VI, EN = Words("vi"), Words("en")


def test_the_digest_is_no_official_document() -> None:
    text = "\n".join(texts(opened(weekly.document(make_weekly(), VI)))).casefold()
    for said in ("cộng hòa", "độc lập", "số:", "nơi nhận", "người ký"):
        assert said not in text


@pytest.mark.no_cover
@pytest.mark.parametrize("words", [VI, EN], ids=["vi", "en"])
@pytest.mark.parametrize("report", REPORTS)
def test_the_same_data_gives_the_same_bytes(report: str, words: Words) -> None:
    first, second = (b"".join(render(REPORTS[report](words), Page(words, 80, False))) for _ in range(2))
    assert first == second
    read = docx.Document(io.BytesIO(first))
    assert "None" not in "\n".join(texts(read))


@pytest.mark.parametrize("text", [*HOSTILE, "مرحبا שלום", "👩‍👩‍👧 ⚠", "x" * 2000, "]]>", "a\tb"])
def test_text_is_never_read_as_markup(text: str) -> None:
    read = opened(make_document(text))
    found = [t for t in texts(read) if text in t]
    # Title, line, heading, two paragraphs, two rows of a table, three entries, a field.
    assert len(found) == 11


@given(st.text(max_size=60))
def test_any_text_makes_a_file_that_opens(text: str) -> None:
    said = next(texts(blocks(Paragraph(text))))
    if text.isprintable():
        assert said == text
