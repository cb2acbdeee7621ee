"""The numbers that Word writes itself: they stand in no text, and are counted here as Word counts them."""

from collections.abc import Callable, Iterator
from typing import Any, Final

from plantrack.model.named_tuple import NamedTuple

#: An element of lxml; python-docx gives them, and nothing here makes one.
Element = Any

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
#: Word has nine levels.
_LEVELS: Final = 9
_STYLES_DEEP: Final = 10
_ROMAN: Final = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def w(name: str) -> str:
    """Return the full name of an element or attribute of WordprocessingML."""
    return _W + name


def value(element: Element | None, name: str) -> str | None:
    """Return the value of a child, `<w:numId w:val="3"/>`."""
    child = element.find(w(name)) if element is not None else None
    return None if child is None else child.get(w("val"))


def whole(text: str | None, default: int) -> int:
    """Read a small number; a file may have anything in its place."""
    try:
        return int(text) if text and len(text) < 8 else default
    except ValueError:
        return default


def roman(number: int) -> str:
    """Write a number as Romans did, up to what a list has."""
    text = ""
    for size, letters in _ROMAN:
        text += letters * (number // size)
        number %= size
    return text


def _letter(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


_FORMS: Final[dict[str, Callable[[int], str]]] = {
    "upperRoman": lambda n: roman(n).upper(),
    "lowerRoman": roman,
    "upperLetter": lambda n: _letter(n).upper(),
    "lowerLetter": _letter,
    "decimalZero": lambda n: f"{n:02}",
    "none": lambda n: "",
}


class _Level(NamedTuple):
    start: int
    form: str
    text: str


_PLAIN: Final = _Level(1, "decimal", "")


class NumberCounter:
    """Counts the paragraphs of lists; they must be given in the order of the document."""

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        abstract = {} if numbering is None else _by_id(numbering, "abstractNum", "abstractNumId")
        self._nums = {} if numbering is None else _by_id(numbering, "num", "numId")
        self._styles = {} if styles is None else _by_id(styles, "style", "styleId")
        self._levels = {name: dict(_levels(element)) for name, element in abstract.items()}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[str] = set()

    def label(self, paragraph: Element) -> str:
        """Return the number or bullet that Word puts before a paragraph, empty for none."""
        num, level = self._place(paragraph.find(w("pPr")))
        if num is None or num not in self._nums or not 0 <= level < _LEVELS:
            return ""
        abstract = value(self._nums[num], "abstractNumId") or ""
        counts = self._counts.setdefault(abstract, [None] * _LEVELS)
        self._begin(num, counts)
        levels = self._levels.get(abstract, {})
        own = levels.get(level, _PLAIN)
        before = counts[level]
        counts[level] = own.start if before is None else before + 1
        counts[level + 1 :] = [None] * (_LEVELS - level - 1)
        return "-" if own.form == "bullet" else _text(own, levels, counts)

    def _place(self, properties: Element | None) -> tuple[str | None, int]:
        """Return the list and level of a paragraph: its own, else those of its style."""
        for _ in range(_STYLES_DEEP):
            if properties is None:
                break
            found = properties.find(w("numPr"))
            if found is not None and (num := value(found, "numId")) is not None:
                return num, whole(value(found, "ilvl"), 0)
            style = self._styles.get(value(properties, "pStyle") or "")
            if style is None:
                break
            properties = self._based(style)
        return None, 0

    def _based(self, style: Element) -> Element | None:
        """Return the properties of a style; of the one it is based on, where it has no list."""
        for _ in range(_STYLES_DEEP):
            properties = style.find(w("pPr"))
            if properties is not None and properties.find(w("numPr")) is not None:
                return properties
            parent = self._styles.get(value(style, "basedOn") or "")
            if parent is None:
                break
            style = parent
        return None

    def _begin(self, num: str, counts: list[int | None]) -> None:
        """Start the levels again that a list starts anew, once."""
        if num in self._begun:
            return
        self._begun.add(num)
        for override in self._nums[num].iterchildren(w("lvlOverride")):
            start = value(override, "startOverride")
            level = whole(override.get(w("ilvl")), -1)
            if start is not None and 0 <= level < _LEVELS:
                counts[level] = whole(start, 1) - 1


def _by_id(root: Element, name: str, key: str) -> dict[str, Element]:
    return {child.get(w(key)): child for child in root.iterchildren(w(name))}


def _levels(abstract: Element) -> Iterator[tuple[int, _Level]]:
    for level in abstract.iterchildren(w("lvl")):
        start = whole(value(level, "start"), 1)
        form, text = value(level, "numFmt") or "decimal", value(level, "lvlText") or ""
        yield whole(level.get(w("ilvl")), -1), _Level(start, form, text)


def _text(own: _Level, levels: dict[int, _Level], counts: list[int | None]) -> str:
    """Put the counts in the places of `%1.%2`."""
    text = own.text
    for place in range(_LEVELS):
        level = levels.get(place, _PLAIN)
        count = counts[place] if counts[place] is not None else level.start
        written = _FORMS.get(level.form, str)(max(0, min(count or 0, 9999)))
        text = text.replace(f"%{place + 1}", written)
    return text
