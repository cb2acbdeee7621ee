"""The rows of a sheet as text: made cell by cell with openpyxl they would take ten times as long."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any, Final

from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from plantrack.model.days import SPREADSHEET_ZERO, valid_day
from plantrack.model.grouping import chunks
from plantrack.model.moments import local_moment
from plantrack.render.formats.office_zip import xml_text
from plantrack.render.layout.text_width import cell_width
from plantrack.render.layout.workbook import Sheet, SheetColumn, Value

#: Day 0 of Excel, and the first day that it counts right.
_EPOCH: Final = SPREADSHEET_ZERO.toordinal()
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
#: As many different values of a column are remembered as they were written.
_MOST: Final = 4_000
FONT: Final = "Times New Roman"
SIZE: Final = 11
#: How high a line of that size is, in points, and the highest row there is.
LINE, _HIGHEST = 15, 409


class ValueSizes:
    """How long the values of a column are, which are taken some at a time."""

    def __init__(self, column: SheetColumn) -> None:
        self.kind = column.kind
        #: The signs of the longest text, and whether all numbers are whole, or shares whole hundredths.
        self.longest = 0
        self.is_whole = True

    def take(self, values: Iterable[Value]) -> None:
        """Take more values into account."""
        self.longest = max(self.longest, max((len(v) for v in values if isinstance(v, str)), default=0))
        times = 100 if self.kind == "share" else 1
        self.is_whole = self.is_whole and all(_is_whole(v * times) for v in values if isinstance(v, float))

    def number_format(self, language: str) -> str:
        """Return the number format of the column, with as many places as its values have."""
        if self.kind == "share" and self.is_whole:
            return "0%"
        if self.kind == "number" and not self.is_whole:
            return "#,##0.0##"
        return {**_FORMS, **_DAYS[language]}[self.kind]


def _is_whole(number: float) -> bool:
    return abs(number - round(number)) < 1e-9


def value_sizes(sheet: Sheet) -> list[ValueSizes]:
    """Return the sizes of each column of a sheet, in one reading."""
    sizes = list(map(ValueSizes, sheet.columns))
    for chunk in chunks(sheet.rows):
        for own, values in zip(sizes, zip(*chunk, strict=True), strict=True):
            own.take(values)
    return sizes


class Cells:
    """Writes the cells of one column."""

    def __init__(
        self,
        place: Worksheet,
        number: int,
        column: SheetColumn,
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

        #: What was written already, and how many lines it takes: most values of a column come again.
        self.known: dict[Value, tuple[str, int]] = {}
        #: Whether any of them takes several.
        self.is_tall = False

    def column(self, values: Sequence[Value], first: int) -> list[str]:
        """Return the cells of some rows, the first of them at `first`; empty where there is no value."""
        known, letter = self.known, self.letter
        if len(known) > _MOST:
            known.clear()
        for value in set(values) - known.keys():
            self._learn(value)
        return [
            f'<c r="{letter}{n}"{known[v][0]}' if v is not None else "" for n, v in enumerate(values, first)
        ]

    def lines(self, values: Sequence[Value]) -> list[int]:
        """Return how many lines each value takes."""
        return [self.known[value][1] for value in values]

    def _learn(self, value: Value) -> None:
        lines = 1
        if isinstance(value, str) and (len(value) > self.width or "\n" in value):
            lines = lines_of(value, self.width)
            self.is_tall = self.is_tall or lines > 1
        self.known[value] = self.written(value, self.plain), lines

    def written(self, value: Value, style: int) -> str:
        """Write a value in a style, all but its place."""
        if value is None:
            return f' s="{style}"/>'
        if isinstance(value, str):
            number = self.serial(value) if self.kind in ("day", "moment") else None
            return self._text(value, style) if number is None else f' s="{style}"><v>{number!r}</v></c>'
        return f' s="{style}"><v>{value!r}</v></c>'

    def _text(self, value: str, style: int) -> str:
        if style == self.plain and value.startswith(_FORMULA):
            style = self.quoted
        if len(value) > _LONGEST:
            value = value[: _LONGEST - 1] + "…"
        text = xml_text(_ESCAPE.sub("_x005F_", value) if "_x" in value else value)
        kept = ' xml:space="preserve"' if text != text.strip() else ""
        return f' s="{style}" t="inlineStr"><is><t{kept}>{text}</t></is></c>'


def cells_of(
    place: Worksheet,
    columns: Sequence[SheetColumn],
    widths: Sequence[int],
    forms: Sequence[str],
    serial: Callable[[str], float | None],
) -> list[Cells]:
    """Return what writes each column of a sheet, with widths and number formats."""
    return [
        Cells(place, i, column, width, form, serial)
        for i, (column, width, form) in enumerate(zip(columns, widths, forms, strict=True))
    ]


def side_of(column: SheetColumn) -> dict[str, Any]:
    """Say where a column's values stand: what can be calculated with on the right, texts a little off from it."""
    return {"horizontal": "left", "indent": 1} if column.kind == "text" else {"horizontal": "right"}


