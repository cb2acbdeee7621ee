"""The numbers before titles, I/1/1.1/a)/-: what they are, and which goes inside which."""

import re
from typing import Final

from plantrack.model.named_tuple import NamedTuple
from plantrack.model.text import fold

_BULLET: Final = "-–—+*•●▪◦·✓➢"
#: Words that offices put before the number of a part, and the number's own forms.
_PART: Final = r"(?:(?:phần|mục|chương|nhóm|nội dung|nhiệm vụ|mục tiêu|lĩnh vực|hợp phần)\s+(?:thứ\s+)?)"
_NUMBER: Final = r"\d{1,3}(?:\.\d{1,3})*|[IVX]{1,6}(?:\.\d{1,3})*|[A-ZĐ](?:\.\d{1,3})*|[a-zđ]|[ivx]{1,4}"
_BEFORE_TITLE: Final = (
    re.compile(rf"({_PART}(?:{_NUMBER}))\s*[.:)/–-]\s*(?=\S)", re.IGNORECASE),
    re.compile(
        r"([IVX]{1,6}|\d{1,3}(?:\.\d{1,3})*|[IVX]{1,6}(?:\.\d{1,3})+)(?:[.)/:]|\.\))\s*(?![\d\s])(?=\S)"
    ),
    re.compile(r"(\d{1,2}(?:\.\d{1,2})+)\s+(?=\S)"),
    re.compile(r"([A-HĐ]|[a-hđ]|[ivx]{1,4})(?:[.)/]|\.\))\s+(?=\S)"),
    re.compile(r"([a-hđ])\)(?=\S)"),
    re.compile(rf"([{_BULLET}])\s*(?![\d\s])(?=\S)"),
)
_WHOLE: Final = re.compile(rf"(?:{_PART}?(?:{_NUMBER})[.):/]*|[{_BULLET}])", re.IGNORECASE)
_WITH_PART: Final = re.compile(r"([a-z ]+) (?:[ivx]+|[\d.]+|[a-z])")
_ROMAN: Final = re.compile("[IVX]+")


class Style(NamedTuple):
    """How a line is numbered: a larger rank stands inside a smaller one, unless the document has it otherwise."""

    rank: int
    key: str

    def above(self) -> "Style":
        """Return the style of groups whose number stands in the title, where lines have theirs in a column."""
        return Style(self.rank - 1, f"{self.key} in title")


#: A title that goes over the columns or stands in bold, without number; a column of its own for groups.
TITLE: Final = Style(0, "title")
COLUMN: Final = Style(-1, "column")
UNNUMBERED: Final = Style(99, "")
_LOWER_LETTER, _LOWER_ROMAN, _FIRST_BULLET = 10, 11, 12


def is_number(text: str) -> bool:
    """Return whether a text is nothing but a number or bullet."""
    return _WHOLE.fullmatch(text) is not None


def split_number(text: str) -> tuple[str, str]:
    """Return the number that begins a title, empty for none, and the rest."""
    for form in _BEFORE_TITLE:
        if found := form.match(text):
            return found[1], text[found.end() :]
    return "", text


def is_bullet(no: str) -> bool:
    """Return whether lines like this one only divide what stands above them."""
    return no != "" and no in _BULLET


class Styles:
    """Tells the style of each number in turn: "I" is a letter after "H", else a Roman one."""

    def __init__(self) -> None:
        self._last: dict[str, str] = {}

    def of(self, no: str) -> Style:
        """Return the style of the next number."""
        bare = no.strip(" .):/(")
        if not bare:
            return UNNUMBERED
        if is_bullet(bare):
            return Style(_FIRST_BULLET + (0 if bare in "-–—" else 1 if bare == "+" else 2), bare)
        if len(parts := re.split(r"[./]", bare)) > 1 and all(map(is_number, parts)):
            return Style(len(parts), f"1{'.1' * (len(parts) - 1)}")
        return self._single(bare)

    def _single(self, bare: str) -> Style:
        if bare.isdecimal():
            return Style(1, "1")
        if _ROMAN.fullmatch(bare.upper()) and not self._follows(bare):
            return Style(0, "I") if bare.isupper() else Style(_LOWER_ROMAN, "i")
        if len(bare) == 1 and bare.isalpha():
            case = "A" if bare.isupper() else "a"
            self._last[case] = fold(bare)
            return Style(0, "A") if case == "A" else Style(_LOWER_LETTER, "a")
        part = _WITH_PART.fullmatch(fold(bare))
        return Style(0, part[1]) if part else Style(1, "other")

    def _follows(self, bare: str) -> bool:
        """Return whether a letter goes on with letters, as "i)" does after "h)"."""
        last = self._last.get("A" if bare.isupper() else "a")
        return last is not None and len(last + bare) == 2 and ord(fold(bare)) - ord(last) == 1
