"""The text of a cell: in one form whatever the file, and refused where its letters are wrong."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from plantrack.errors import Failure
from plantrack.model.text import nfc, same_breaks
from plantrack.tables.encoding import garbled, is_suspect
from plantrack.tables.table_file import NO_CELL, Cell

_AROUND_BREAKS: Final = re.compile("[ \t]*\n[ \t]*")
#: Texts come again, short ones above all: names, states, days.
_REMEMBERED: Final = 8192
SHORT: Final = 200
#: As much of what was odd tells enough.
_POOLED: Final = 2000


def text_cell(raw: str) -> Cell:
    """Return a cell of a text, `NO_CELL` where it is blank."""
    return _remembered(raw) if len(raw) <= SHORT else _made(raw)


def tidy(raw: str) -> str:
    """Return a text in NFC, without spaces around it or its lines."""
    text = nfc(same_breaks(raw)).strip()
    return _AROUND_BREAKS.sub("\n", text) if "\n" in text else text


def _made(raw: str) -> Cell:
    text = tidy(raw)
    return Cell(text) if text else NO_CELL


_remembered = lru_cache(_REMEMBERED)(_made)


class LetterCheck:
    """Refuses a sheet whose letters are wrong: a row alone may have too few of them to be sure."""

    def __init__(self, file: str, sheet: str) -> None:
        self._file, self._sheet = file, sheet
        self._odd = ""

    def take(self, texts: Iterable[str], row: int) -> None:
        """Look at a row, and at those before that were odd too."""
        text = " ".join(texts)
        if text.isascii() or not is_suspect(text):
            return
        self._odd = f"{self._odd} {text}"[-_POOLED:]
        if found := garbled(text) or garbled(self._odd):
            word = found.params["word"]
            code = "table-misread-sheet" if self._sheet else "table-misread"
            raise Failure(code, file=self._file, sheet=self._sheet, row=row, word=word)
