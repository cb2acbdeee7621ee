"""Facts put into an empty database from the lines of an export, as they were; what is derived is made from them."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Final

from plantrack.errors import Failure
from plantrack.model.grouping import chunks
from plantrack.store import commands, plan_mirrors, stats, tasks
from plantrack.store.advance import Advance, scaled, unheard
from plantrack.store.checks.damage import orphan
from plantrack.store.checks.soundness import DERIVED_PARTS, derive_again
from plantrack.store.connection import insert
from plantrack.store.exchange.checked_lines import CheckedLines, NumberedLine, ReadFact
from plantrack.store.exchange.fact_lines import ExportHead
from plantrack.store.exchange.fact_tables import FactTable
from plantrack.store.schema import identity
from plantrack.store.sqlite.connection import SQLite

#: The share of the work that reading takes: measured, with ten updates a task.
_OF_READING: Final = 0.5


def restore(
    db: SQLite, file: str, head: ExportHead, lines: Iterable[NumberedLine], advance: Advance = unheard
) -> None:
    """Put the facts of a whole export into tables that have none, inside the caller's transaction.

    Keys of other tables must not be looked at meanwhile: what is derived, and others name, comes last. Fails with
    `export-line`, `export-value`, `export-order`, `export-refused`, `export-count`, `export-altered`, `export-orphan`.
    """
    if head.site:
        identity.become_site(db, head.site)
    facts = CheckedLines(db, file, head, scaled(advance, 0, _OF_READING))
    for table, own in groupby(facts.read(lines), attrgetter("table")):
        for some in chunks(own):
            _insert(db, file, table, some)
    _go_on_counting(db, head)
    if head.example:
        stats.put(db, "example", "1")
    _refuse(orphan(db, DERIVED_PARTS), file)  # of nobody nothing can be derived
    derive_again(db, plan_mirrors.MIRRORS, scaled(advance, _OF_READING, 1))
    _refuse(orphan(db), file)


def _refuse(orphan: Failure | None, file: str) -> None:
    if orphan:
        reason = "{table} {row} {column}".format_map(orphan.params)
        raise Failure("export-orphan", file=file, reason=reason) from orphan


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
    for name, given in (("command", commands.last_number(db)), ("task", tasks.last_own_number(db))):
        if used := max(given, head.counters.get(name, 0)):
            insert(db, "counter", [{"name": name, "used": used}], key="name")
