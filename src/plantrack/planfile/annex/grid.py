"""What an office file holds, whatever kind it is: tables of cells, merged ones included, and the text around.

Cells are read once into this form; everything after it works on documents and sheets alike.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from plantrack.errors import Failure
from plantrack.model.text import nfc
from plantrack.tables.encoding import garbled
from plantrack.tables.zip_package import Limits

#: A table of an annex has some hundred rows and ten columns; what has more is another kind of data.
MAX_ROWS: Final = 20_000
MAX_COLUMNS: Final = 60
#: A part is read into memory as a tree: one of 40 MiB takes a gigabyte.
LIMITS: Final = Limits(size=20, unpacked=200, part=40)

_BREAKS: Final = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
#: A plan takes two braces for a place of a template that was not filled; a remark would hide that.
_BRACES: Final = re.compile(r"\{(?=\{)")
_LOST: Final = "\ufffd"
_UNSEEN: Final = ("Cc", "Cf", "Cs")


def clean(raw: str) -> str:
    """Return a text as a plan may have it: NFC, lines without spaces around, nothing that cannot be seen."""
    text = _BREAKS.sub("\n", raw).replace("\t", " ").replace(_LOST, "?")
    if not text.isprintable():
        text = "".join(c for c in text if c == "\n" or unicodedata.category(c) not in _UNSEEN)
    lines = (" ".join(line.split()) for line in nfc(text).split("\n"))
    return _BRACES.sub("{ ", "\n".join(line for line in lines if line))


@dataclass(slots=True, eq=False)
class GridCell:
    """A cell, or several that were merged: its text, and the rows and columns that it covers."""

    text: str
    row: int
    column: int
    height: int = 1
    width: int = 1
    bold: bool = False
    #: What a spreadsheet has in place of text.
    number: int | Decimal | None = None
    day: str | None = None
    #: A formula whose result the file does not have.
    formula: bool = False


@dataclass(slots=True, eq=False)
class GridRow:
    """A row of a table: its place in words, and the cell at each column (the same one where merged)."""

    name: str
    index: int
    cells: list[GridCell | None]
    hidden: bool = False

    def distinct(self) -> list[GridCell]:
        """Return the cells from left to right, each once; those without text are none."""
        found = {id(cell): cell for cell in self.cells if cell and cell.text}
        return list(found.values())

    def own(self) -> list[GridCell]:
        """Return the cells that begin in this row."""
        return [cell for cell in self.distinct() if cell.row == self.index]


@dataclass(slots=True, eq=False)
class Grid:
    """A table of a document, or a sheet."""

    name: str
    rows: list[GridRow] = field(default_factory=list)
    #: The lines of text between the table before and this one.
    before: list[str] = field(default_factory=list)
    #: Tables of one document follow one another; a sheet stands alone.
    flows: bool = False
    hidden: bool = False
    #: Whether it has more rows or columns than are read.
    too_large: bool = False
    #: A word whose letters are wrong (TCVN3, VNI, UTF-8 read as something else).
    garbled: str | None = None
    remarks: list[str] = field(default_factory=list)

    def take(self, raw: str) -> str:
        """Clean the text of a cell; a word that shows a wrong encoding is noted."""
        if self.garbled is None and (found := garbled(raw)):
            self.garbled = found.params["word"]
        return clean(raw)

    @property
    def width(self) -> int:
        """Return the number of columns."""
        return max((len(row.cells) for row in self.rows), default=0)


def cell_text(cells: Sequence[GridCell]) -> str:
    """Return the text of a row's cells as one line of a remark."""
    return " | ".join(cell.text.replace("\n", " / ") for cell in cells)


def too_large(file: str) -> Failure:
    """Say that a file is larger than an annex can be."""
    return Failure(
        "annex-too-large",
        file=file,
        size=LIMITS.size,
        unzipped=LIMITS.unpacked,
        rows=MAX_ROWS,
        columns=MAX_COLUMNS,
    )
