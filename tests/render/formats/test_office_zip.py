"""Files of Office: any text is a text of XML, and the same parts are the same bytes."""

import io
import zipfile
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.render.formats.office_zip import described, legal, packed, unpacked, xml_text

_PARTS = st.dictionaries(st.text("ab/.", min_size=1, max_size=8), st.binary(max_size=50), max_size=5)


@given(st.text())
def test_any_text_is_a_text_of_xml_in_elements_and_attributes(text: str) -> None:
    element = ElementTree.fromstring(f'<a b="{xml_text(text)}">{xml_text(text)}</a>')
    shown = legal(text).replace("\r", "")
    assert (element.text or "") == shown
    assert element.attrib["b"] == shown.replace("\n", " ").replace("\t", " ")


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff")))
def test_what_xml_can_hold_stays_as_it_is(text: str) -> None:
    assert legal(text) == text


def test_what_xml_cannot_hold_is_shown() -> None:
    assert legal("a\x1b[1m\x00\ud800\uffff") == "a\\x1b[1m\\x00\\ud800\\uffff"
    assert legal("a\tb\nc") == "a\tb\nc"


@given(_PARTS)
def test_what_is_packed_is_unpacked_again(parts: dict[str, bytes]) -> None:
    made = {name.rstrip("/") or "x": data for name, data in parts.items()}
    assert unpacked(b"".join(packed(made))) == made


@given(_PARTS)
def test_the_order_and_the_pieces_of_parts_change_no_byte(parts: dict[str, bytes]) -> None:
    pieces = {name: [data[:7], data[7:]] for name, data in reversed(parts.items())}
    assert [*packed(pieces)] == [*packed(parts)]


def test_first_stands_what_says_what_the_others_are() -> None:
    names = ("word/document.xml", "_rels/.rels", "A.xml", "[Content_Types].xml")
    with zipfile.ZipFile(io.BytesIO(b"".join(packed(dict.fromkeys(names, b"x"))))) as archive:
        assert archive.namelist() == ["[Content_Types].xml", "_rels/.rels", "A.xml", "word/document.xml"]
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize(("language", "locale"), [("vi", "vi-VN"), ("en", "en-GB")])
def test_a_file_is_described_by_title_and_language_and_nothing_of_who_and_when(
    language: str, locale: str
) -> None:
    core = described("R&D <1>", language)["docProps/core.xml"]
    said = {element.tag.rpartition("}")[2]: element.text for element in ElementTree.fromstring(core)}
    assert said == {"title": "R&D <1>", "language": locale, "revision": "1"}
