"""Lists that Word numbers itself: one kind with dashes, one with numbers, which begin where they are told to."""

from collections.abc import Callable
from typing import Any, Final

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.parts.numbering import NumberingPart

_INDENT: Final = 357
_LEVELS: Final = range(9)
#: What stands before an entry, level by level.
_DASHES: Final = ("-", "+", "•")


class WordLists:
    """Adds lists to a document, whatever lists it has already."""

    def __init__(self, document: Any) -> None:
        self.numbering = _part_of(document).element
        self.numbers = self._kind("decimal", lambda level: f"%{level + 1}.")
        #: The lists with dashes: of dashes alone, and under entries that are marked by codes.
        self.dashed = [
            self._list(self._kind("bullet", lambda level: _DASHES[min(level, 2)])),
            self._list(self._kind("bullet", lambda level: _DASHES[min(max(level - 1, 0), 2)])),
        ]

    def begin(self, *, under_codes: bool) -> "WordListNumbering":
        """Begin a list."""
        return WordListNumbering(self, self.dashed[under_codes])

    def numbered(self, level: int, first: int) -> int:
        """Return a new list of numbers, which begins with `first` at a level."""
        start = f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{first}"/></w:lvlOverride>'
        return self._list(self.numbers, start)

    def _kind(self, form: str, text: Callable[[int], str]) -> int:
        """Add a kind of lists, and return its number; kinds stand before lists."""
        number = self._free("w:abstractNum", "w:abstractNumId")
        levels = "".join([_level(level, form, text(level)) for level in _LEVELS])
        kind = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">{_MANY}{levels}</w:abstractNum>'
        first = self.numbering.find(qn("w:num"))
        place = len(self.numbering) if first is None else self.numbering.index(first)
        self.numbering.insert(place, parse_xml(kind))
        return number

    def _list(self, kind: int, more: str = "") -> int:
        number = self._free("w:num", "w:numId")
        own = f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{kind}"/>{more}</w:num>'
        last = self.numbering.findall(qn("w:num"))[-1:]
        place = self.numbering.index(last[0]) + 1 if last else len(self.numbering)
        self.numbering.insert(place, parse_xml(own))
        return number

    def _free(self, tag: str, name: str) -> int:
        """Return the number after the highest in use."""
        used = [int(element.get(qn(name))) for element in self.numbering.findall(qn(tag))]
        return max(used, default=0) + 1


_MANY: Final = '<w:multiLevelType w:val="hybridMultilevel"/>'


def _level(level: int, form: str, text: str) -> str:
    left = _INDENT * (level + 1)
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{left}" w:hanging="{_INDENT}"/></w:pPr></w:lvl>'
    )


class WordListNumbering:
    """One list: it says which list of Word an entry is of, so that its number is the one it should have."""

    def __init__(self, lists: WordLists, dashed: int) -> None:
        self.lists = lists
        self.dashed = dashed
        #: The list of each level, and the number that comes next in it.
        self.running: dict[int, tuple[int, int]] = {}

    def of(self, marker: str, level: int) -> int:
        """Return the list of an entry."""
        if marker == "-":
            return self.dashed
        number = int(marker[:-1])
        own, following = self.running.get(level, (0, -1))
        if number != following:
            own = self.lists.numbered(level, number)
        self.running[level] = own, number + 1
        return own


def _part_of(document: Any) -> Any:
    """Return the part of a document that has its lists; one without any gets it."""
    part = document.part
    if any(rel.reltype == RELATIONSHIP_TYPE.NUMBERING for rel in part.rels.values()):
        return part.numbering_part
    element = parse_xml(f"<w:numbering {nsdecls('w')}/>")
    name = PackURI("/word/numbering.xml")
    own = NumberingPart(name, CONTENT_TYPE.WML_NUMBERING, element, part.package)
    part.relate_to(own, RELATIONSHIP_TYPE.NUMBERING)
    return own
