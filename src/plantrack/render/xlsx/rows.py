"""The rows of a sheet as text: made cell by cell with openpyxl they would take ten times as long."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cache
from typing import Any, Final

from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from plantrack.model.days import valid_day
from plantrack.model.moments import local_moment
from plantrack.render.book import Column, Sheet, Value
from plantrack.render.cells import cell_width
from plantrack.render.office import escaped

#: Day 0 of Excel, and the first day that it counts right.
_EPOCH: Final = date(1899, 12, 30).toordinal()
_FIRST: Final = "1900-03-01"
#: The most signs of a cell.
_LONGEST: Final = 32_767
#: What Excel would read as a character by its number.
_ESCAPE: Final = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
#: What Excel makes a formula of when somebody edits the cell, unless it is marked as a text.
_FORMULA: Final = ("=", "+", "-", "@")
#: From this width on a column is of texts, which go on in the next line.
_WRAPS: Final = 16
_FORMS: Final = {"number": "#,##0", "change": "+#,##0;-#,##0;0", "share": "0.0%", "text": "General"}
_DAYS: Final = {
    "vi": {"day": "dd/mm/yyyy", "moment": "dd/mm/yyyy hh:mm"},
    "en": {"day": "[$-409]d mmm yyyy", "moment": "[$-409]d mmm yyyy hh:mm"},
}
_CHUNK: Final = 500
FONT: Final = "Times New Roman"
SIZE: Final = 11
#: How high a line of that size is, in points, and the highest row there is.
LINE, _HIGHEST = 15, 409


class Looks:
    """Gives each column what writes its cells, in the look of what it holds."""

    def __init__(self, language: str, timezone: str) -> None:
        self.language = language
        self.serial = cache(lambda value: _serial(value, timezone))

    def of(self, place: Worksheet, sheet: Sheet, widths: Sequence[int]) -> list["Cells"]:
        """Give what writes each column of a sheet."""
        return [
            Cells(place, number, column, width, self._form(column, sheet, number), self.serial)
            for number, (column, width) in enumerate(zip(sheet.columns, widths, strict=True))
        ]

    def _form(self, column: Column, sheet: Sheet, number: int) -> str:
        """Give the number format of a column, with as many places as its values have."""
        values = [v for row in sheet.rows if isinstance(v := row[number], float)]
        if column.kind == "share" and all(_is_whole(v * 100) for v in values):
            return "0%"
        if column.kind == "number" and any(not _is_whole(v) for v in values):
            return "#,##0.0##"
        return {**_FORMS, **_DAYS[self.language]}[column.kind]


def _is_whole(number: float) -> bool:
    return abs(number - round(number)) < 1e-9


class Cells:
    """Writes the cells of one column."""

    def __init__(
        self,
        place: Worksheet,
        number: int,
        column: Column,
        width: int,
        form: str,
        serial: Callable[[str], float | None],
    ) -> None:
        self.letter = get_column_letter(number + 1)
        self.kind = column.kind
        self.serial = serial
        wraps = column.kind == "text" and column.width >= _WRAPS
        self.width = width if wraps else _LONGEST
        self.align = Alignment(vertical="top", wrap_text=wraps, **side_of(column))
        self.plain, self.bold = (_style(place, form, self.align, total=total) for total in (False, True))
        self.quoted = _style(place, form, self.align, quoted=True)

    def write(self, row: int, value: Value, *, total: bool) -> str:
        """Write one cell; nothing where there is no value, but in the row that sums up."""
        if value is None:
            return f'<c r="{self.letter}{row}" s="{self.bold}"/>' if total else ""
        if not isinstance(value, str):
            return self._number(row, value, total=total)
        if self.kind in ("day", "moment") and (number := self.serial(value)) is not None:
            return self._number(row, number, total=total)
        return self._text(row, value, total=total)

    def _number(self, row: int, value: float, *, total: bool) -> str:
        return f'<c r="{self.letter}{row}" s="{self.bold if total else self.plain}"><v>{value!r}</v></c>'

    def _text(self, row: int, value: str, *, total: bool) -> str:
        style = self.bold if total else self.quoted if value.startswith(_FORMULA) else self.plain
        if len(value) > _LONGEST:
            value = value[: _LONGEST - 1] + "…"
        text = escaped(_ESCAPE.sub("_x005F_", value) if "_x" in value else value)
        kept = ' xml:space="preserve"' if text != text.strip() else ""
        return f'<c r="{self.letter}{row}" s="{style}" t="inlineStr"><is><t{kept}>{text}</t></is></c>'


def side_of(column: Column) -> dict[str, Any]:
    """Say where a column's values stand: what can be calculated with on the right, texts a little off from it."""
    return {"horizontal": "left", "indent": 1} if column.kind == "text" else {"horizontal": "right"}


def _style(
    place: Worksheet, form: str, align: Alignment, *, total: bool = False, quoted: bool = False
) -> int:
    """Have openpyxl note a style, and give its number."""
    cell = WriteOnlyCell(place)
    cell.font = Font(FONT, SIZE, bold=total)
    cell.number_format = form
    cell.alignment = align
    if total:
        cell.border = Border(top=Side("thin"))
    cell.quotePrefix = quoted
    return int(cell.style_id)


def _serial(value: str, timezone: str) -> float | None:
    """Give a day or a moment as Excel counts it; none for what it cannot count."""
    if len(value) > len("YYYY-MM-DD"):
        there = local_moment(value, timezone)
        seconds = there.hour * 3600 + there.minute * 60 + there.second
        return there.toordinal() - _EPOCH + round(seconds / 86400, 9)
    return date.fromisoformat(value).toordinal() - _EPOCH if valid_day(value) and value >= _FIRST else None


def filled(part: bytes, sheet: Sheet, cells: Sequence[Cells]) -> Iterator[bytes]:
    """Give the part of a sheet in pieces, its rows put under the headings."""
    head, end, rest = part.partition(b"</sheetData>")
    size = f'<dimension ref="A1:{cells[-1].letter}{len(sheet.rows) + 1}"/>'.encode()
    yield re.sub(rb'<dimension ref="[^"]*"/>', size, head, count=1)
    last = len(sheet.rows) - 1 if sheet.has_total else -1
    for first in range(0, len(sheet.rows), _CHUNK):
        rows = enumerate(sheet.rows[first : first + _CHUNK], first)
        yield "".join([_row(cells, row, number, total=number == last) for number, row in rows]).encode()
    yield end + rest


def _row(cells: Sequence[Cells], row: Sequence[Value], number: int, *, total: bool) -> str:
    place, height = number + 2, 1
    written = []
    for own, value in zip(cells, row, strict=True):
        written.append(own.write(place, value, total=total))
        if isinstance(value, str) and (len(value) > own.width or "\n" in value):
            height = max(height, lines_of(value, own.width))
    # Excel makes a row as high as its texts as soon as one of them is edited; until then it is as high as this.
    high = f' ht="{min(height * LINE, _HIGHEST)}"' if height > 1 else ""
    return f'<row r="{place}"{high}>{"".join(written)}</row>'


def lines_of(text: str, width: int) -> int:
    """Guess how many lines a text takes in a column of a width, rather too many: letters are narrower than digits."""
    room = max(1, width * 9 // 8 - 1)
    return sum(1 + cell_width(line) // room for line in text.split("\n"))
