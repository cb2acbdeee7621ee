"""The text of a cell: in one form whatever the file, and refused where its letters are wrong."""

import re
from functools import lru_cache
from typing import Final

from plantrack.errors import Failure
from plantrack.model.text import nfc, same_breaks
from plantrack.tables.encoding import garbled
from plantrack.tables.table_file import NO_CELL, Cell

_AROUND_BREAKS: Final = re.compile("[ \t]*\n[ \t]*")
#: Stands for a text whose letters are wrong, until it is known where that is.
WRONG_LETTERS: Final = Cell("\ufffd")
#: Texts come again, short ones above all: names, states, days.
_REMEMBERED: Final = 8192
SHORT: Final = 200


def text_cell(raw: str) -> Cell:
    """Return a cell of a text; `WRONG_LETTERS` where they are."""
    return _remembered(raw) if len(raw) <= SHORT else _made(raw)


def tidy(raw: str) -> str:
    """Return a text in NFC, without spaces around it or its lines."""
    text = nfc(same_breaks(raw)).strip()
    return _AROUND_BREAKS.sub("\n", text) if "\n" in text else text


def _made(raw: str) -> Cell:
    if not raw.isascii() and garbled(raw):
        return WRONG_LETTERS
    text = tidy(raw)
    return Cell(text) if text else NO_CELL


_remembered = lru_cache(_REMEMBERED)(_made)


def misread(raw: str, file: str, sheet: str, row: int) -> Failure:
    """Return the failure for a text with wrong letters."""
    found = garbled(raw)
    return Failure(
        "table-misread", file=file, sheet=sheet, row=row, word=found.params["word"] if found else raw
    )
