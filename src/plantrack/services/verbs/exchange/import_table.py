"""Take in the rows of a table as one command: all of them, or but for those that are wrong."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Final

from plantrack.errors import Failure
from plantrack.model.grouping import chunks
from plantrack.model.importing.changes import RowChanges, SameTitle
from plantrack.model.importing.fields import ImportKind
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.problem import RowProblem
from plantrack.services.context import Context
from plantrack.services.importing.read_table import (
    ImportRequest,
    RowKind,
    TableReading,
    UnderstoodRow,
    known_before,
    read_table,
    sources_of,
)
from plantrack.services.importing.row_problems import ProblemMaker
from plantrack.services.importing.row_reading import RowReading
from plantrack.services.importing.same_titles import found_by_title, same_titles
from plantrack.services.importing.table_rows import RowReader, TypedRow
from plantrack.services.importing.task_changes import row_changes
from plantrack.services.verbs.exchange.import_indicators import read_value, value_stand_in, write_values
from plantrack.services.verbs.exchange.import_people import person_stand_in, read_person, write_people
from plantrack.services.verbs.exchange.import_tasks import read_task, task_stand_in, write_tasks
from plantrack.services.verbs.exchange.import_updates import (
    TaskFinder,
    in_rounds,
    read_update,
    update_stand_in,
    write_updates,
)
from plantrack.services.writing.command_rules import CommandResult
from plantrack.services.writing.command_writer import CommandWriter
from plantrack.services.writing.run_command import run_command
from plantrack.store import organisations
from plantrack.store.advance import Advance, unheard
from plantrack.store.commands import last_moment
from plantrack.store.connection import Connection
from plantrack.store.exchange.imported_rows import (
    ImportedRow,
    ImportMapping,
    insert_imported,
    insert_mapping,
    known_rows,
)
from plantrack.store.organisations import OrganisationFact

#: So many rows are written at once.
_AT_ONCE: Final = 2000
#: Puts the rows of a file that are wrong into another file, before the others count.
WriteBad = Callable[[Sequence[RowProblem]], None]
_WRITE: Final = {
    ImportKind.TASK: write_tasks,
    ImportKind.UPDATE: write_updates,
    ImportKind.PERSON: write_people,
    ImportKind.INDICATOR: write_values,
}


class TableImported(NamedTuple):
    """What an import of a table did, or would do."""

    #: None: nothing was written.
    written: CommandResult | None
    #: All rows that are wrong, those too that only the store could judge.
    problems: Sequence[RowProblem]
    #: The rows that were taken in, and the label of the task of each, by its number.
    rows: Sequence[UnderstoodRow]
    tasks: Mapping[int, str]


class _RowsRefused(Exception):
    """What ends a command with rows that are wrong, and takes back all that was written."""


def read_rows(context: Context, request: ImportRequest, advance: Advance = unheard) -> TableReading:
    """Read a table of a file; nothing is written. What only the store can judge of work that is there is tried.

    Raises: those of `read_table`, `read_task`, `read_update`, `read_person`, `read_value`, `import_table`.
    """
    reading = read_table(context, request, _kind_of, advance)
    if reading.columns.kind is not ImportKind.UPDATE and all(row.task is None for row in reading.rows):
        return reading._replace(same_titles=_same_titles(context.db, reading, reading.rows))
    tried = import_table(context._replace(is_trial=True), reading)
    return reading._replace(
        rows=tried.rows,
        problems=_placed(reading, tried.problems),
        same_titles=_same_titles(context.db, reading, tried.rows),
    )


def _same_titles(db: Connection, reading: TableReading, rows: Sequence[UnderstoodRow]) -> Sequence[SameTitle]:
    is_task = reading.columns.kind is ImportKind.TASK
    return same_titles(db, reading.context.plan.id, rows) if is_task else ()


def _placed(reading: TableReading, problems: Sequence[RowProblem]) -> Sequence[RowProblem]:
    """Return problems with the cells that they are about: what the store found knows only the row."""
    wanted = {problem.row for problem in problems} - {problem.row for problem in reading.problems}
    if not wanted:
        return problems
    rows = RowReader(reading.columns, reading.find_group).rows()
    found = {row.number: (cells, row) for cells, row in rows if row.number in wanted}
    of_row = ProblemMaker(reading.file, reading.columns).of_row
    return [
        of_row(one.row, one.failure, found[one.row][1].texts, found[one.row][0]) if one.row in found else one
        for one in problems
    ]


def _kind_of(kind: ImportKind, reading: RowReading) -> RowKind:
    """Return how rows of a kind are understood."""
    compare = partial(_compared, reading.db, kind)
    match kind:
        case ImportKind.TASK:
            return RowKind(
                partial(read_task, reading),
                _ask_nothing,
                partial(task_stand_in, reading.names),
                compare,
                partial(found_by_title, reading.context),
            )
        case ImportKind.UPDATE:
            finder = TaskFinder(reading)
            return RowKind(partial(read_update, reading, finder), finder.look_up, update_stand_in, compare)
        case ImportKind.PERSON:
            return RowKind(partial(read_person, reading), _ask_nothing, person_stand_in, compare)
        case ImportKind.INDICATOR:
            stand_in = partial(value_stand_in, reading.context)
            return RowKind(partial(read_value, reading), _ask_nothing, stand_in, compare)


def _compared(db: Connection, kind: ImportKind, rows: Sequence[UnderstoodRow]) -> Mapping[int, RowChanges]:
    """Return what rows that came before change of their tasks."""
    return row_changes(db, rows) if kind is ImportKind.TASK and rows else {}


def _ask_nothing(rows: Sequence[TypedRow]) -> None:
    """Look nothing up."""


def import_table(
    context: Context, reading: TableReading, write_bad: WriteBad | None = None, advance: Advance = unheard
) -> TableImported:
    """Write the rows that were read; of wrong ones nothing is written, unless `write_bad` takes them.

    What only the store can judge is tried: rows that it refuses are told with the others.

    Raises: those of `run_command`, `_TableWriting.body`.
    """
    rows, problems = [*reading.rows], [*reading.problems]
    while rows or reading.is_new_mapping:
        part = _TableWriting(context, reading, rows, problems, write_bad, advance)
        try:
            written = run_command(context, "import", part.body)
        except _RowsRefused:
            refused = {problem.row for problem in part.refused}
            rows = [row for row in rows if row.number not in refused]
            problems = sorted([*problems, *part.refused], key=lambda problem: problem.row)
            if write_bad is None:
                return TableImported(None, problems, rows, {})
        else:
            return TableImported(written, problems, rows, part.tasks)
    if problems and write_bad and not context.is_trial:
        write_bad(problems)
    return TableImported(None, problems, rows, {})


class _TableWriting:
    """One try to write the rows of a table."""

    def __init__(
        self,
        context: Context,
        reading: TableReading,
        rows: Sequence[UnderstoodRow],
        problems: Sequence[RowProblem],
        write_bad: WriteBad | None,
        advance: Advance,
    ) -> None:
        self.reading, self.rows, self.problems = reading, rows, problems
        self.refused: list[RowProblem] = []
        self.tasks: dict[int, str] = {}
        self._context, self._write_bad, self._advance = context, write_bad, advance
        self._kind = reading.columns.kind
        self._problem = ProblemMaker(reading.file, reading.columns)

    def body(self, writer: CommandWriter) -> None:
        """Write all rows, or find out which of them cannot be.

        Raises: import-changed-meanwhile; those of `write_tasks`, `write_updates`.
        """
        self.refused, self.tasks = [], {}
        self._refuse_other_state(writer)
        _ = writer.command
        self._add_organisations(writer)
        # What comes of each part is told by the part: nothing is kept of it.
        part, done = writer.next_chunk(), 0
        for rows in self._parts():
            self._write(part, rows)
            part, done = part.next_chunk(), done + len(rows)
            self._advance(done / len(self.rows))
        self._keep_mapping(writer)
        if self.refused or (self.problems and self._write_bad is None):
            raise _RowsRefused
        if self.problems and self._write_bad and not self._context.is_trial:
            self._write_bad(self.problems)

    def _parts(self) -> Iterator[Sequence[UnderstoodRow]]:
        if self._kind is ImportKind.UPDATE:
            yield from in_rounds(self.rows, _AT_ONCE)
        else:
            yield from chunks(self.rows, _AT_ONCE)

    def _refuse_other_state(self, writer: CommandWriter) -> None:
        """Refuse to write what was read against rows that others imported since."""
        if last_moment(writer.db) == self.reading.read_at:
            return
        source, plan = self.reading.source, self._context.plan.id
        sources = sources_of(self._context, source)
        for rows in chunks(self.rows, _AT_ONCE):
            known = known_rows(writer.db, plan, self._kind, sources, [row.key for row in rows])
            for row in rows:
                before = known_before(known.get(row.key, []), source, row.sha256)
                then = (False, None) if row.is_by_title else (row.is_known, row.task)
                if (before is not None, before and before.task) != then or (
                    before and before.sha256 == row.sha256
                ):
                    raise Failure("import-changed-meanwhile", file=self.reading.file)
            changes = _compared(writer.db, self._kind, [row for row in rows if row.task is not None])
            if any(row.changes != changes.get(row.number) for row in rows):
                raise Failure("import-changed-meanwhile", file=self.reading.file)
        if {*_same_titles(writer.db, self.reading, self.rows)} - {*self.reading.same_titles}:
            raise Failure("import-changed-meanwhile", file=self.reading.file)

    def _add_organisations(self, writer: CommandWriter) -> None:
        """Record the organisations that are new, and know them from here on."""
        new, _ = self.reading.newcomers_in(self.rows)
        by = writer.command
        if not new:
            return
        facts = [
            OrganisationFact(writer.uid(), by.uid, id, by.recorded_at, o.name.vi) for id, o in new.items()
        ]
        organisations.insert_organisation_facts(writer.db, facts)
        writer.context = self.reading.context

    def _write(self, writer: CommandWriter, rows: Sequence[UnderstoodRow]) -> None:
        uids = _WRITE[self._kind](writer, rows, self._attempt)
        self.tasks.update((number, writer.any_row(uid).label) for number, uid in uids.items())
        by, at = writer.command, self._context
        facts = [
            ImportedRow(
                writer.uid(), by.uid, by.recorded_at, at.plan.id, self._kind, self.reading.source, row.key,
                row.sha256, uids.get(row.number),
            )
            for row in rows
        ]  # fmt: skip
        writer.flush()  # the tasks are there before the rows that came to them
        insert_imported(writer.db, facts)

    @contextmanager
    def _attempt(self, row: UnderstoodRow) -> Iterator[None]:
        try:
            yield
        except Failure as failure:
            self.refused.append(self._problem.of_row(row.number, failure, {}))

    def _keep_mapping(self, writer: CommandWriter) -> None:
        if self.reading.is_new_mapping:
            by = writer.command
            kept = ImportMapping(
                writer.uid(), by.uid, by.recorded_at, self.reading.source, self._kind,
                self.reading.columns.mapping,
            )  # fmt: skip
            insert_mapping(writer.db, kept)
