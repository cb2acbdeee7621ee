"""Excel workbooks: a sheet that says what the figures are of, then one for each section.

Real days, moments (by the plan's clock, so that they sort and can be filtered) and numbers; what people wrote is a
text whatever it begins with, and no formula. openpyxl makes all but the rows: names, headings, widths, filters, the
page when printed.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from plantrack.model.views.rows import held_if_few
from plantrack.render.formats import Page
from plantrack.render.formats.office_zip import described, legal, packed
from plantrack.render.formats.xlsx.rows import (
    FONT,
    LINE,
    SIZE,
    cells_of,
    lines_of,
    rows_xml,
    serial,
    side_of,
    value_sizes,
)
from plantrack.render.formats.xlsx.saved import saved_parts
from plantrack.render.layout.text_width import cell_width
from plantrack.render.layout.workbook import Book, Sheet, SheetColumn

#: The most signs of a sheet's name, and of what stands above and below a page.
_NAME: Final = 31
_FOOT: Final = 200
_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\]")
#: As many signs as a page has room for across, upright and lying; a wider sheet takes several pages side by side.
_PORTRAIT, _LANDSCAPE = 95, 190
_ABOUT: Final = 80
_BOLD: Final = Font(FONT, SIZE, bold=True)
_FILL: Final = PatternFill("solid", fgColor="FFE7E6E6")
_UNDER: Final = Border(bottom=Side("thin"))


def render(book: Book, page: Page) -> Iterator[bytes]:
    """Write a workbook; the same book gives the same bytes."""
    words = page.words
    frame, day_number = Workbook(), lru_cache(maxsize=4096)(lambda value: serial(value, book.timezone))
    about, *names = _names([words("sheet.about"), *(sheet.title for sheet in book.sheets)])
    _say_what(frame.worksheets[0], about, book)
    cells, sheets = [], [sheet._replace(rows=held_if_few(sheet.rows)) for sheet in book.sheets]
    for name, sheet in zip(names, sheets, strict=True):
        place, sizes = frame.create_sheet(name), value_sizes(sheet)
        widths = [_width(column, own.longest) for column, own in zip(sheet.columns, sizes, strict=True)]
        _set_up(place, sheet, book, widths)
        forms = [own.number_format(words.language) for own in sizes]
        cells.append(cells_of(place, sheet.columns, widths, forms, day_number))
    frame.active = min(1 + book.main, len(book.sheets))
    saved = saved_parts(frame)
    parts: dict[str, bytes | Iterable[bytes]] = {**saved}
    parts |= described(book.title, words.language)
    for number, (sheet, own) in enumerate(zip(sheets, cells, strict=True), 2):
        part = f"xl/worksheets/sheet{number}.xml"
        parts[part] = rows_xml(saved[part], sheet, own)
    return packed(parts)


def _names(titles: Iterable[str]) -> list[str]:
    """Return names of sheets that Excel takes: short, without its signs, each once whatever the case."""
    names: list[str] = []
    for title in titles:
        base = _FORBIDDEN.sub(" ", legal(title)).strip(" '") or "-"
        taken = {name.casefold() for name in (*names, "history")}
        tries = (
            base[: _NAME - len(end)] + end for end in ("", *(f" ({n})" for n in range(2, len(names) + 4)))
        )
        names.append(next(name for name in tries if name.casefold() not in taken))
    return names


def _say_what(place: Worksheet, name: str, book: Book) -> None:
    """Fill the first sheet: the title, and a line for each thing that must be known of the figures."""
    place.title = name
    place.column_dimensions["A"].width = _ABOUT
    for number, line in enumerate((book.title, *book.lines), 1):
        cell = place.cell(number, 1)
        cell.value, cell.data_type, cell.quotePrefix = legal(line), "s", True
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.font = Font(FONT, 14 if number == 1 else SIZE, bold=number == 1 or line == book.label)
        place.row_dimensions[number].height = (LINE + 4) * lines_of(line, _ABOUT)
    _print_on_a4(place, book, _PORTRAIT)


def _set_up(place: Worksheet, sheet: Sheet, book: Book, widths: Sequence[int]) -> None:
    """Make a sheet with its headings, above which rows scroll and by which they are filtered."""
    for number, (column, width) in enumerate(zip(sheet.columns, widths, strict=True), 1):
        cell = place.cell(1, number)
        cell.value, cell.data_type = legal(column.heading), "s"
        cell.font, cell.fill, cell.border = _BOLD, _FILL, _UNDER
        cell.alignment = Alignment(wrap_text=True, vertical="center", **side_of(column))
        place.column_dimensions[get_column_letter(number)].width = width
    heights = [lines_of(c.heading, width) for c, width in zip(sheet.columns, widths, strict=True)]
    place.row_dimensions[1].height = LINE * max(heights) + 3
    last = get_column_letter(len(sheet.columns))
    # The row that sums up is not filtered and not sorted with the others.
    place.auto_filter.ref = f"A1:{last}{1 + len(sheet.rows) - sheet.has_total}"
    place.freeze_panes = "A2"
    place.print_title_rows = "1:1"
    if sum(widths) > _LANDSCAPE:
        place.print_title_cols = "A:B"  # of a row that goes on on the page beside
    place.print_options.gridLines = True
    _print_on_a4(place, book, sum(widths))


def _width(column: SheetColumn, longest: int) -> int:
    """Return the width of a column: as wide as its texts, up to what it may have, and no narrower than its heading's words."""
    head = max(map(cell_width, column.heading.split()), default=1)
    if column.kind != "text":
        return max(column.width, head) + 2
    return max(head, min(column.width, longest)) + 3


def _print_on_a4(place: Worksheet, book: Book, width: int) -> None:
    """Set the page: what it is above, its number below, as many side by side as letters of a fair size need."""
    place.page_setup.orientation = "landscape" if width > _PORTRAIT else "portrait"
    place.page_setup.paperSize = 9
    place.page_setup.fitToWidth, place.page_setup.fitToHeight = 1 + (width - 1) // _LANDSCAPE, 0
    place.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    place.page_margins.left = place.page_margins.right = 0.5
    said = " · ".join(filter(None, (legal(book.label), legal(book.title))))
    for part, text in ((place.oddHeader, said[:_FOOT].replace("&", "&&")), (place.oddFooter, "&A · &P/&N")):
        if part is not None:
            part.center.text, part.center.font, part.center.size = text, FONT, SIZE - 1
