"""The numbers that Word writes itself, counted as Word counts them."""

from typing import Any

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given
from hypothesis import strategies as st

from plantrack.planfile.annex.docx_numbering import NumberCounter, roman, whole


def test_roman_numbers() -> None:
    assert [roman(n) for n in (1, 4, 9, 14, 38, 0)] == ["i", "iv", "ix", "xiv", "xxxviii", ""]


_LISTS = """<w:numbering %s><w:abstractNum w:abstractNumId="1">
<w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="upperLetter"/><w:lvlText w:val="%%1)"/></w:lvl>
<w:lvl w:ilvl="1"><w:numFmt w:val="decimalZero"/><w:lvlText w:val="%%1.%%2"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/>
<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num></w:numbering>"""


_STYLES = """<w:styles %s>
<w:style w:styleId="base"><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:styleId="own"><w:basedOn w:val="base"/></w:style></w:styles>"""


def paragraph(inner: str) -> Any:
    return parse_xml(f"<w:p {nsdecls('w')}><w:pPr>{inner}</w:pPr></w:p>")


def test_numbers_are_counted_as_word_counts_them() -> None:
    numbering = NumberCounter(parse_xml(_LISTS % nsdecls("w")), parse_xml(_STYLES % nsdecls("w")))
    first, again, none = (paragraph(f'<w:numPr><w:numId w:val="{n}"/></w:numPr>') for n in (1, 2, 0))
    styled, other = (paragraph(f'<w:pStyle w:val="{name}"/>') for name in ("own", "unknown"))
    order = (first, styled, styled, first, styled, again, first, none, other)
    assert [numbering.label(p) for p in order] == ["C)", "C.01", "C.02", "D)", "D.01", "A)", "B)", "", ""]


def test_a_document_without_lists() -> None:
    listed = paragraph('<w:numPr><w:numId w:val="3"/></w:numPr>')
    assert NumberCounter(None, None).label(listed) == ""


@given(st.integers(1, 999))
def test_roman_numbers_read_back(number: int) -> None:
    values = {"i": 1, "v": 5, "x": 10}
    read = [values[letter] for letter in roman(number)]
    after = [*read[1:], 0]
    assert sum(own if own >= later else -own for own, later in zip(read, after, strict=True)) == number


@pytest.mark.parametrize(
    ("text", "number"), [("12", 12), ("-3", -3), (None, 7), ("", 7), ("x", 7), ("1.5", 7), ("123456789", 7)]
)
def test_a_number_of_a_file_that_may_hold_anything(text: str | None, number: int) -> None:
    assert whole(text, 7) == number


_FORMS = """<w:numbering %s><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0">
<w:start w:val="%s"/><w:numFmt w:val="%s"/><w:lvlText w:val="%%1"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>"""


@pytest.mark.parametrize(
    ("form", "start", "labels"),
    [
        ("decimal", 9, ["9", "10", "11"]),
        ("decimalZero", 9, ["09", "10", "11"]),
        ("upperRoman", 3, ["III", "IV", "V"]),
        ("lowerRoman", 8, ["viii", "ix", "x"]),
        ("upperLetter", 25, ["Y", "Z", "AA"]),
        ("lowerLetter", 26, ["z", "aa", "bb"]),
        ("bullet", 1, ["-", "-", "-"]),
        ("none", 1, ["", "", ""]),
        ("chicago", 1, ["1", "2", "3"]),
    ],
)
def test_the_forms_of_numbers(form: str, start: int, labels: list[str]) -> None:
    numbering = NumberCounter(parse_xml(_FORMS % (nsdecls("w"), start, form)), None)
    item = paragraph('<w:numPr><w:numId w:val="1"/></w:numPr>')
    assert [numbering.label(item) for _ in labels] == labels


def test_styles_that_are_based_on_each_other_are_not_followed_for_ever() -> None:
    styles = "<w:styles %s>" + "".join(
        f'<w:style w:styleId="{own}"><w:basedOn w:val="{other}"/></w:style>' for own, other in ("ab", "ba")
    )
    numbering = NumberCounter(
        parse_xml(_LISTS % nsdecls("w")), parse_xml(f"{styles % nsdecls('w')}</w:styles>")
    )
    assert numbering.label(paragraph('<w:pStyle w:val="a"/>')) == ""


@pytest.mark.parametrize("level", ["9", "-1", "99999999999"])
def test_a_level_that_word_does_not_have(level: str) -> None:
    numbering = NumberCounter(parse_xml(_LISTS % nsdecls("w")), None)
    item = paragraph(f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>')
    assert numbering.label(item) == ("C)" if len(level) > 8 else "")
