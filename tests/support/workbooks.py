"""Workbooks, written and read back with openpyxl."""

import io
from typing import Any

from openpyxl import load_workbook

from plantrack.i18n.words import Words
from plantrack.render.formats import Page
from plantrack.render.formats.xlsx import render
from plantrack.render.layout.workbook import Book, Sheet, SheetColumn

VI = Words("vi")


def opened(book: Book, words: Words = VI) -> Any:
    """Return a book as openpyxl reads it."""
    return load_workbook(io.BytesIO(b"".join(render(book, Page(words, 80, False)))))


def one(*rows: tuple[Any, ...], kind: Any = "text", words: Words = VI, **more: Any) -> Any:
    """Return the sheet of a book of one, read again."""
    columns = tuple(SheetColumn(f"c{i}", kind, 30) for i in range(len(rows[0])))
    return opened(Book("b", (), (Sheet("Tờ", columns, rows, **more),)), words).worksheets[1]


def values(place: Any) -> list[tuple[Any, ...]]:
    """Return the rows under the headings."""
    return list(place.iter_rows(min_row=2, values_only=True))
