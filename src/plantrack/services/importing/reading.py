"""What was read of a table before anything is written: rows that are understood, those that are not, who is new."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any

from plantrack.model.named_tuple import NamedTuple
from plantrack.model.plan import Organisation
from plantrack.model.problem import RowProblem
from plantrack.services.context import Context
from plantrack.services.importing.columns import SheetColumns
from plantrack.services.importing.table_rows import FindGroup
from plantrack.services.writing.command_rules import Note
from plantrack.tables.table_file import TableRemark


class ReadRow(NamedTuple):
    """A row that is understood: its number, what names it, and what it says (by its kind)."""

    number: int
    key: str
    sha256: str
    said: Any
    #: The task that it came to when it was imported before, and said something else.
    task: str | None = None
    is_known: bool = False


#: Collects the failure of what is written of a row, where the store is the judge.
Attempt = Callable[[ReadRow], AbstractContextManager[None]]


class TableReading(NamedTuple):
    """A table of a file, read against what is known."""

    file: str
    #: csv, xlsx or jsonl.
    file_kind: str
    columns: SheetColumns
    #: The texts of the first rows, by column.
    samples: tuple[tuple[str, ...], ...]
    rows: Sequence[ReadRow]
    problems: Sequence[RowProblem]
    #: How many rows are recorded already; how many stand in the file twice; how many are headings or sums.
    left: int
    repeated: int
    others: int
    #: Whether rows are known by a column, else by all that they say.
    is_keyed: bool
    #: The name under which the columns are kept, and whether that is new.
    source: str
    is_new_mapping: bool
    #: The moment of the last command when it was read.
    read_at: str | None
    #: What a heading between rows means.
    find_group: FindGroup
    #: That of the command, with whoever is new known by name.
    context: Context
    new_organisations: Mapping[str, Organisation]
    new_people: Sequence[str]
    remarks: Sequence[TableRemark]
    notes: Sequence[Note]
