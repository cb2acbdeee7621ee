"""The lines of an export or a bundle, read as facts: each is held to be as it was written."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from plantrack.errors import Failure
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.text import has_control
from plantrack.store.advance import Advance
from plantrack.store.checks.damage import row_check
from plantrack.store.connection import Connection, Row
from plantrack.store.exchange.fact_lines import Head, read_fact
from plantrack.store.exchange.fact_tables import BY_NAME, FACT_TABLES, FactTable

#: A line of a file with its number, and the share of the file that was read with it.
NumberedLine = tuple[int, bytes, float]
_PLACES: Final = {table.name: place for place, table in enumerate(FACT_TABLES)}
#: The columns of texts of several lines; and of what others wrote: a plan's file to the letter, names of files.
_SEVERAL_LINES: Final = frozenset(
    {"result", "next_step", "blocked", "proposal", "answered", "reason", "note", "evidence", "deliverable"}
    | {
        "old_value",
        "new_value",
        "text",
        "content",
        "warnings",
        "terms",
        "columns",
        "tasks",
        "selection",
        "reply",
    }
)
_OF_OTHERS: Final = frozenset({"document", "file"})


class ReadFact(NamedTuple):
    """A fact as a line has it."""

    line: int
    table: FactTable
    row: dict[str, Any]


class CheckedLines:
    """Reads facts, and holds that they are what was written."""

    def __init__(self, db: Connection, file: str, head: Head, advance: Advance) -> None:
        self.db, self.file, self.head, self.advance = db, file, head, advance
        self.checks: dict[str, Callable[[Sequence[Any]], str | None]] = {}
        self.last: tuple[int, Row] = (-1, ())
        self.counts, self.sha256 = Counter[str](), hashlib.sha256()

    def read(self, lines: Iterable[NumberedLine]) -> Iterator[ReadFact]:
        """Yield the facts of lines; fails at the first line that is not as it was written."""
        for number, line, share in lines:
            yield self._fact(number, line)
            self.sha256.update(line)
            self.advance(share)
        if self.counts != Counter(self.head.counts):
            count, total = (1 + sum(counts.values()) for counts in (self.counts, self.head.counts))
            raise Failure("export-count", file=self.file, line=count, total=total)
        if self.sha256.hexdigest() != self.head.sha256:
            raise Failure("export-altered", file=self.file)

    def _fact(self, number: int, line: bytes) -> ReadFact:
        found = read_fact(line)
        table = BY_NAME.get(found[0]) if found else None
        if found is None or table is None or tuple(found[1]) != table.columns:
            raise Failure("export-line", file=self.file, line=number)
        row = tuple(found[1].values())
        if column := self._check(table)(row) or _with_control(found[1]):
            raise Failure("export-value", file=self.file, line=number, column=column, value=found[1][column])
        place = (_PLACES[table.name], tuple(found[1][name] for name in table.key))
        if place <= self.last:
            raise Failure("export-order", file=self.file, line=number)
        self.last = place
        self.counts[table.name] += 1
        return ReadFact(number, table, found[1])

    def _check(self, table: FactTable) -> Callable[[Sequence[Any]], str | None]:
        if table.name not in self.checks:
            declared = {column.name: column for column in self.db.columns(table.name)}
            self.checks[table.name] = row_check([declared[name] for name in table.columns])
        return self.checks[table.name]


def _with_control(row: Mapping[str, Any]) -> str | None:
    """Return the first column of a row whose text no door would have let in; None: there is none."""
    texts = (
        (name, value) for name, value in row.items() if isinstance(value, str) and name not in _OF_OTHERS
    )
    wrong = (name for name, value in texts if has_control(value, several_lines=name in _SEVERAL_LINES))
    return next(wrong, None)
