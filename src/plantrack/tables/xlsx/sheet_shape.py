"""What stands after the rows of a sheet, or is strewn among them, and must be known before they are read."""

import re
from typing import Final

from plantrack.model.named_tuple import NamedTuple
from plantrack.tables.columns import column_letters, column_number
from plantrack.tables.reasons import TooMuchError
from plantrack.tables.table_file import MAX_COLUMNS
from plantrack.tables.xlsx.sheet_rows import row_number
from plantrack.tables.xlsx.xml_parts import Attributes, Readable, is_true, parse_whole

_AREA: Final = re.compile("([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})")
_DIGITS: Final = "0123456789"
#: As many of a kind are named.
_FEW: Final = 21
#: Merged areas and empty cells with a format, of which a spoilt sheet has millions.
_MOST_MERGED: Final = 200_000
_MOST_EMPTY: Final = 3_000_000


class MergedArea(NamedTuple):
    """A merged area: its rows and columns counted from 1 and 0, the last ones included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


class SheetShape(NamedTuple):
    """What must be known of a sheet before its rows are read."""

    merged: tuple[MergedArea, ...]
    #: The last row with a cell that has something, 0 where no cell has: empty ones may follow.
    last_row: int
    #: Hidden rows that have something, the first of them.
    hidden_rows: tuple[int, ...]
    hidden_columns: tuple[str, ...]
    #: The cells whose formulas have no result, the first of them.
    unsolved: tuple[str, ...]

    @property
    def has_values(self) -> bool:
        """Return whether any cell has something."""
        return self.last_row > 0


def read_shape(stream: Readable) -> SheetShape:
    """Look through the part of a sheet."""
    reader = _ShapeReader()
    parse_whole(stream, reader.start, text=reader.text)
    return reader.shape()


def area_of(reference: str) -> MergedArea | None:
    """Read "A1:B3"."""
    found = _AREA.fullmatch(reference)
    if not found:
        return None
    rows = sorted((int(found[2]), int(found[4])))
    columns = sorted((column_number(found[1]), column_number(found[3])))
    return MergedArea(rows[0], columns[0], rows[1], columns[1])


class _ShapeReader:
    """Looks through a sheet once for all that its rows do not show by themselves."""

    def __init__(self) -> None:
        self.merged: list[MergedArea] = []
        self.hidden_rows: list[int] = []
        self.hidden_columns: dict[str, bool] = {}
        self.unsolved: list[str] = []
        self.row, self.row_is_hidden = 0, False
        self.cell: Attributes = {}
        self.empty, self.last_row = 0, 0
        #: A formula waits for its result, which a value begins.
        self.waits = self.in_value = False

    def start(self, name: str, attributes: Attributes) -> None:
        self.in_value = False
        if name == "c":
            if self.waits:
                self._settle()
            self.cell = attributes
            self.empty += 1
            if self.empty > _MOST_EMPTY:
                raise TooMuchError(f"more than {_MOST_EMPTY} empty cells with a format")
        elif name in ("v", "is"):
            self.in_value, self.last_row = True, self.row
            self.empty -= 1
            # The result of a text may be an empty one.
            self.waits = self.waits and self.cell.get("t") != "str"
            if self.row_is_hidden or self.hidden_columns:
                self._note_hidden()
        elif name == "f":
            self.waits, self.last_row = True, self.row
        elif name == "row":
            self.row = row_number(attributes, self.row)
            self.row_is_hidden = is_true(attributes.get("hidden"))
        elif name == "mergeCell":
            self.merged += filter(None, (area_of(attributes.get("ref", "")),))
            if len(self.merged) > _MOST_MERGED:
                raise TooMuchError(f"more than {_MOST_MERGED} merged areas")
        elif name == "col" and is_true(attributes.get("hidden")):
            columns = range(int(attributes["min"]) - 1, min(int(attributes["max"]), MAX_COLUMNS))
            self.hidden_columns |= dict.fromkeys(map(column_letters, columns), False)

    def text(self, text: str) -> None:
        if self.waits and self.in_value and text.strip():
            self.waits = False

    def _note_hidden(self) -> None:
        if self.row_is_hidden and len(self.hidden_rows) < _FEW and self.row not in self.hidden_rows[-1:]:
            self.hidden_rows.append(self.row)
        letters = self.cell.get("r", "").rstrip(_DIGITS)
        if letters in self.hidden_columns:
            self.hidden_columns[letters] = True

    def _settle(self) -> None:
        self.waits = False
        if len(self.unsolved) < _FEW:
            self.unsolved.append(self.cell.get("r", ""))

    def shape(self) -> SheetShape:
        if self.waits:
            self._settle()
        columns = tuple(letters for letters, used in self.hidden_columns.items() if used)
        hidden = tuple(self.hidden_rows)
        return SheetShape(tuple(self.merged), self.last_row, hidden, columns, tuple(self.unsolved))
