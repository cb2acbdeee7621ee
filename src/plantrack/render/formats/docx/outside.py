"""What a Word file fetches from outside when somebody opens it, and where its links lead."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from docx.oxml.ns import qn
from lxml import etree

from plantrack.model.named_tuple import NamedTuple

#: Fields that bring in what stands in another file, or start another program.
_FETCHING: Final = frozenset(
    {"INCLUDETEXT", "INCLUDEPICTURE", "INCLUDE", "IMPORT", "LINK", "DDE", "DDEAUTO", "DATABASE", "RD", "?"}
)
_INSTRUCTION: Final = re.compile(r"\s*(\?|\w*)(.*)", re.DOTALL)
#: A field whose name another field makes: nobody can say what it does.
_UNNAMED: Final = "? "
_HYPERLINK: Final = "hyperlink"
_RELATIONSHIP: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_VML_HREF: Final = "{urn:schemas-microsoft-com:office:office}href"


class Outside(NamedTuple):
    """What is fetched, each as its kind and its place, and where links lead that somebody must click."""

    fetched: tuple[str, ...]
    links: tuple[str, ...]


def outside(parts: Mapping[str, bytes]) -> Outside:
    """Look through the parts of a Word file, whatever they are called."""
    found = [one for name in sorted(parts) for one in _in_part(name, parts[name])]
    fetched = [f"{kind} {place}".strip() for kind, place in found if kind != _HYPERLINK]
    links = [place for kind, place in found if kind == _HYPERLINK]
    return Outside(tuple(dict.fromkeys(fetched)), tuple(dict.fromkeys(links)))


def _in_part(name: str, data: bytes) -> Iterator[tuple[str, str]]:
    if name.endswith(".rels"):
        yield from _relationships(_read(data))
    elif name.endswith(".xml"):
        root = _read(data)
        yield from _fields(root)
        yield from _others(root)


def _read(data: bytes) -> Any:
    """Read a part; neither the system's files nor the network are asked meanwhile."""
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def _relationships(root: Any) -> Iterator[tuple[str, str]]:
    for node in root.iter(_RELATIONSHIP):
        if node.get("TargetMode", "").casefold() == "external":
            yield node.get("Type", "").rpartition("/")[2], node.get("Target", "")


def _others(root: Any) -> Iterator[tuple[str, str]]:
    """Yield pictures that a drawing names by their address, and the source that letters are merged from."""
    for node in root.iter("{urn:schemas-microsoft-com:vml}imagedata", "{urn:schemas-microsoft-com:vml}fill"):
        for place in filter(None, (node.get("src"), node.get(_VML_HREF))):
            yield "image", place
    for _ in root.iter(qn("w:mailMerge")):
        yield "mailMerge", ""


def _fields(root: Any) -> Iterator[tuple[str, str]]:
    """Yield the fields that matter, by their instruction, which Word may cut into pieces and put into one another."""
    open_ones: list[str | None] = []
    for node in root.iter(qn("w:fldSimple"), qn("w:fldChar"), qn("w:instrText"), qn("w:delInstrText")):
        kind = node.get(qn("w:fldCharType"))
        if node.tag == qn("w:fldSimple"):
            yield from _field(node.get(qn("w:instr"), ""))
        elif kind == "begin":
            if open_ones and open_ones[-1] is not None and not open_ones[-1].strip():
                open_ones[-1] = _UNNAMED
            open_ones.append("")
        elif kind and open_ones:  # separate: the result follows; end
            yield from _field(open_ones[-1])
            open_ones[-1] = None
            if kind == "end":
                open_ones.pop()
        elif kind is None and open_ones and open_ones[-1] is not None:
            open_ones[-1] += node.text or ""


def _field(instruction: str | None) -> Iterator[tuple[str, str]]:
    """Yield a field as its kind and its place; one whose name another field makes is none that can be trusted."""
    if instruction is None:
        return
    # Word needs no space between a name and what it is of.
    name, rest = _INSTRUCTION.findall(instruction)[0]
    place = next(iter(re.findall(r'"([^"]*)"', rest)), rest.strip())
    if name.upper() in _FETCHING:
        yield name.upper(), place
    elif name.upper() == "HYPERLINK" and not rest.lstrip().startswith("\\l"):
        yield _HYPERLINK, place
