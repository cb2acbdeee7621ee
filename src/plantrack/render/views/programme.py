"""The years of a programme side by side."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from plantrack.i18n.words import Words
from plantrack.model.counting import Counts
from plantrack.model.plan import Plan
from plantrack.model.task import Task
from plantrack.model.views.progress import Programme, ProgressRow
from plantrack.render.layout.blocks import (
    Block,
    Cell,
    Document,
    Paragraph,
    StyledText,
    Table,
    TableColumn,
    TableRow,
)
from plantrack.render.layout.count_columns import (
    NARROW,
    NUMBERS,
    WIDE,
    Number,
    count_bar,
    legend,
    number_cells,
    rate,
    rates,
)
from plantrack.render.layout.fact_formatter import FactFormatter, no_match
from plantrack.render.layout.json_object import Object
from plantrack.render.views.progress import behind, count_remarks, explanation, open_said
from plantrack.render.views.task_fields import counts_object, text_in

if TYPE_CHECKING:
    from plantrack.render.layout.workbook import Book


def _other(counts: Counts) -> int:
    """Count what the columns of statuses leave, but for what went into a later year."""
    return counts.submitted + counts.paused + counts.dropped


#: As in the table of one plan, with what was carried over apart.
_NUMBERS = (
    *NUMBERS[:4],
    Number("other", _other, from_width=NARROW),
    Number("carried_over", lambda c: c.carried_over),
    *NUMBERS[5:],
)


def document(view: Programme, words: Words, *, explain: bool = False) -> Document:
    """Word the table, what follows from its numbers, and how its total is made."""
    table = view.progress
    formatter = FactFormatter(words, table.heading)
    blocks = (
        _table(view, formatter),
        *_below(view, formatter),
        *(explanation(table, formatter) if explain else ()),
    )
    lines = (_about(view, formatter), *formatter.lines(table.filter))
    return Document(words("programme.title"), lines, blocks)


def _about(view: Programme, formatter: FactFormatter) -> str:
    """Name the programme, and the day."""
    named = view.progress.heading.plan.programme
    name = formatter.text(named.title) if named and named.title else formatter.plan
    return formatter.words("programme.about", name=name, day=formatter.day(view.progress.heading.as_of))


def _table(view: Programme, formatter: FactFormatter) -> Table:
    words, table = formatter.words, view.progress
    columns = [
        TableColumn(words("column.year"), "right"),
        TableColumn(words("column.plan"), wraps=True, least=12),
    ]
    columns += [number.column(words) for number in _NUMBERS]
    columns.append(TableColumn(words("column.rate"), "right", from_width=NARROW))
    columns.append(TableColumn("", picture=True, from_width=WIDE))
    rows = [
        _row([str(plan.year), _named(plan, formatter)], row.counts, row.tasks, words)
        for plan, row in zip(view.plans, table.rows, strict=True)
    ]
    total = _row(["", words("progress.total")], table.total, table.tasks, words)
    return Table(tuple(columns), (*rows, total._replace(is_total=True)))


def _named(plan: Plan, formatter: FactFormatter) -> str:
    """Name a plan as it is written and, where that is not its id, as it is typed."""
    return f"{plan.number}\n{plan.id}" if plan.number else plan.id


def _row(title: list[Cell], counts: Counts, tasks: tuple[Task, ...], words: Words) -> TableRow:
    return TableRow(
        (*title, *number_cells(counts, words, numbers=_NUMBERS), rate(counts, words), count_bar(tasks))
    )


def _below(view: Programme, formatter: FactFormatter) -> Iterator[Block]:
    words, table = formatter.words, view.progress
    if len(view.plans) == 1 and not _has_programme(view):
        yield Paragraph(words("programme.alone", plan=table.heading.plan.id))
    if table.total.total:
        yield Paragraph(legend(words), picture=True, from_width=WIDE)
        yield Paragraph(_sum(view, words))
        yield Paragraph(rates(table.total, words))
        yield Paragraph(open_said(table, formatter))
    elif view.carried_on:  # the rows have tasks, which go on as others that are not asked for
        yield Paragraph(_sum(view, words))
    elif table.filter:
        yield Paragraph(no_match(words, table.filter, table.near))
    # What was carried over has its own column.
    said = count_remarks(table._replace(total=table.total._replace(carried_over=0)), words)
    yield Paragraph(" ".join([*said, words("progress.abbreviations")]))
    if (known := formatter.known()) and not table.heading.known_given:
        yield Paragraph((StyledText(known, "quiet"),))


def _has_programme(view: Programme) -> bool:
    named = view.progress.heading.plan.programme
    return named is not None and named.title is not None


def _sum(view: Programme, words: Words) -> str:
    """Say how the rows sum to the total."""
    total = view.progress.total.total
    rows = sum(row.counts.total for row in view.progress.rows)
    if not view.carried_on:
        return words("programme.sum", total=words.number(total))
    return words(
        "programme.sum_less",
        total=words.number(total),
        rows=words.number(rows),
        carried=words.number(view.carried_on),
    )


def data(view: Programme, words: Words, *, explain: bool = False) -> Object:
    """Return the table for JSON; `carried_on`: how many tasks of the rows are in the total as those they go on as."""
    rows = [
        _row_object(plan, row, view, words, explain=explain)
        for plan, row in zip(view.plans, view.progress.rows, strict=True)
    ]
    total = counts_object(view.progress.total)
    return {"by": "programme", "rows": rows, "total": total, "carried_on": view.carried_on}


def _row_object(plan: Plan, row: ProgressRow, view: Programme, words: Words, *, explain: bool) -> Object:
    out: Object = {
        "key": row.key,
        "title": text_in(row.title, words),
        "year": plan.year,
        "number": plan.number,
        "counts": counts_object(row.counts),
    }
    return {**out, "tasks": behind(row.tasks, view.progress.heading.as_of)} if explain else out


def book(view: Programme, words: Words) -> "Book":
    """Return the table as a sheet."""
    from plantrack.render.layout.workbook import booked
    from plantrack.render.views.progress_sheets import programme_sheet

    table = view.progress
    formatter = FactFormatter(words, table.heading)
    more = (
        (_about(view, formatter), _sum(view, words), rates(table.total, words)) if table.total.total else ()
    )
    sheets = (programme_sheet(view, formatter),)
    return booked(formatter, words("programme.title"), sheets, filter_read=table.filter, more=more)
