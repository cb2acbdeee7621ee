"""What was taken in from a table of a file, or would be."""

from collections.abc import Mapping, Sequence

from plantrack.model.importing.changes import SameTitle
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.plan import Text
from plantrack.model.views.header import ViewHeader


class ImportColumn(NamedTuple):
    """A column of a table: its heading, the field that it is (empty: it is left out), and what stands in its first rows."""

    heading: str
    field: str
    title: Text
    samples: tuple[str, ...]


class ImportCounts(NamedTuple):
    """The rows of a table by what becomes of them."""

    added: int
    changed: int
    #: Recorded before.
    left: int
    #: The same as a row above.
    repeated: int
    bad: int
    #: Headings of groups, and sums.
    others: int
    #: Reports in which nothing is filled in.
    empty: int = 0


class ImportedLine(NamedTuple):
    """A row that was taken in: its number, what became of it (added, changed), and the task that it came to."""

    row: int
    what: str
    task: str | None


class ImportedChange(NamedTuple):
    """What a row changes of its task: a field, as the history of the task has it and its values."""

    row: int
    task: str
    title: str
    field: str
    old: str | None
    new: str | None


class MoneySum(NamedTuple):
    """What rows say of money in all: the field, of how many tasks, how much."""

    field: str
    tasks: int
    amount: int


class ImportView(NamedTuple):
    """A table that is taken in."""

    heading: ViewHeader
    file: str
    sheet: str
    #: task, update, person or indicator.
    kind: str
    columns: tuple[ImportColumn, ...]
    counts: ImportCounts
    #: The heading of what names its rows; empty: all that they say does.
    keyed_by: str
    #: The name under which the columns are kept.
    source: str
    #: Whoever comes with it: organisations by id with their names, and people.
    new_organisations: Mapping[str, str]
    new_people: tuple[str, ...]
    changes: tuple[ImportedChange, ...] = ()
    rows: tuple[ImportedLine, ...] = ()
    command: str | None = None
    #: Where the rows that are wrong went.
    bad_file: str | None = None
    sums: tuple[MoneySum, ...] = ()
    #: The heading of a column that may be one of keys, but of which nobody said so.
    spare_key: str = ""
    #: Rows that would make a second task of a title.
    same_titles: Sequence[SameTitle] = ()

    @property
    def mapping(self) -> dict[str, str]:
        """Return the field of each heading."""
        return {column.heading: column.field for column in self.columns}
