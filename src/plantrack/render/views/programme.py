"""The years of a programme side by side."""

from collections.abc import Iterator

from plantrack.i18n.words import Words
from plantrack.model.counting import Counts
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.plan import Plan
from plantrack.model.views.progress import Programme, ProgressRow
from plantrack.render.layout import fields
from plantrack.render.layout.blocks import Block, Document, Paragraph, StyledText, TableColumn
from plantrack.render.layout.count_columns import (
    NARROW,
    NUMBERS,
    WIDE,
    Number,
    bar_field,
    legend,
    number_and_rate_fields,
    number_fields,
    rate_field,
    rates,
    rows_and_total,
)
from plantrack.render.layout.fact_formatter import FactFormatter, no_match
from plantrack.render.layout.fields import Field
from plantrack.render.layout.json_object import Object
from plantrack.render.layout.workbook import NAME, Book, booked
from plantrack.render.views.progress import behind, count_remarks, explanation, open_said


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
        fields.table(_fields(view), _years_and_total(view, words), formatter, has_total=True),
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


class Year(NamedTuple):
    """A year of the programme, or (`plan` is None) all of them."""

    plan: Plan | None
    row: ProgressRow


def _years(view: Programme) -> list[Year]:
    return [Year(plan, row) for plan, row in zip(view.plans, view.progress.rows, strict=True)]


def _years_and_total(view: Programme, words: Words) -> list[Year]:
    return [*_years(view), Year(None, rows_and_total(view.progress, words)[-1])]


def _fields(view: Programme, *, explain: bool = False) -> list[Field[Year]]:
    as_of = view.progress.heading.as_of
    return [
        Field(
            "key",
            "sheet.plan_id",
            get=lambda y, f: y.row.key,
            word=lambda y, f: y.plan and y.plan.id,
            width=14,
            after="year",
        ),
        Field("title", get=lambda y, f: f.in_language(y.row.title)),
        Field(
            "year",
            "column.year",
            "number",
            get=lambda y, f: y.plan and y.plan.year,
            cell=lambda y, f: str(y.plan.year) if y.plan else "",
            width=6,
            column=TableColumn(),
        ),
        Field(
            "number",
            "column.plan",
            get=lambda y, f: y.plan and y.plan.number,
            word=lambda y, f: y.plan.number if y.plan else f.words("progress.total"),
            cell=lambda y, f: _named(y.plan) if y.plan else f.words("progress.total"),
            width=NAME,
            column=TableColumn(wraps=True, least=12),
        ),
        Field("counts", get=lambda y, f: y.row.counts._asdict()),
        *number_fields(_NUMBERS, "row.counts"),
        *number_and_rate_fields("row.counts"),
        rate_field("row.counts", from_width=NARROW),
        bar_field("row", from_width=WIDE),
        *([Field[Year]("tasks", get=lambda y, f: behind(y.row.tasks, as_of))] if explain else []),
    ]


def _named(plan: Plan) -> str:
    """Name a plan as it is written and, where that is not its id, as it is typed."""
    return f"{plan.number}\n{plan.id}" if plan.number else plan.id


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
    said = count_remarks(table.total._replace(carried_over=0), table.heading, words)
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
    formatter = FactFormatter(words, view.progress.heading)
    rows = fields.objects(_fields(view, explain=explain), _years(view), formatter)
    total = view.progress.total._asdict()
    return {"by": "programme", "rows": rows, "total": total, "carried_on": view.carried_on}


def book(view: Programme, words: Words) -> Book:
    """Return the table as a sheet."""
    table = view.progress
    formatter = FactFormatter(words, table.heading)
    more = (
        (_about(view, formatter), _sum(view, words), rates(table.total, words)) if table.total.total else ()
    )
    years = _years_and_total(view, words)
    sheet = fields.sheet(words("sheet.progress"), _fields(view), years, formatter, has_total=True)
    return booked(formatter, words("programme.title"), (sheet,), filter_read=table.filter, more=more)
