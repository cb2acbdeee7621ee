"""What a person is shown of a table that is taken in, and the rows that are given back to be mended."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from plantrack.model.importing.fields import FIELDS
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.plan import Text
from plantrack.model.problem import RowProblem
from plantrack.model.views.exchange import (
    ImportColumn,
    ImportCounts,
    ImportedChange,
    ImportedLine,
    ImportView,
)
from plantrack.services.context import Context
from plantrack.services.importing.read_table import TableReading, UnderstoodRow
from plantrack.services.importing.table_rows import RowReader
from plantrack.services.verbs.exchange.import_table import TableImported
from plantrack.tables.table_file import Cell


class BadRows(NamedTuple):
    """The rows of a table that are wrong: its headings, the fields that the headings of groups said, and the texts.

    In each row what is wrong stands last.
    """

    headings: tuple[str, ...]
    fields: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]


def view_of(context: Context, reading: TableReading, done: TableImported | None = None) -> ImportView:
    """Return what a table is understood as, and what became of its rows."""
    rows = reading.rows if done is None else done.rows
    problems = reading.problems if done is None else done.problems
    changed = sum(row.is_known for row in rows)
    titles = {field.name: field.title for field in FIELDS[reading.columns.kind]}
    own = list(enumerate(reading.columns.uses))
    organisations, people = reading.newcomers_in(rows)
    return ImportView(
        heading=context.heading,
        file=reading.file,
        sheet=reading.columns.sheet.name,
        kind=reading.columns.kind.value,
        columns=tuple(
            ImportColumn(
                use.heading,
                use.field,
                titles.get(use.field, Text("")),
                tuple(row[n] for row in reading.samples),
            )
            for n, use in own
        ),
        counts=ImportCounts(
            len(rows) - changed,
            changed,
            reading.left,
            reading.repeated,
            len({p.row for p in problems}),
            reading.others,
        ),
        keyed_by=reading.columns.heading_of("key"),
        source=reading.source,
        new_organisations={id: o.name.vi for id, o in organisations.items()},
        new_people=people,
        changes=tuple(_changes(rows)),
        command=done.written.command.label if done and done.written and done.written.command else None,
    )


def lines_of(done: TableImported) -> Iterator[ImportedLine]:
    """Yield what became of each row that was taken in."""
    for row in done.rows if done.written else ():
        yield ImportedLine(row.number, "changed" if row.is_known else "added", done.tasks.get(row.number))


def _changes(rows: Iterable[UnderstoodRow]) -> Iterator[ImportedChange]:
    for row in rows:
        task, title, cells = row.changes or ("", "", ())
        for cell in cells:
            yield ImportedChange(row.number, task, title, cell.field, cell.old, cell.new)


def bad_rows(
    reading: TableReading, problems: Sequence[RowProblem], said: Callable[[RowProblem], str]
) -> BadRows:
    """Return the rows of a table that are wrong as they stand in it, with what is wrong with each.

    Where the headings of groups say the area, a column says it.
    """
    wrong: dict[int, list[str]] = {}
    for problem in problems:
        wrong.setdefault(problem.row, []).append(said(problem))
    uses = [use for use in reading.columns.uses if use.field != "error"]
    reader = RowReader(reading.columns, reading.find_group)
    groups = ("area", "activity") if reader.has_groups else ()
    rows = [
        (
            *(_cell_text(row.at(use.column)) for use in uses),
            *(typed.texts.get(g, "") for g in groups),
            " ".join(wrong[row.number]),
        )
        for row, typed in reader.rows()
        if row.number in wrong
    ]
    return BadRows(tuple(use.heading for use in uses), groups, rows)


def _cell_text(cell: Cell) -> str:
    return cell.day or cell.text
