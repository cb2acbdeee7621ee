"""What a table in a file is, whatever the file: sheets of rows of cells, read one row at a time."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Final, Literal

from plantrack.model.named_tuple import NamedTuple

TableKind = Literal["csv", "xlsx", "jsonl"]

#: Columns to the right of these are no table that a person keeps.
MAX_COLUMNS: Final = 1000


class Cell(NamedTuple):
    """A cell: its text as a person sees it (NFC, trimmed), and the number or day that it is."""

    text: str = ""
    #: Of a percentage what stands before the sign.
    number: int | Decimal | None = None
    #: A day in ISO form, where the file has a real date with a day; a month or a quarter has none.
    day: str | None = None
    #: A formula whose result the file does not have; its text is then the formula.
    formula: bool = False


#: What stands where a row has nothing.
NO_CELL: Final = Cell()


class MergedSpan(NamedTuple):
    """The columns of a row that one merged cell covers, counted from 0; `above`: it begins in a row above."""

    first: int
    last: int
    above: bool


class SheetRow(NamedTuple):
    """A row that has something of its own; `number` counts from 1, as Excel or an editor shows it."""

    number: int
    #: Each place of a merged area has its one cell.
    cells: tuple[Cell, ...]
    hidden: bool = False
    merged: tuple[MergedSpan, ...] = ()

    def at(self, column: int) -> Cell:
        """Return the cell of a column, counted from 0."""
        return self.cells[column] if column < len(self.cells) else NO_CELL

    def own(self) -> list[tuple[int, Cell]]:
        """Return the cells with text that begin here, with their columns: a title over the whole width is one."""
        covered = {c for span in self.merged for c in range(span.first + (not span.above), span.last + 1)}
        return [(c, cell) for c, cell in enumerate(self.cells) if cell.text and c not in covered]


class TableSheet(NamedTuple):
    """A sheet of a workbook, the objects of one type, or all of a CSV (whose sheet has no name)."""

    name: str
    hidden: bool
    #: Reads the rows anew each time. Fails as `open_table` does: of a workbook letters that are wrong, or a value
    #: too far to the right, show only here.
    rows: Callable[[], Iterator[SheetRow]]


class TableRemark(NamedTuple):
    """What a person should know of a file: `note.CODE` with its parameters."""

    code: str
    params: Mapping[str, object]


class TableFile(NamedTuple):
    """A file that can be read: its sheets in order."""

    file: str
    kind: TableKind
    sheets: tuple[TableSheet, ...]
    remarks: tuple[TableRemark, ...] = ()


def table_remark(code: str, **params: object) -> TableRemark:
    """Make a remark."""
    return TableRemark(code, params)
