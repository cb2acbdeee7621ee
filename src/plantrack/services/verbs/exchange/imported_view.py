"""What a person is shown of a table that is taken in, and the rows that are given back to be mended."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Literal

from plantrack.model.importing.fields import FIELDS, ImportKind
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.plan import Text
from plantrack.model.problem import RowProblem
from plantrack.model.views.exchange import (
    ImportColumn,
    ImportCounts,
    ImportedChange,
    ImportedLine,
    ImportView,
    MoneySum,
)
from plantrack.services.context import Context
from plantrack.services.importing.columns import ColumnUse
from plantrack.services.importing.read_table import TableReading, UnderstoodRow
from plantrack.services.importing.table_rows import RowReader, TypedRow
from plantrack.services.verbs.exchange.import_table import TableImported
from plantrack.tables.table_file import SheetRow


class BadColumn(NamedTuple):
    """A column of the rows that are wrong: its heading, and whether it holds days, or shares of one."""

    heading: str
    holds: Literal["text", "day", "share"] = "text"


class BadRows(NamedTuple):
    """The rows of a table that are wrong: its columns, the fields that the headings of groups said, and the values.

    In each row what is wrong stands last.
    """

    columns: tuple[BadColumn, ...]
    fields: tuple[str, ...]
    rows: Sequence[tuple[str | int | float, ...]]


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
            reading.empty,
        ),
        keyed_by=reading.columns.heading_of("key"),
        source=reading.source,
        spare_key=reading.columns.spare_key,
        same_titles=reading.same_titles,
        new_organisations={id: o.name.vi for id, o in organisations.items()},
        new_people=people,
        changes=tuple(_changes(rows)),
        sums=_sums(reading.columns.kind, rows),
        command=done.written.command.label if done and done.written and done.written.command else None,
    )


def _sums(kind: ImportKind, rows: Iterable[UnderstoodRow]) -> tuple[MoneySum, ...]:
    """Add up what rows say of money; of a task what is said last counts."""
    said: dict[str, dict[str | int, int]] = {"budget": {}, "allocated": {}, "spent": {}}
    if kind is ImportKind.UPDATE:
        rows = sorted(rows, key=lambda row: row.said.update.on)
    elif kind is not ImportKind.TASK:
        return ()
    for row in rows:
        update, task = row.said.update, row.number if kind is ImportKind.TASK else row.said.task
        budget = row.said.opening.budget if kind is ImportKind.TASK else None
        if budget is not None:
            said["budget"][task] = budget
        for field in ("allocated", "spent"):
            if update is not None and (amount := getattr(update, field)) is not None:
                said[field][task] = amount
    return tuple(MoneySum(field, len(own), sum(own.values())) for field, own in said.items() if own)


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
    """Return the rows of a table that are wrong, to be mended: each cell as it stands, percentages as they were understood.

    Where the headings of groups say the area, a column says it.
    """
    wrong: dict[int, list[str]] = {}
    for problem in problems:
        wrong.setdefault(problem.row, []).append(said(problem))
    uses = [use for use in reading.columns.uses if use.field != "error"]
    reader = RowReader(reading.columns, reading.find_group)
    groups = ("area", "activity") if reader.has_groups else ()
    found = [(row, typed) for row, typed in reader.rows() if row.number in wrong]
    is_typed = reading.file_kind == "xlsx"
    rows = [
        (
            *(_value(use, row, typed, is_typed=is_typed) for use in uses),
            *(typed.texts.get(group, "") for group in groups),
            " ".join(wrong[row.number]),
        )
        for row, typed in found
    ]
    columns = tuple(_column(use, [row for row, _ in found] if is_typed else []) for use in uses)
    return BadRows(columns, groups, rows)


def _column(use: ColumnUse, rows: Sequence[SheetRow]) -> BadColumn:
    if use.field == "percent":
        return BadColumn(use.heading, "share")
    has_days = any(row.at(use.column).day for row in rows)
    return BadColumn(use.heading, "day" if has_days else "text")


def _value(use: ColumnUse, row: SheetRow, typed: TypedRow, *, is_typed: bool) -> str | int | float:
    """Return what a cell is given back as: in a workbook a number is one, and a day."""
    cell, meant = row.at(use.column), typed.texts.get(use.field, "")
    if any(span.first < span.last and span.first <= use.column <= span.last for span in row.merged):
        return meant  # a wide cell is one of its columns
    if use.field == "percent":  # what is in doubt stays so: no format decides it
        digits = meant.removesuffix("%")
        return (
            int(digits) / 100 if digits != meant and digits.isdecimal() and int(digits) <= 100 else cell.text
        )
    if is_typed and cell.day:
        return cell.day
    if is_typed and cell.number is not None and "%" not in cell.text:
        return int(cell.number) if cell.number == int(cell.number) else float(cell.number)
    return cell.text
