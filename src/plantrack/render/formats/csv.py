"""CSV that Excel opens by a double click and that programs read: one table, one row of headings.

UTF-8 with its mark, without which Excel mangles Vietnamese. In Vietnamese `;` and the decimal comma, as a Vietnamese
Windows has them (there `12.5` would become the 12th of May), else `,` and the point. Rows end in CR LF, as RFC 4180
has it; inside a text a line ends in LF alone, which Excel shows as a new line. Days are YYYY-MM-DD, which Excel reads
as days in every language and no program misreads; moments are the same with the time, by the plan's clock.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache, partial

from plantrack.model.grouping import chunks
from plantrack.model.moments import local_moment
from plantrack.model.views.rows import DerivedRows
from plantrack.render.formats import Page
from plantrack.render.layout.workbook import Book, Sheet, SheetColumn, Value

_BOM = "\ufeff"
#: What a spreadsheet takes for a formula. Apostrophes before it count too, so that a reader takes away just one.
_FORMULA = re.compile(r"'*\s*[=+\-@\t\r\n＝＋－＠]")
_Write = Callable[[Value], str]


def render(book: Book, page: Page) -> Iterator[str]:
    """Write the main sheet of a book."""
    separator, mark = (";", ",") if page.words.language == "vi" else (",", ".")
    sheet = _labelled(book.sheets[book.main], book.label, page)
    writes = [_write_of(column, mark, book.timezone) for column in sheet.columns]
    yield _BOM + _lines([[safe(column.heading) for column in sheet.columns]], separator)
    for chunk in chunks(sheet.rows):
        columns = zip(writes, zip(*chunk, strict=True), strict=True)
        cells = [["" if v is None else write(v) for v in values] for write, values in columns]
        yield _lines(zip(*cells, strict=True), separator)


def _lines(rows: Iterable[Iterable[str]], separator: str) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator="\r\n").writerows(rows)
    return out.getvalue()


def _labelled(sheet: Sheet, label: str, page: Page) -> Sheet:
    """Say in each row that the data is made up: here there is no other place for it."""
    if not label:
        return sheet
    columns = (*sheet.columns, SheetColumn(page.words("sheet.made_up")))
    rows = DerivedRows(sheet.rows, partial(map, lambda row: (*row, label)))
    return sheet._replace(columns=columns, rows=rows)


def safe(text: str) -> str:
    """Keep a text a text: what looks like a formula (a note that begins with a dash) gets an apostrophe."""
    return f"'{text}" if _FORMULA.match(text) else text


def _write_of(column: SheetColumn, mark: str, timezone: str) -> _Write:
    """Return what writes the values of a column."""
    match column.kind:
        case "number" | "change":
            return lambda value: safe(value) if isinstance(value, str) else str(value).replace(".", mark)
        case "share":
            return lambda value: safe(value) if isinstance(value, str) else _share(value, mark)
        case "moment":
            return lru_cache(maxsize=4096)(lambda value: _moment(value, timezone))
    return lambda value: safe(str(value))


def _share(value: Value, mark: str) -> str:
    """Write a share to one decimal, a half rounded up; one of whole hundredths without."""
    tenths = (Decimal(repr(value)) * 1000).quantize(Decimal(1), ROUND_HALF_UP)
    whole, tenth = divmod(int(tenths), 10)
    return f"{whole}{mark}{tenth}%" if tenth else f"{whole}%"


def _moment(value: Value, timezone: str) -> str:
    there = local_moment(str(value), timezone)
    return there.replace(tzinfo=None).isoformat(" ", "seconds")
