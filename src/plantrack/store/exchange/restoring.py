"""Facts put into an empty database from the lines of an export, as they were; what is derived is made from them."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any, Final

from plantrack.errors import Failure
from plantrack.model.grouping import chunks
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.text import has_control
from plantrack.store import plans, stats
from plantrack.store.advance import Advance, scaled, unheard
from plantrack.store.checks.damage import orphan, row_check
from plantrack.store.checks.soundness import DERIVED_PARTS, derive_again
from plantrack.store.connection import Row, insert
from plantrack.store.exchange.fact_lines import ExportHead, read_fact
from plantrack.store.exchange.fact_tables import BY_NAME, FACT_TABLES, FactTable
from plantrack.store.sqlite.connection import SQLite

#: A line of a file with its number, and the share of the file that was read with it.
NumberedLine = tuple[int, bytes, float]
#: The share of the work that reading takes: measured, with ten updates a task.
_OF_READING: Final = 0.5
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


def restore(
    db: SQLite, file: str, head: ExportHead, lines: Iterable[NumberedLine], advance: Advance = unheard
) -> None:
    """Put the facts of a whole export into tables that have none, inside the caller's transaction.

    Keys of other tables must not be looked at meanwhile: what is derived, and others name, comes last. Fails with
    `export-line`, `export-value`, `export-order`, `export-refused`, `export-count`, `export-altered`, `export-orphan`.
    """
    facts = _Facts(db, file, head, scaled(advance, 0, _OF_READING))
    for table, own in groupby(facts.read(lines), attrgetter("table")):
        for some in chunks(own):
            _insert(db, file, table, some)
    _go_on_counting(db, head)
    if head.example:
        stats.put(db, "example", "1")
    _refuse(orphan(db, DERIVED_PARTS), file)  # of nobody nothing can be derived
    derive_again(db, plans.MIRRORS, scaled(advance, _OF_READING, 1))
    _refuse(orphan(db), file)


def _refuse(orphan: Failure | None, file: str) -> None:
    if orphan:
        reason = "{table} {row} {column}".format_map(orphan.params)
        raise Failure("export-orphan", file=file, reason=reason) from orphan


class _Facts:
    """Reads the facts of an export, and holds that they are what was written."""

    def __init__(self, db: SQLite, file: str, head: ExportHead, advance: Advance) -> None:
        self.db, self.file, self.head, self.advance = db, file, head, advance
        self.checks: dict[str, Callable[[Sequence[Any]], str | None]] = {}
        self.last: tuple[int, Row] = (-1, ())
        self.counts, self.sha256 = Counter[str](), hashlib.sha256()

    def read(self, lines: Iterable[NumberedLine]) -> Iterator[ReadFact]:
        """Yield the facts of lines; fails at the first line that is not as it was written."""
        number = 1
        for number, line, share in lines:
            yield self._fact(number, line)
            self.sha256.update(line)
            self.advance(share)
        if self.counts != Counter(self.head.counts):
            raise Failure(
                "export-count", file=self.file, line=number, total=1 + sum(self.head.counts.values())
            )
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


def _insert(db: SQLite, file: str, table: FactTable, facts: Sequence[ReadFact]) -> None:
    """Add rows; where one breaks a condition of its table its line is named."""
    there = db.driver.total_changes
    try:
        insert(db, table.name, [table.with_stubs(fact.row) for fact in facts])
    except db.driver.IntegrityError as error:
        if len(facts) == 1:
            raise Failure("export-refused", file=file, line=facts[0].line, reason=str(error)) from error
        for fact in facts[db.driver.total_changes - there :]:  # of a statement that fails no row is there
            _insert(db, file, table, [fact])


def _go_on_counting(db: SQLite, head: ExportHead) -> None:
    """Go on with the numbers where they were: one that was given is never given again."""
    for name in ("command", "task"):
        asked = f"SELECT COALESCE(MAX(number), 0) AS number FROM {name} WHERE site = :site"
        given = db.query(asked, {"site": db.told.site})[0][0]
        if used := max(given, head.counters.get(name, 0)):
            insert(db, "counter", [{"name": name, "used": used}], key="name")
