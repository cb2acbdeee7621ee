"""XML in pieces: with a prefix or without, and nothing that defines entities."""

import io
from xml.parsers.expat import ExpatError

import pytest

from plantrack.tables.xlsx import xml_parts
from plantrack.tables.xlsx.xml_parts import is_true, parse, parse_whole


def events(xml: str) -> list[str]:
    found: list[str] = []
    parse_whole(
        io.BytesIO(xml.encode()),
        lambda name, attributes: found.append(f"<{name}{attributes.get('r', '')}"),
        lambda name: found.append(f"{name}>"),
        found.append,
    )
    return found


def test_elements_are_named_without_the_prefix_of_the_document() -> None:
    plain = events('<sheet><c r="A1">ệ &amp; x</c><c/></sheet>')
    assert plain == ["<sheet", "<cA1", "ệ & x", "c>", "<c", "c>", "sheet>"]
    assert events('<x:sheet xmlns:x="u"><x:c r="A1">ệ &amp; x</x:c><x:c/></x:sheet>') == plain


def test_pieces_come_as_they_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml_parts, "_BLOCK", 8)
    found: list[str] = []
    counts = [len(found) for _ in parse(io.BytesIO(b"<a><b/><b/><b/><b/></a>"), lambda n, _: found.append(n))]
    assert counts == sorted(counts)
    assert counts[0] < counts[-1] == 5


@pytest.mark.parametrize(
    "head", ["<!DOCTYPE x>", '<!DOCTYPE x [<!ENTITY e "e">]>', '<!DOCTYPE x SYSTEM "file:///x">']
)
def test_a_document_type_is_refused(head: str) -> None:
    with pytest.raises(ValueError, match="DOCTYPE"):
        events(f"{head}<x>&e;</x>")


def test_what_is_not_whole() -> None:
    for xml in ("", "<a>", "<a></b>", "<a/>x"):
        with pytest.raises(ExpatError):
            events(xml)
    with pytest.raises(ValueError, match="without end"):
        events(f'<a b="{"x" * 3_000_000}"/>')


def test_what_says_yes() -> None:
    assert [is_true(value) for value in ("1", "true", "on", "0", "false", None)] == [True] * 3 + [False] * 3
