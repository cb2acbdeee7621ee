"""Write out what was recorded: everything without loss, what belongs to some tasks, or what all may read."""

from collections.abc import Iterator, Sequence
from typing import NoReturn

from plantrack.errors import Failure
from plantrack.model.filters import Filter
from plantrack.model.free_words import TakenWords
from plantrack.model.grouping import grouped
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.task import Task
from plantrack.model.views.rows import SpreadRows
from plantrack.model.views.tasks import ExportedWork, TaskUpdate
from plantrack.services.context import Context
from plantrack.services.task_query import find_tasks, near_words
from plantrack.store.advance import Advance, scaled, unheard
from plantrack.store.connection import SCHEMA_VERSION, Connection
from plantrack.store.exchange.fact_choice import FactChoice, chosen_facts, counted_tasks
from plantrack.store.exchange.fact_lines import ExportHead, Kind, head_line
from plantrack.store.exchange.fact_reading import counters, fact_digest, fact_lines
from plantrack.store.facts import updates_in
from plantrack.store.scope import Scope
from plantrack.store.stats import get


class FactExport(NamedTuple):
    """Facts on their way out, as lines of JSON."""

    head: ExportHead
    #: What stands below the head; read once.
    lines: Iterator[bytes]
    #: Words that were read as a filter.
    taken: tuple[TakenWords, ...] = ()

    def pieces(self) -> Iterator[bytes]:
        """Yield all of it."""
        yield head_line(self.head)
        yield from self.lines


def export_whole(db: Connection, advance: Advance = unheard) -> FactExport:
    """Return everything; the caller holds one state of the data until it is read."""
    return _export(db, "whole", None, advance)


def export_public(db: Connection, advance: Advance = unheard) -> FactExport:
    """Return what all may read of every plan."""
    return _export(db, "public", chosen_facts(db, counted_tasks(db), public=True), advance)


def export_part(
    context: Context, terms: Sequence[str], *, public: bool, advance: Advance = unheard
) -> FactExport:
    """Return what belongs to the tasks of a filter, closed ones too: all of it, or what all may read.

    Raises: export-finds-nothing; those of `find_tasks`.
    """
    wanted, passing = find_tasks(context, terms)
    uids = passing.uids()
    if not uids:
        _refuse_nothing(context, wanted)
    choice = chosen_facts(context.db, uids, public=public)
    made = _export(context.db, "public" if public else "part", choice, advance)
    head = made.head._replace(filter=_told(wanted, public=public))
    return made._replace(head=head, taken=wanted.taken)


def export_work(context: Context, terms: Sequence[str], *, public: bool) -> ExportedWork:
    """Return the tasks of the context's plan that pass a filter, closed ones too, and what was said of them.

    Raises: export-finds-nothing; those of `find_tasks`.
    """
    wanted, passing = find_tasks(context, terms)
    tasks = passing.rows()
    if terms and not tasks:
        _refuse_nothing(context, wanted)
    updates = SpreadRows(tasks, lambda some: _said_of(context, some))
    return ExportedWork(context.heading, tasks, updates, _told(wanted, public=public), public, wanted.taken)


def _said_of(context: Context, tasks: Sequence[Task]) -> Iterator[TaskUpdate]:
    found = updates_in(context.db, Scope.of([task.uid for task in tasks]).standing())
    said = grouped((update.task, update) for update in found)
    return (TaskUpdate(task, update) for task in tasks for update in said.get(task.uid, ()))


def _told(wanted: Filter, *, public: bool) -> str:
    """Return how a filter was read; not to all, for it may name people."""
    return "" if public else wanted.spelled()


def _refuse_nothing(context: Context, wanted: Filter) -> NoReturn:
    raise Failure("export-finds-nothing", filter=wanted.spelled(), near=near_words(context, wanted))


def _export(db: Connection, kind: Kind, choice: FactChoice | None, advance: Advance) -> FactExport:
    """Return an export; all is read twice, for the head tells what stands below."""
    digest = fact_digest(db, choice, scaled(advance, 0, 0.5))
    head = ExportHead(
        kind=kind,
        schema=SCHEMA_VERSION,
        site=db.told.site,
        counts=digest.counts,
        sha256=digest.sha256,
        counters=counters(db) if kind == "whole" else {},
        example=get(db, "example") is not None,
    )
    return FactExport(head, (b"".join(lines) for _, lines in fact_lines(db, choice, scaled(advance, 0.5, 1))))
