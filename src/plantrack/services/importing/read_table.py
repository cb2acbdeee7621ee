"""Reads a table of a file row by row against what is known: nothing is written, and nothing is asked."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from itertools import islice
from pathlib import Path
from typing import Any

from plantrack.errors import Failure
from plantrack.model.grouping import chunks
from plantrack.model.importing.changes import RowChanges, SameTitle
from plantrack.model.importing.fields import ImportKind, parse_kind
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.plan import Organisation
from plantrack.model.problem import RowProblem
from plantrack.model.text import clean_line, nfc
from plantrack.services.context import Context
from plantrack.services.importing.columns import SheetColumns, ToldColumns, find_columns, read_map
from plantrack.services.importing.known_names import NOBODY, ImportNames, Newcomers
from plantrack.services.importing.row_problems import ProblemFinder, ProblemMaker
from plantrack.services.importing.row_reading import RowReading
from plantrack.services.importing.table_rows import FindGroup, RowReader, TypedRow
from plantrack.services.writing.command_rules import Note
from plantrack.store.advance import Advance, unheard
from plantrack.store.exchange.imported_rows import (
    FORMS,
    ImportMapping,
    KnownRow,
    kept_mapping,
    known_rows,
    mapping_names,
)
from plantrack.tables.columns import column_letters
from plantrack.tables.open_table import open_table
from plantrack.tables.table_file import SheetRow, TableFile, TableRemark, table_remark

#: So many rows are looked up at once, and so many are shown.
_AT_ONCE, _SAMPLES = 2000, 3
#: As many cells are named in a remark.
_NAMED = 20


class ImportRequest(NamedTuple):
    """What a person asked of a file."""

    file: Path
    kind: str | None = None
    sheet: str | None = None
    #: What columns are, as `HEADING=FIELD`.
    columns: tuple[str, ...] = ()
    #: The name under which they are kept.
    name: str | None = None
    #: The heading of what names a row.
    key: str | None = None
    encoding: str | None = None
    new_person: bool = False
    new_org: bool = False
    #: What was changed here, and is changed in the file, is as the file says; work of another title is that of its key.
    overwrite: bool = False


class UnderstoodRow(NamedTuple):
    """A row that is understood: its number, what names it, and what it says (by its kind)."""

    number: int
    key: str
    sha256: str
    said: Any
    #: The task that it came to when it was imported before, and said something else.
    task: str | None = None
    is_known: bool = False
    newcomers: Newcomers = NOBODY
    #: The commands that imported it to that task, and what it changes of it.
    imports: frozenset[str] = frozenset()
    #: Whether its key is a title, and that of the task.
    is_by_title: bool = False
    changes: RowChanges | None = None


#: Collects the failure of what is written of a row, where the store is the judge.
Attempt = Callable[[UnderstoodRow], AbstractContextManager[None]]


class TableReading(NamedTuple):
    """A table of a file, read against what is known."""

    file: str
    #: csv, xlsx or jsonl.
    file_kind: str
    columns: SheetColumns
    #: The texts of the first rows, by column.
    samples: tuple[tuple[str, ...], ...]
    rows: Sequence[UnderstoodRow]
    problems: Sequence[RowProblem]
    #: How many rows are recorded already; how many stand in the file twice; how many are headings or sums.
    left: int
    repeated: int
    others: int
    #: How many name a task and report nothing of it.
    empty: int
    #: Whether rows are known by a column, else by all that they say.
    is_keyed: bool
    #: The name under which the columns are kept, and whether that is new.
    source: str
    is_new_mapping: bool
    #: The moment of the last command before it was read.
    read_at: str | None
    #: What a heading between rows means.
    find_group: FindGroup
    #: That of the command, with whoever is new known by name.
    context: Context
    new_organisations: Mapping[str, Organisation]
    new_people: Sequence[str]
    remarks: Sequence[TableRemark]
    notes: Sequence[Note]
    #: The rows that would make a second task of a title.
    same_titles: Sequence[SameTitle] = ()

    def newcomers_in(self, rows: Iterable[UnderstoodRow]) -> tuple[dict[str, Organisation], tuple[str, ...]]:
        """Return the organisations by id and the people that are new and come with some rows."""
        organisations: set[str] = set()
        people: set[str] = set()
        for row in rows:
            if row.newcomers is not NOBODY:
                organisations.update(row.newcomers.organisations)
                people.update(row.newcomers.people)
        return (
            {id: found for id, found in self.new_organisations.items() if id in organisations},
            tuple(name for name in self.new_people if name in people),
        )


class RowKind(NamedTuple):
    """How rows of a kind are understood."""

    read: Callable[[TypedRow], Any]
    #: Is told of many of them before.
    look_up: Callable[[Sequence[TypedRow]], None]
    #: Returns what a field could say, in place of what is wrong or lacks, so that the others can be read too.
    stand_in: Callable[[str, Mapping[str, str]], str | None]
    #: Says what those that came before change, by their numbers.
    compare: Callable[[Sequence[UnderstoodRow]], Mapping[int, RowChanges]]
    #: Finds the tasks of rows whose titles are their keys.
    find_by_title: Callable[[Sequence[UnderstoodRow]], Sequence[UnderstoodRow]] = list


def read_table(
    context: Context,
    request: ImportRequest,
    kind_of: Callable[[ImportKind, RowReading], RowKind],
    advance: Advance = unheard,
) -> TableReading:
    """Read a table; `kind_of`: how rows of a kind are understood.

    Raises: unknown-import-kind, mapping-of-other-kind, import-no-work; those of `read_map`, `find_columns`, `clean_line`.
    """
    file = open_table(request.file, encoding=request.encoding)
    source = clean_line(request.name, what="mapping_name", limit=100) if request.name else ""
    kept = kept_mapping(context.db, source) if source else None
    kind = parse_kind(request.kind) if request.kind else None
    if kept and kind not in (None, kept.kind):
        raise Failure("mapping-of-other-kind", name=source, kinds=(kept.kind,))
    told = ToldColumns(
        read_map(request.columns),
        kept.columns if kept else {},
        nfc(request.key) if request.key else None,
        is_source=bool(source),
    )
    names = ImportNames(context, new_person=request.new_person, new_org=request.new_org)
    is_kind = ImportKind(kept.kind) if kept else kind
    columns = find_columns(file, told, is_kind, request.sheet, names.is_area)
    reading = RowReading(context, names)
    problem = ProblemMaker(file.file, columns)
    kind_read = kind_of(columns.kind, reading)
    rows = _Rows(reading, columns, source, kind_read, RowReader(columns, names.group), problem)
    rows.read(advance, may_overwrite=request.overwrite)
    if rows.reader.others and not (rows.has_any or rows.reader.empty):
        raise Failure("import-no-work", file=file.file, count=rows.reader.others)
    return _put_together(context, file, rows, reading, kept)


def _put_together(
    context: Context, file: TableFile, rows: "_Rows", reading: RowReading, kept: ImportMapping | None
) -> TableReading:
    columns, names = rows.columns, reading.names
    is_new = bool(rows.source) and (kept is None or dict(kept.columns) != columns.mapping)
    return TableReading(
        file=file.file,
        file_kind=file.kind,
        columns=columns,
        samples=tuple(_samples(columns)),
        rows=rows.found,
        problems=rows.problems,
        left=rows.left,
        repeated=rows.repeated,
        others=rows.reader.others,
        empty=rows.reader.empty,
        is_keyed="key" in columns.fields,
        source=rows.source,
        is_new_mapping=is_new,
        read_at=context.read_at,
        find_group=names.group,
        context=reading.context,
        new_organisations=names.new_organisations,
        new_people=tuple(names.new_people),
        remarks=(*_remarks(file, columns.sheet.name), *rows.remarks()),
        notes=tuple(reading.notes),
    )


def _remarks(file: TableFile, sheet: str) -> Iterator[TableRemark]:
    """Yield what is to be said of the sheet that is read, and that others are hidden, which are not."""
    for remark in file.remarks:
        is_own = remark.params.get("sheet", sheet) == sheet
        if is_own != (remark.code == "table-hidden-sheet"):
            yield remark


def _samples(columns: SheetColumns) -> Iterator[tuple[str, ...]]:
    below = (row for row in columns.sheet.rows() if row.number > columns.below)
    for row in islice(below, _SAMPLES):
        yield tuple(row.at(use.column).text for use in columns.uses)


class _Rows:
    """The rows of a table, one after the other: understood, wrong, known, or there twice."""

    def __init__(
        self,
        reading: RowReading,
        columns: SheetColumns,
        source: str,
        kind: RowKind,
        reader: RowReader,
        problem: ProblemMaker,
    ) -> None:
        self.columns, self.source, self.reader = columns, source, reader
        self.found: list[UnderstoodRow] = []
        self.problems: list[RowProblem] = []
        self.left = self.repeated = 0
        #: The cells to the right of all headings, which are not read.
        self.beyond: list[str] = []
        self._last = max(use.column for use in columns.uses)
        self._reading, self._kind, self._problem = reading, kind, problem
        self._finder = ProblemFinder(problem, self._understood, kind.stand_in)
        #: The row in which each key stood first, and of a column of keys what it said there.
        self._seen: dict[str, int] = {}
        self._said: dict[str, str] = {}

    @property
    def has_any(self) -> bool:
        """Return whether any row is more than a heading of others, or a sum."""
        return bool(self._seen)

    def remarks(self) -> tuple[TableRemark, ...]:
        """Return what a person should know of the rows."""
        if not self.beyond:
            return ()
        named = ", ".join(self.beyond[:_NAMED]) + "…" * (len(self.beyond) > _NAMED)
        return (table_remark("table-beyond-headings", sheet=self.columns.sheet.name, cells=named),)

    def read(self, advance: Advance, *, may_overwrite: bool) -> None:
        """Read all rows."""
        total = 0 if advance is unheard else sum(1 for _ in self.columns.sheet.rows())
        done = 0
        for part in chunks(self.reader.rows(), _AT_ONCE):
            typed = [row for _, row in part]
            self._kind.look_up(typed)
            known, there = self._known(typed), len(self.found)
            for cells, row in part:
                self._take(cells, row, known.get(row.key or row.sha256, []))
            self.found[there:] = self._compared(self.found[there:], part, known, may_overwrite=may_overwrite)
            done += len(part)
            if total:
                advance(min(1.0, done / total))

    def _known(self, rows: Sequence[TypedRow]) -> dict[str, list[KnownRow]]:
        at = self._reading.context
        keys = [row.key or row.sha256 for row in rows]
        return known_rows(at.db, at.plan.id, self.columns.kind, sources_of(at, self.source), keys)

    def _take(self, cells: SheetRow, row: TypedRow, known: Sequence[KnownRow]) -> None:
        key = row.key or row.sha256
        first = self._seen.setdefault(key, row.number)
        said = self._said.setdefault(key, row.sha256) if row.key else key
        before = known_before(known, self.source, row.sha256)
        if first != row.number and said != row.sha256:
            self._refuse(cells, row, Failure("import-key-twice", key=key, row=first))
        elif first != row.number:
            self.repeated += 1
        elif before is not None and before.sha256 == row.sha256:
            self.left += 1
        elif row.unsolved:
            self._refuse(cells, row, Failure("import-formula", field=row.unsolved))
        elif beyond := self._beyond(cells):
            self._refuse(cells, row, Failure("import-beyond-headings", cells=beyond))
        else:
            self._read(cells, row, key, before)

    def _beyond(self, cells: SheetRow) -> tuple[str, ...]:
        """Return what stands to the right of all headings: of a CSV it may have moved there, of a workbook it is noted."""
        own = [(c, cell.text) for c, cell in cells.own() if c > self._last]
        if not self.columns.sheet.name:
            return tuple(f"{column_letters(c)}{cells.number}: {text}" for c, text in own)
        self.beyond += [f"{column_letters(c)}{cells.number}" for c, _ in own]
        return ()

    def _compared(
        self,
        found: Sequence[UnderstoodRow],
        part: Sequence[tuple[SheetRow, TypedRow]],
        known: Mapping[str, Sequence[KnownRow]],
        *,
        may_overwrite: bool,
    ) -> list[UnderstoodRow]:
        """Return rows with what they change; what somebody else changed here is refused, unless that may be so."""
        rows = [
            row._replace(imports=frozenset(one.command for one in known[row.key] if one.task == row.task))
            if row.task
            else row
            for row in found
        ]
        if self.columns.is_keyed_by_title:
            rows = [*self._kind.find_by_title(rows)]
        changes = self._kind.compare([row for row in rows if row.task])
        there = {typed.number: (cells, typed) for cells, typed in part} if changes else {}
        kept = []
        for row in rows:
            own = changes.get(row.number)
            if row.is_by_title and own and not own.cells:
                self.left += 1
                continue
            doubts = [*_doubts(row.key, own)] if own and not may_overwrite else []
            for failure in doubts:
                self._refuse(*there[row.number], failure)
            if not doubts:
                kept.append(row._replace(changes=own))
        return kept

    def _refuse(self, cells: SheetRow, row: TypedRow, failure: Failure) -> None:
        self.problems.append(self._problem.of_row(row.number, failure, row.texts, cells))

    def _understood(self, row: TypedRow) -> Any:
        """Return what a row says; for want of an area the heading of its group is to blame."""
        try:
            return self._kind.read(row)
        except Failure as failure:
            if failure.code != "area-needed" or not row.group:
                raise
            raise Failure("group-unknown", title=row.group, near=failure.params.get("near")) from None

    def _read(self, cells: SheetRow, row: TypedRow, key: str, before: KnownRow | None) -> None:
        """Understand a row, or find all that is wrong with it."""
        self._reading.begin_row()
        try:
            said = self._understood(row)
        except Failure as failure:
            self.problems += self._finder.find_all(cells, row, failure)
            return
        task = before.task if before else None
        newcomers = self._reading.count_row()
        self.found.append(
            UnderstoodRow(row.number, key, row.sha256, said, task, before is not None, newcomers)
        )


def _doubts(key: str, changes: RowChanges) -> Iterator[Failure]:
    """Yield why a row must not change its task without a yes: it is other work, or somebody else changed that here."""
    if (title := changes.other_title) and not title.is_contested:
        yield Failure(
            "import-other-work", field="title", key=key, task=changes.task, here=title.old, there=title.new
        )
    for cell in changes.cells:
        if cell.is_contested:
            yield Failure(
                "import-contested",
                task=changes.task,
                field=cell.cell,
                column=cell.field,
                here=cell.old,
                there=cell.new,
            )


def sources_of(context: Context, source: str) -> set[str]:
    """Return where a row may have come from before: from under the same name, another one, or none."""
    return {"", source, FORMS, *mapping_names(context.db)}


def known_before(known: Sequence[KnownRow], source: str, sha256: str) -> KnownRow | None:
    """Return what a row was when it was imported before: of its own source the last, of another one the same.

    A new task of a form comes in the table that was made of it under the key that the form gave it.
    """
    own = [row for row in known if row.source == source] or [row for row in known if row.source == FORMS]
    return own[-1] if own else next((row for row in known if row.sha256 == sha256), None)