def _style(
    place: Worksheet, form: str, align: Alignment, *, total: bool = False, quoted: bool = False
) -> int:
    """Have openpyxl note a style, and return its number."""
    cell = WriteOnlyCell(place)
    cell.font = Font(FONT, SIZE, bold=total)
    cell.number_format = form
    cell.alignment = align
    if total:
        cell.border = Border(top=Side("thin"))
    cell.quotePrefix = quoted
    return int(cell.style_id)


def serial(value: str, timezone: str) -> float | None:
    """Return a day or a moment as Excel counts it; None for what it cannot count."""
    if len(value) > len("YYYY-MM-DD"):
        there = local_moment(value, timezone)
        seconds = there.hour * 3600 + there.minute * 60 + there.second
        return there.toordinal() - _EPOCH + round(seconds / 86400, 9)
    return date.fromisoformat(value).toordinal() - _EPOCH if valid_day(value) and value >= _FIRST else None


def rows_xml(part: bytes, sheet: Sheet, cells: Sequence[Cells]) -> Iterator[bytes]:
    """Yield the part of a sheet in pieces, its rows put under the headings."""
    head, end, rest = part.partition(b"</sheetData>")
    size = f'<dimension ref="A1:{cells[-1].letter}{len(sheet.rows) + 1}"/>'.encode()
    yield re.sub(rb'<dimension ref="[^"]*"/>', size, head, count=1)
    rows, number = iter(sheet.rows), 2
    for chunk in chunks(islice(rows, len(sheet.rows) - sheet.has_total)):
        yield _rows(cells, chunk, number).encode()
        number += len(chunk)
    yield from (_total(cells, row, number).encode() for row in rows)
    yield end + rest


def _rows(cells: Sequence[Cells], rows: Sequence[Sequence[Value]], first: int) -> str:
    """Write some rows, column by column, which is quicker."""
    columns = list(zip(*rows, strict=True))
    held = [pair for pair in zip(cells, columns, strict=True) if any(v is not None for v in pair[1])]
    texts = zip(*[own.column(values, first) for own, values in held], strict=True)
    tall = [own.lines(values) for own, values in held if own.is_tall]
    heights = [max(lines) for lines in zip(*tall, strict=True)] if tall else [1] * len(rows)
    written = [_row(n, high, text) for n, (high, text) in enumerate(zip(heights, texts, strict=False), first)]
    return "".join(written)


def _row(number: int, lines: int, cells: Sequence[str]) -> str:
    # Excel makes a row as high as its texts as soon as one of them is edited; until then it is as high as this.
    high = f' ht="{min(lines * LINE, _HIGHEST)}"' if lines > 1 else ""
    return f'<row r="{number}"{high}>{"".join(cells)}</row>'


def _total(cells: Sequence[Cells], row: Sequence[Value], number: int) -> str:
    """Write the row that sums up, whose line goes through empty cells too."""
    written = [
        f'<c r="{own.letter}{number}"{own.written(value, own.bold)}'
        for own, value in zip(cells, row, strict=True)
    ]
    return f'<row r="{number}">{"".join(written)}</row>'


def lines_of(text: str, width: int) -> int:
    """Guess how many lines a text takes in a column of a width, rather too many: letters are narrower than digits."""
    room = max(1, width * 9 // 8 - 1)
    return sum(1 + cell_width(line) // room for line in text.split("\n"))
