"""Texts that cells share."""

import io
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.tables.xlsx import shared_strings
from plantrack.tables.xlsx.shared_strings import SharedStrings


def strings(xml: str) -> SharedStrings:
    found = SharedStrings()
    found.read(io.BytesIO(f"<sst>{xml}</sst>".encode()))
    return found


def test_rich_text_is_one_and_how_to_speak_it_is_none() -> None:
    found = strings(
        "<si><t>một</t></si><si/><si><r><rPr><b/></rPr><t>hai </t></r><r><t>ba</t></r>"
        "<rPh><t>đọc</t></rPh><phoneticPr/></si> <si><t> \n </t></si>"
    )
    assert [found[n] for n in range(len(found))] == ["một", "", "hai ba", " \n "]
    for number in (-1, 4):
        with pytest.raises(IndexError):
            found[number]


@given(
    st.lists(
        st.text(st.characters(codec="utf-8", exclude_categories=["Cc"], exclude_characters="\ufffe\uffff"))
    )
)
def test_every_text_has_its_number(texts: list[str]) -> None:
    found = strings("".join(f"<si><t>{escape(text)}</t></si>" for text in texts))
    assert [found[n] for n in range(len(found))] == texts


def test_too_many_or_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ValueError, match="65536 characters"):
        strings(f"<si><t>{'x' * 300_000}</t></si>")
    monkeypatch.setattr(shared_strings, "_MOST", 2)
    with pytest.raises(ValueError, match="more than 2"):
        strings("<si/>" * 3)
