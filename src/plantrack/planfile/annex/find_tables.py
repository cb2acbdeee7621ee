"""Which tables of a file are the annex: those with its headings, and those that go on with them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile
from typing import Final

from plantrack.errors import Failure
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.text import fold
from plantrack.planfile.annex import remark_texts
from plantrack.planfile.annex.column_roles import (
    EXPECTED,
    AnnexColumn,
    ColumnRole,
    Columns,
    HeadingRow,
    find_heading,
)
from plantrack.planfile.annex.grid import Grid, GridCell, GridRow, too_large
from plantrack.planfile.annex.title_numbers import split_number

#: Texts between tables that are titles of what follows are few.
_MOST_TITLES: Final = 2
_SHOWN_TABLES: Final = 3
_CONTINUED: Final = re.compile(r"\(?(?:tiep(?: theo)?|tiep bang)\)?")


class TablePart(NamedTuple):
    """Rows under one set of headings."""

    heading: HeadingRow
    #: Titles that stand as text above the table, as rows.
    titles: tuple[GridRow, ...]
    rows: tuple[GridRow, ...]
    grid: Grid


class AnnexTable(NamedTuple):
    """The annex: its parts in order, and the lines of text above it."""

    parts: tuple[TablePart, ...]
    #: In a document what stands before the table, and in the table or sheet what stands above its headings.
    before: tuple[str, ...]
    above: tuple[str, ...]
    remarks: tuple[str, ...] = ()

    @property
    def value(self) -> tuple[bool, int, int]:
        """Say how much it looks like an annex, to choose among several."""
        first = self.parts[0]
        return not first.grid.hidden, first.heading.score, sum(len(part.rows) for part in self.parts)


def find_table(grids: Sequence[Grid], file: str) -> AnnexTable:
    """Choose the annex among the tables of a file; a file without one is refused."""
    found = list(_tables(grids))
    if not found:
        raise _nothing(grids, file)
    best = max(found, key=lambda table: table.value)
    for part in best.parts:
        if part.grid.garbled:
            raise Failure("annex-misread", file=file, word=part.grid.garbled)
    remarks = tuple(_remarks(best, found, grids))
    return best._replace(remarks=remarks)


def _tables(grids: Sequence[Grid]) -> Iterator[AnnexTable]:
    place = 0
    while place < len(grids):
        heading = None if grids[place].too_large else find_heading(grids[place])
        if heading is None:
            place += 1
            continue
        parts = [TablePart(heading, (), tuple(grids[place].rows[heading.last + 1 :]), grids[place])]
        parts += _following(parts[0], grids[place + 1 :])
        parts = list(_titled(map(_with_groups, parts)))
        own = grids[place]
        yield AnnexTable(tuple(parts), tuple(_before(grids, own)), tuple(_lines(own.rows[: heading.first])))
        place += len(parts)


def _following(first: TablePart, grids: Sequence[Grid]) -> Iterator[TablePart]:
    for grid in grids if first.grid.flows else ():
        part = _next(first, grid)
        if part is None:
            return
        yield part


def _next(first: TablePart, grid: Grid) -> TablePart | None:
    """Return what a table adds to the one before; None where it is another one."""
    if grid.too_large or not grid.rows:
        return None
    above = [line for line in grid.before if line and not _CONTINUED.fullmatch(fold(line))]
    heading = find_heading(grid)
    if heading is None:
        heading = None if above else _same_columns(first.heading, grid)
        return heading and TablePart(heading, (), tuple(grid.rows), grid)
    if _roles(heading) != _roles(first.heading) or len(above) > _MOST_TITLES:
        return None
    if not all(split_number(line)[0] for line in above):
        return None
    rows = tuple(grid.rows[heading.last + 1 :])
    return TablePart(heading, tuple(_title(line, grid) for line in above), rows, grid)


def _roles(heading: HeadingRow) -> set[ColumnRole]:
    return {column.role for column in heading.columns} - {ColumnRole.EXTRA}


def _same_columns(heading: HeadingRow, grid: Grid) -> HeadingRow | None:
    """Return the headings for a table without any, where its rows are divided like those above."""
    above = HeadingRow(-1, -1, heading.columns)
    if grid.width == heading.columns[-1].last + 1:
        return above
    places = max((_starts(row) for row in grid.rows), key=len)
    if len(places) != len(heading.columns):
        return None
    ends = [*(start - 1 for start in places[1:]), grid.width - 1]
    columns = zip(heading.columns, places, ends, strict=True)
    return above._replace(columns=tuple(c._replace(first=first, last=last) for c, first, last in columns))


def _starts(row: GridRow) -> list[int]:
    return list(dict.fromkeys(cell.column for cell in row.cells if cell))


def _title(line: str, grid: Grid) -> GridRow:
    cell = GridCell(line, -1, 0, width=grid.width, bold=True)
    return GridRow(remark_texts.ABOVE_TABLE.format(table=grid.name), -1, [cell] * grid.width)


def _with_groups(part: TablePart) -> TablePart:
    """Decide what two columns of titles are: groups and their lines where the left one has far fewer."""
    if not part.heading.has(ColumnRole.GROUP):
        return part
    columns = Columns(part.heading.columns)
    starts = [columns.role(cell) for row in part.rows for cell in row.own()]
    groups = starts.count(ColumnRole.TITLE) * 3 <= starts.count(ColumnRole.GROUP) * 2
    left, right = (ColumnRole.GROUP, ColumnRole.TITLE) if groups else (ColumnRole.TITLE, ColumnRole.EXTRA)
    roles = {ColumnRole.TITLE: left, ColumnRole.GROUP: right}
    decided = tuple(c._replace(role=roles.get(c.role, c.role)) for c in part.heading.columns)
    return part._replace(heading=part.heading._replace(columns=decided))


def _titled(parts: Iterable[TablePart]) -> Iterator[TablePart]:
    """Let the first table have its title too, where the others have one each."""
    first, *others = parts
    last = next((line for line in reversed(first.grid.before) if line), "")
    if any(part.titles for part in others) and split_number(last)[0]:
        first = first._replace(titles=(_title(last, first.grid),))
    yield first
    yield from others


def _before(grids: Sequence[Grid], own: Grid) -> Iterator[str]:
    """Yield the text before a table, that of other tables among it: letterheads are tables."""
    for grid in takewhile(lambda one: one is not own, grids if own.flows else ()):
        yield from grid.before
        yield from _lines(grid.rows)
    yield from own.before


def _lines(rows: Iterable[GridRow]) -> Iterator[str]:
    for row in rows:
        for cell in row.own():
            yield from cell.text.split("\n")


def _remarks(best: AnnexTable, found: Sequence[AnnexTable], grids: Sequence[Grid]) -> Iterator[str]:
    used = [part.grid for part in best.parts]
    yield remark_texts.READ_FROM.format(tables=", ".join(grid.name for grid in used))
    yield remark_texts.COLUMNS.format(columns="; ".join(map(_meaning, best.parts[0].heading.columns)))
    others = [table.parts[0].grid.name for table in found if table is not best]
    if others:
        yield remark_texts.OTHER_ANNEXES.format(tables=", ".join(others))
    named = {*others, *(grid.name for grid in used)}
    unused = [grid.name for grid in grids if grid.rows and grid.name not in named]
    if unused:
        yield remark_texts.UNUSED.format(tables=", ".join(unused))
    for grid in used:
        yield from grid.remarks
    if best.parts[0].grid.hidden:
        yield remark_texts.HIDDEN_SHEET


def _meaning(column: AnnexColumn) -> str:
    return f"“{column.label}” → {column.role}" if column.label else remark_texts.NO_HEADING


def _nothing(grids: Sequence[Grid], file: str) -> Failure:
    """Say why a file has no annex: wrong letters, too much of it, other headings, or no table at all."""
    garbled = next((grid.garbled for grid in grids if grid.garbled), None)
    if garbled:
        return Failure("annex-misread", file=file, word=garbled)
    if any(grid.too_large for grid in grids):
        return too_large(file)
    rows = [row for grid in grids for row in grid.rows[:_SHOWN_TABLES] if len(row.own()) > 1]
    if not rows:
        return Failure("annex-no-table", file=file, expected=EXPECTED)
    found = tuple(" | ".join(cell.text.replace("\n", " ") for cell in row.own()) for row in rows)
    return Failure("annex-no-headings", file=file, expected=EXPECTED, found=found[:_SHOWN_TABLES])
