"""Text of Word: what it means is seen without colour, and colours can be read."""

from typing import cast, get_args

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.text.paragraph import CT_P
from docx.text.paragraph import Paragraph as WordParagraph
from hypothesis import given
from hypothesis import strategies as st

from plantrack.render.formats.docx.runs import runs
from plantrack.render.layout.blocks import (
    Meaning,
    Paragraph,
    StyledText,
)
from tests.support.word_files import blocks


def test_meanings_are_seen_without_colour() -> None:
    read = blocks(
        Paragraph((StyledText("quá hạn", "overdue"), StyledText(" chờ ", "remark"), StyledText("x")))
    )
    late, remark, plain = read.paragraphs[0].runs
    assert (late.bold, remark.italic, plain.bold) == (True, True, None)
    assert plain.font.color.rgb is None


def test_colours_can_be_read_on_white() -> None:
    from plantrack.render.formats.docx.runs import _LOOKS

    colours = {look.partition('w:color w:val="')[2][:6] for look in _LOOKS.values() if "w:color" in look}
    assert len(colours) > 4
    for colour in colours:
        assert contrast(colour) >= 7, colour


def contrast(colour: str) -> float:
    """Return the contrast of a colour on white, as the guidelines for the web count it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


EMPTY = docx.Document()
_TEXT = st.text('ab ă<>&"\n\t', max_size=20)


@given(st.lists(st.tuples(_TEXT, st.sampled_from(get_args(Meaning))), min_size=1, max_size=5), st.booleans())
def test_any_spans_come_back_as_they_were_said(made: list[tuple[str, Meaning]], bold: bool) -> None:
    xml = runs(tuple(StyledText(*span) for span in made), bold=bold)
    paragraph = cast(CT_P, parse_xml(f"<w:p {nsdecls('w')}>{xml}</w:p>"))
    read = WordParagraph(paragraph, EMPTY)
    assert [run.text for run in read.runs] == [text for text, _ in made]
    assert not bold or all(run.bold for run in read.runs)
