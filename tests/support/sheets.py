"""The sheets of a book, read by their headings."""

import json
from typing import Any

from plantrack.render.layout.workbook import Book, Sheet


def rows(sheet: Sheet) -> list[dict[str, Any]]:
    """Return the rows of a sheet by the headings."""
    headings = [column.heading for column in sheet.columns]
    return [dict(zip(headings, row, strict=True)) for row in sheet.rows]


def everything(book: Book) -> str:
    """Return all that a book says, to look for what must not be there."""
    return json.dumps([[*sheet.rows] for sheet in book.sheets], ensure_ascii=False) + "\n".join(book.lines)


def named(book: Book, title: str) -> Sheet:
    """Return the sheet with a title."""
    (sheet,) = [sheet for sheet in book.sheets if sheet.title == title]
    return sheet
