"""Formats of cells: how numbers are shown, and what is bold."""

import re
from typing import IO, Final

from plantrack.model.named_tuple import NamedTuple
from plantrack.tables.xlsx.xml_parts import Attributes, is_true, parse_whole

#: Formats that files name by number alone; of the others (General, plain numbers) nothing is needed.
_BUILT_IN: Final = {
    9: "0%",
    10: "0.00%",
    14: "d/m/yyyy",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "d/m/yyyy h:mm",
    **dict.fromkeys((27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58), "yyyy/m/d"),
    **dict.fromkeys((32, 33, 34, 35, 55, 56), "h:mm"),
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
}
#: What a format says in quotes, brackets or after a backslash is no sign of it; brackets may hold hours, though.
_LITERAL: Final = re.compile(r'"[^"]*"|\[(?!h+\]|m+\]|s+\])[^\]]*\]|[\\_*].', re.IGNORECASE)
_WORDS: Final = re.compile("general|standard|am/pm|a/p", re.IGNORECASE)
#: Longer formats there are none.
_LONGEST: Final = 255
#: "m" beside hours or seconds is minutes.
_MINUTES: Final = re.compile("h+[^a-z]*m+|m+[^a-z]*s+")


class NumberForm(NamedTuple):
    """What a format of numbers shows."""

    #: How much larger a number is shown, and whether with the sign.
    scale: int = 1
    percent: bool = False
    day: bool = False
    month: bool = False
    year: bool = False
    time: bool = False
    #: Hours go on after 24.
    elapsed: bool = False

    @property
    def is_date(self) -> bool:
        """Return whether a number in this format is a moment."""
        return self.day or self.month or self.year or self.time


def number_form(code: str) -> NumberForm:
    """Read a format: "0%", "dd/mm/yyyy", "mm/yyyy", "[h]:mm"."""
    first = code[:_LONGEST].split(";")[0]
    signs = _WORDS.sub("", _LITERAL.sub("", first)).lower()
    months = _MINUTES.sub("", signs)
    time = "h" in signs or "s" in signs
    scale = 100 if "%" in signs else 1
    return NumberForm(scale, "%" in first, "d" in signs, "m" in months, "y" in signs, time, "[" in signs)


class CellStyle(NamedTuple):
    """How a cell looks, as far as it matters."""

    form: NumberForm = NumberForm()
    bold: bool = False


class CellStyles:
    """Styles by their number; a file may name one that it does not have."""

    def __init__(self) -> None:
        self._within: list[str] = []
        self._forms = {number: number_form(code) for number, code in _BUILT_IN.items()}
        self._bold: list[bool] = []
        self._styles: list[CellStyle] = []

    def __getitem__(self, number: int) -> CellStyle:
        return self._styles[number] if 0 <= number < len(self._styles) else CellStyle()

    def read(self, stream: IO[bytes]) -> None:
        """Add the styles of a part."""
        parse_whole(stream, self._start, lambda _: self._within.pop())

    def _start(self, name: str, attributes: Attributes) -> None:
        above = self._within[-2:]
        self._within.append(name)
        if name == "numFmt" and above[-1:] == ["numFmts"]:
            self._forms[int(attributes["numFmtId"])] = number_form(attributes.get("formatCode", ""))
        elif name == "font" and above[-1:] == ["fonts"]:
            self._bold.append(False)
        elif name == "b" and above == ["fonts", "font"]:
            self._bold[-1] = is_true(attributes.get("val", "1"))
        elif name == "xf" and above[-1:] == ["cellXfs"]:
            self._styles.append(self._style(attributes))

    def _style(self, attributes: Attributes) -> CellStyle:
        form = self._forms.get(int(attributes.get("numFmtId", 0)), NumberForm())
        font = int(attributes.get("fontId", 0))
        return CellStyle(form, font < len(self._bold) and self._bold[font])
