"""CSV and its kin, as Excel and others write them: read line by line, never more than a row at once."""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from itertools import islice
from typing import Final

from plantrack.errors import Failure
from plantrack.model.named_tuple import NamedTuple
from plantrack.tables.cell_text import LetterCheck, text_cell, tidy
from plantrack.tables.columns import column_letters
from plantrack.tables.csv_line import LineSplitter
from plantrack.tables.plain_file import PlainFile
from plantrack.tables.table_file import MAX_COLUMNS, Cell, SheetRow, TableFile, TableSheet
from plantrack.tables.text_lines import TextLines, text_lines

#: The first of them stands for none: all is one column.
_SEPARATORS: Final = ("\x1f", ";", ",", "\t")
_SNIFFED_LINES: Final = 200
#: How Excel is told the separator, in a line of its own.
_TOLD: Final = re.compile("\ufeff?sep=(.)", re.IGNORECASE)
_TAB: Final = ("tab", "\\t")
#: What programs write so that Excel leaves a text alone: `="0912"`, and an apostrophe before what looks like a formula.
_KEPT_TEXT: Final = re.compile('="([^"]*)"')
_KEPT_FORMULA: Final = re.compile(r"'+\s*[=+\-@\t\r\n＝＋－＠]")


def open_csv(source: PlainFile, encoding: str | None, separator: str | None) -> TableFile:
    """Look through a CSV: its letters, its separator, its width."""
    text = text_lines(source, encoding)
    told = _TOLD.fullmatch(next(text.read(), ""))
    chosen = _named(separator) if separator else told[1] if told else _sniffed(text)
    rows = _CsvRows(text, 1 if told else 0, chosen)
    last = rows.last()
    return TableFile(text.file, "csv", (TableSheet("", False, partial(rows.read, last)),))


def _named(separator: str) -> str:
    found = "\t" if separator in _TAB else separator
    if len(found) != 1 or found in '"\r\n':
        raise Failure("table-separator", separator=separator)
    return found


def _sniffed(text: TextLines) -> str:
    """Return the separator that gives most rows the same number of cells, the most cells of these."""
    lines = [line for line in islice(text.read(), _SNIFFED_LINES) if line.strip()]

    def regular(separator: str) -> tuple[int, int]:
        widths = Counter(n for n in map(len, _sample(lines, separator)) if n > 1)
        best = max(((count, width) for width, count in widths.items()), default=(0, 0))
        # With spaces behind it is a sign of sentences, unless most rows have it.
        signs, spaced = (sum(line.count(sign) for line in lines) for sign in (separator, f"{separator} "))
        return (0, 0) if spaced * 2 > signs and best[0] * 2 < len(lines) else best

    return max(_SEPARATORS, key=regular)


class _CsvRows(NamedTuple):
    """The rows of a CSV under one separator."""

    text: TextLines
    #: Lines that are no rows.
    skipped: int
    separator: str

    def last(self) -> int:
        """Look through all rows for what cannot be read; return the number of the last one."""
        letters, has_text, number = LetterCheck(self.text.file, ""), False, 0
        for number, row in self._packed():
            has_text = has_text or any(map(tidy, row))
            letters.take(row, number)
            if len(row) > MAX_COLUMNS and any(row[MAX_COLUMNS:]):
                last = max(column for column, raw in enumerate(row) if raw)
                place = f"{column_letters(last)}{number}"
                raise Failure("table-too-wide", file=self.text.file, place=place, columns=MAX_COLUMNS)
        if not has_text:
            raise Failure("table-empty", file=self.text.file)
        return number

    def read(self, last: int) -> Iterator[SheetRow]:
        """Yield the rows that have something, by the number of their first line; blank ones may follow the last."""
        for number, row in self._packed():
            cells = tuple(map(_cell, row[:MAX_COLUMNS]))
            if any(cell.text for cell in cells):
                yield SheetRow(number, cells)
            if number == last:
                return

    def _packed(self) -> Iterator[tuple[int, list[str]]]:
        """Yield the rows that are not blank, as they are written."""
        lines = islice(self.text.read(), self.skipped, None)
        return LineSplitter(self.text.file, self.separator).rows(enumerate(lines, self.skipped + 1))


def _sample(lines: list[str], separator: str) -> list[list[str]]:
    """Return the rows of some lines: a cell may not be closed in them."""
    rows = []
    with suppress(Failure):
        for _, row in LineSplitter("", separator).rows(enumerate(lines)):
            rows.append(row)
    return rows


def _cell(raw: str) -> Cell:
    if raw[:1] == "=" and (kept := _KEPT_TEXT.fullmatch(raw)):
        return text_cell(kept[1])
    if raw[:1] == "'" and _KEPT_FORMULA.match(raw):
        return text_cell(raw[1:])
    return text_cell(raw)
