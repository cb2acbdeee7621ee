"""The rows of one sheet, as they are packed: numbers of texts and styles, not yet what they stand for."""

import re
from collections.abc import Iterator
from typing import Final

from plantrack.model.named_tuple import NamedTuple
from plantrack.tables.columns import column_number
from plantrack.tables.reasons import TooMuchError
from plantrack.tables.xlsx.xml_parts import LONGEST_TEXT, Attributes, Readable, is_true, parse

_LETTERS: Final = re.compile("[A-Z]{1,3}")
_DIGITS: Final = "0123456789"


class PackedCell(NamedTuple):
    """A cell as it is packed: its kind ("n", "s", "str", "inlineStr", "b", "e", "d"), what is written there, its style."""

    column: int
    kind: str
    raw: str
    style: int
    #: The formula, where its result is not there.
    formula: str | None = None


class PackedRow(NamedTuple):
    """The cells of a row that have something, from left to right."""

    number: int
    hidden: bool
    cells: tuple[PackedCell, ...]


def read_rows(stream: Readable, last: int) -> Iterator[PackedRow]:
    """Yield the rows of a sheet that have cells with something in them, up to a last one."""
    reader = _RowReader()
    for _ in parse(stream, reader.start, reader.end, reader.text):
        yield from reader.rows
        reader.rows.clear()
        if reader.number > last:
            return


def row_number(attributes: Attributes, before: int) -> int:
    """Return the number of a row; they come in order."""
    number = int(attributes.get("r", before + 1))
    if number <= before:
        raise ValueError(f"row {number} after row {before}")
    return number


def _longer(text: str, more: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise TooMuchError(f"a text of more than {LONGEST_TEXT} characters")
    return text + more


class _RowReader:
    """Gathers rows as elements come; a sheet has millions of them, so the common ones are met first."""

    __slots__ = (
        *("rows", "number", "hidden", "cells", "column", "attributes", "value", "formula"),
        *("taking", "columns"),
    )

    def __init__(self) -> None:
        self.rows: list[PackedRow] = []
        self.number, self.hidden = 0, False
        self.cells: list[PackedCell] = []
        self.column = -1
        self.attributes: Attributes = {}
        #: What the cell has so far: None before an element for it came.
        self.value: str | None = None
        self.formula: str | None = None
        self.taking = ""
        self.columns: dict[str, int] = {}

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "c":
            self.attributes = attributes
            self.value = self.formula = None
        elif name == "v":
            self.taking, self.value = "value", ""
        elif name == "row":
            self._row(attributes)
        elif name == "t":
            self.taking, self.value = self.taking or "value", self.value or ""
        elif name == "f":
            self.taking, self.formula = "formula", ""
        elif name == "rPh":
            self.taking = "nothing"

    def end(self, name: str) -> None:
        if name == "c":
            self._keep()
        elif name in ("v", "f", "rPh") or (name == "t" and self.taking == "value"):
            self.taking = ""
        elif name == "row" and self.cells:
            self.rows.append(PackedRow(self.number, self.hidden, tuple(self.cells)))

    def text(self, text: str) -> None:
        if self.taking == "value":
            self.value = _longer(self.value, text) if self.value else text
        elif self.taking == "formula":
            self.formula = _longer(self.formula or "", text)

    def _row(self, attributes: Attributes) -> None:
        self.number = row_number(attributes, self.number)
        self.hidden = is_true(attributes.get("hidden"))
        self.cells, self.column = [], -1

    def _keep(self) -> None:
        """Keep a cell that has something; an empty text is the result of a formula, an empty number is none."""
        found = self.attributes
        self.column = column = self._place(found.get("r"))
        kind, style = found.get("t", "n"), int(found.get("s", 0))
        if self.value:
            self.cells.append(PackedCell._make((column, kind, self.value, style, None)))
        elif self.formula is not None and (self.value is None or kind != "str"):
            self.cells.append(PackedCell(column, "str", "", style, f"={self.formula}"))

    def _place(self, reference: str | None) -> int:
        if not reference:
            return self.column + 1
        letters = reference.rstrip(_DIGITS)
        column = self.columns.get(letters)
        if column is None:
            if not _LETTERS.fullmatch(letters):
                raise ValueError(f"no cell {reference[:20]}")
            column = self.columns[letters] = column_number(letters)
        if column <= self.column:
            raise ValueError(f"cell {reference} after a later one")
        return column
