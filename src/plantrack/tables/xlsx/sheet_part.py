"""The part of one sheet: its rows of cells as they are packed, and before that what stands after them there."""

import re
from collections.abc import Iterator
from typing import IO, Final

from plantrack.model.named_tuple import NamedTuple
from plantrack.tables.columns import column_letters, column_number
from plantrack.tables.xlsx.xml_parts import Attributes, is_true, parse, parse_whole

_REFERENCE: Final = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?")
_FIRST_HIDDEN: Final = 20


class MergedArea(NamedTuple):
    """A merged area: its rows and columns counted from 1 and 0, the last ones included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


class SheetShape(NamedTuple):
    """What must be known of a sheet before its rows are read."""

    merged: tuple[MergedArea, ...]
    #: How many rows are hidden, and the first of them.
    hidden_rows: int
    first_hidden: tuple[int, ...]
    hidden_columns: tuple[str, ...]
    #: How many formulas have no result, and the first of them.
    unsolved: int
    first_unsolved: str


class PackedCell(NamedTuple):
    """A cell as it is packed: its kind ("n", "s", "str", "b", "e", "d"), what is written there, its style."""

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


def area_of(reference: str) -> MergedArea | None:
    """Read "A1:B3"."""
    found = _REFERENCE.fullmatch(reference)
    if not found or not found[3]:
        return None
    rows = sorted((int(found[2]), int(found[4])))
    columns = sorted((column_number(found[1]), column_number(found[3])))
    return MergedArea(rows[0], columns[0], rows[1], columns[1])


class _ShapeReader:
    """Looks through a sheet once for all that its rows do not show by themselves."""

    def __init__(self) -> None:
        self.merged: list[MergedArea] = []
        self.hidden_rows: list[int] = []
        self.hidden_columns: list[str] = []
        self.unsolved, self.first_unsolved = 0, ""
        self.hidden = self.row = 0
        self.cell = ""
        self.waits = self.in_value = self.is_text = False

    def start(self, name: str, attributes: Attributes) -> None:
        self.in_value = False
        if name == "c":
            self._settle()
            self.cell, self.is_text = attributes.get("r", ""), attributes.get("t") == "str"
        elif name == "v":
            self.in_value, self.waits = True, self.waits and not self.is_text
        elif name == "f":
            self.waits = True
        elif name == "row":
            self._row(attributes)
        elif name == "mergeCell":
            if area := area_of(attributes.get("ref", "")):
                self.merged.append(area)
        elif name == "col" and is_true(attributes.get("hidden")):
            self._columns(attributes)

    def _row(self, attributes: Attributes) -> None:
        self.row = int(attributes.get("r", self.row + 1))
        if is_true(attributes.get("hidden")):
            self.hidden += 1
            if len(self.hidden_rows) < _FIRST_HIDDEN:
                self.hidden_rows.append(self.row)

    def text(self, text: str) -> None:
        if self.in_value and self.waits and text.strip():
            self.waits = False

    def _columns(self, attributes: Attributes) -> None:
        first, last = (column_letters(int(attributes[end]) - 1) for end in ("min", "max"))
        self.hidden_columns.append(first if first == last else f"{first}:{last}")

    def _settle(self) -> None:
        """Count the formula before, if no value came for it."""
        if self.waits:
            self.unsolved += 1
            self.first_unsolved = self.first_unsolved or self.cell
            self.waits = False

    def shape(self) -> SheetShape:
        self._settle()
        return SheetShape(
            tuple(self.merged),
            self.hidden,
            tuple(self.hidden_rows),
            tuple(self.hidden_columns),
            self.unsolved,
            self.first_unsolved,
        )


def read_shape(stream: IO[bytes]) -> SheetShape:
    """Look through the part of a sheet."""
    reader = _ShapeReader()
    parse_whole(stream, reader.start, text=reader.text)
    return reader.shape()


class _RowReader:
    """Gathers rows as elements come."""

    def __init__(self) -> None:
        self.rows: list[PackedRow] = []
        self.number, self.hidden = 0, False
        self.cells: list[PackedCell] = []
        self.column, self.kind, self.style = -1, "n", 0
        #: What the cell has so far: None before an element for it came.
        self.value: str | None = None
        self.formula: str | None = None
        self.taking = ""
        self.columns: dict[str, int] = {}

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "c":
            self._cell(attributes)
        elif name in ("v", "t", "is"):
            self.taking = "" if name == "is" else self.taking or "value"
            self.value = self.value or ""
        elif name == "f":
            self.taking, self.formula = "formula", ""
        elif name == "rPh":
            self.taking = "nothing"
        elif name == "row":
            self._row(attributes)

    def end(self, name: str) -> None:
        if name == "c":
            self._keep()
        elif name in ("v", "f", "rPh") or (name == "t" and self.taking == "value"):
            self.taking = ""
        elif name == "row" and self.cells:
            self.rows.append(PackedRow(self.number, self.hidden, tuple(self.cells)))

    def text(self, text: str) -> None:
        if self.taking == "value":
            self.value = (self.value or "") + text
        elif self.taking == "formula":
            self.formula = (self.formula or "") + text

    def _row(self, attributes: Attributes) -> None:
        number = int(attributes.get("r", self.number + 1))
        if number <= self.number:
            raise ValueError(f"row {number} after row {self.number}")
        self.number, self.hidden = number, is_true(attributes.get("hidden"))
        self.cells, self.column = [], -1

    def _cell(self, attributes: Attributes) -> None:
        self.column = self._place(attributes.get("r"))
        self.kind = attributes.get("t", "n")
        self.style = int(attributes.get("s", 0))
        self.value = self.formula = None

    def _place(self, reference: str | None) -> int:
        if not reference:
            return self.column + 1
        letters = reference.rstrip("0123456789")
        column = self.columns.get(letters)
        if column is None:
            column = self.columns[letters] = column_number(letters)
        if column <= self.column:
            raise ValueError(f"cell {reference} after a later one")
        return column

    def _keep(self) -> None:
        """Keep a cell that has something; an empty text is the result of a formula, an empty number is none."""
        kind = "str" if self.kind == "inlineStr" else self.kind
        if self.value:
            self.cells.append(PackedCell(self.column, kind, self.value, self.style))
        elif self.formula is not None and (self.value is None or kind != "str"):
            self.cells.append(PackedCell(self.column, "str", "", self.style, f"={self.formula}"))


def read_rows(stream: IO[bytes]) -> Iterator[PackedRow]:
    """Yield the rows of a sheet that have cells with something in them."""
    reader = _RowReader()
    for _ in parse(stream, reader.start, reader.end, reader.text):
        yield from reader.rows
        reader.rows.clear()
