"""The tables of a report: finished by deadline, other periods, activities by organisations, money by area."""

from collections.abc import Iterator, Mapping

from plantrack.i18n.words import Words
from plantrack.model.counting import Counts
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.views.money import AreaMoney, MoneyTable
from plantrack.model.views.report import Compared, Matrix, MatrixRow, PeriodReport
from plantrack.render.layout import fields
from plantrack.render.layout.blocks import (
    Cell,
    Heading,
    ItemList,
    ListItem,
    Paragraph,
    StyledText,
    Table,
    TableColumn,
    TableRow,
)
from plantrack.render.layout.count_columns import number_and_rate_fields
from plantrack.render.layout.fact_formatter import FactFormatter
from plantrack.render.layout.fields import Field, Fields, declared, of
from plantrack.render.layout.json_object import Object
from plantrack.render.layout.summary_sections import Section
from plantrack.render.layout.workbook import NAME, TEXT, Sheet

#: More organisations than this are not shown side by side: each activity then lists its own.
_MOST_COLUMNS = 6


class Crossed(NamedTuple):
    """A row of the table of finished by deadline; none: that question is not asked of these tasks."""

    name: str
    total: int
    in_time: int | None = None
    due_soon: int | None = None
    late: int | None = None
    no_due: int | None = None


def crossing(view: PeriodReport) -> list[Crossed]:
    """Return the rows: finished, those of the period among them, not finished, the rest; the last is their sum."""
    c, f = view.digest.progress.total, view.finished_counts
    rows = [
        Crossed("done", c.done, c.done_on_time, None, c.done_late, c.done_no_due),
        Crossed("done_in_period", f.done, f.done_on_time, None, f.done_late, f.done_no_due),
        Crossed("open", c.open, c.within_deadline, c.open_due_soon, c.open_overdue, c.open_no_due),
        Crossed("dropped", c.dropped),
        Crossed("carried_over", c.carried_over),
    ]
    sums = Crossed(
        "total",
        c.total,
        c.done_on_time + c.within_deadline,
        c.open_due_soon,
        c.done_late + c.open_overdue,
        c.done_no_due + c.open_no_due,
    )
    return [*rows, sums]


def _crossed_name(row: Crossed, formatter: FactFormatter) -> str:
    return formatter.words("progress.total" if row.name == "total" else f"report.cross.{row.name}")


CROSSED: Fields[Crossed] = declared(
    Field(
        "name",
        "report.cross.tasks",
        word=_crossed_name,
        in_json=False,
        width=NAME,
        column=TableColumn(wraps=True, least=16),
    ),
    *(
        Field[Crossed](name, f"report.cross.{name}", "number", width=14, blank=True, column=TableColumn())
        for name in Crossed._fields[1:]
    ),
)


def crossed(view: PeriodReport, formatter: FactFormatter) -> Section:
    """Return the table of finished by deadline, without empty rows."""
    rows = [r for r in crossing(view) if r.total or r.name not in ("dropped", "carried_over")]
    table = fields.table(CROSSED.values(), rows, formatter, has_total=True)
    return [Heading(formatter.words("report.cross")), table]


def comparison(view: PeriodReport, words: Words) -> Section:
    """Return this period beside the one before and the same one of last year; where there is no data, it is said."""
    here = this_period(view)
    others = [c for c in (view.before, view.last_year) if c is not None]
    shown = [here, *(c for c in others if c.counts is not None)]
    columns = (
        TableColumn(words("report.compared.figure"), wraps=True, least=18),
        *(
            TableColumn(f"{words(f'report.compared.{c.kind}')}: {words.period(c.period)}", "right")
            for c in shown
        ),
    )
    figures = [_figures(c, words) for c in shown]
    rows = tuple(
        TableRow((words(f"report.compared.{name}"), *(f[name] for f in figures))) for name in figures[0]
    )
    lacking = [Paragraph(_lacking(c, words)) for c in others if c.counts is None]
    return [Heading(words("report.comparison")), Table(columns, rows), *lacking]


def this_period(view: PeriodReport) -> Compared:
    """Return the period of the report in the form of the others."""
    shared = view.digest
    return Compared(
        "this", shared.period, shared.first_day, shared.last_day, shared.heading.plan, shared.progress.total,
        view.finished_counts.done, view.opened,
    )  # fmt: skip


def _figures(compared: Compared, words: Words) -> dict[str, str]:
    c, number = compared.counts or Counts(), words.number
    done, due = number(c.done), number(c.done_of_fallen_due)
    return {
        "first_day": words.day(compared.first_day),
        "last_day": words.day(compared.last_day),
        "plan": compared.plan.id if compared.plan else "",
        "total": number(c.total),
        "opened": number(compared.opened),
        "finished": number(compared.finished),
        "overdue": number(c.open_overdue),
        "blocked": number(c.blocked),
        "no_due": number(c.open_no_due),
        "rate": f"{done}/{number(c.not_dropped)} ({words.percent(c.done, c.not_dropped)})",
        "rate_of_due": f"{due}/{number(c.fallen_due)} ({words.percent(c.done_of_fallen_due, c.fallen_due)})",
    }


def _period_object(compared: Compared, _: FactFormatter) -> Object:
    return {"name": compared.period, "first_day": compared.first_day, "last_day": compared.last_day}


def _period_name(compared: Compared, formatter: FactFormatter) -> str:
    words = formatter.words
    return f"{words(f'report.compared.{compared.kind}')}: {words.period(compared.period)}"


COMPARED: tuple[Field[Compared], ...] = (
    Field("period", "sheet.report.period", get=_period_object, word=_period_name, width=NAME),
    Field("first_day", "report.compared.first_day", "day", in_json=False, width=12),
    Field("last_day", "report.compared.last_day", "day", in_json=False, width=12),
    Field("plan", "report.compared.plan", get=lambda c, f: c.plan.id if c.plan else None, width=NAME),
    Field("counts", get=lambda c, f: c.counts._asdict() if c.counts else None),
    Field(
        "finished",
        "report.compared.finished",
        "number",
        get=lambda c, f: c.finished if c.counts else None,
        width=12,
    ),
    Field(
        "opened",
        "report.compared.opened",
        "number",
        get=lambda c, f: c.opened if c.counts else None,
        width=12,
        after="plan",
    ),
    Field("other_filter"),
    *number_and_rate_fields(),
)


def _lacking(compared: Compared, words: Words) -> str:
    name, period = words(f"report.compared.{compared.kind}"), words.period(compared.period)
    key = "report.compared.other_filter" if compared.other_filter else "report.compared.no_data"
    return words(key, name=name, period=period)


def matrix(view: Matrix, formatter: FactFormatter) -> Section:
    """Return activities by lead organisations: a table, or a list where the organisations are too many."""
    words = formatter.words
    heading = Heading(words("report.matrix"))
    if not view.rows:
        return [heading]
    cells = words("report.matrix.cells")
    said = Paragraph(f"{words('report.matrix.rolled_up')} {cells}" if view.rolled_up else cells)
    if len(view.organisations) > _MOST_COLUMNS:
        return [heading, said, ItemList(tuple(_matrix_entries(view, formatter)))]
    return [heading, said, _matrix_table(view, formatter)]


def _matrix_table(view: Matrix, formatter: FactFormatter) -> Table:
    words = formatter.words
    columns = (
        TableColumn(words("column.code")),
        TableColumn(words("column.by.activity"), wraps=True, least=16, long=True),
        *(TableColumn(organisation(org, formatter), "right") for org in view.organisations),
        TableColumn(words("column.total"), "right"),
    )
    rows = [
        TableRow((row.code or "", activity(row, formatter), *(_share(row.cells.get(org)) for org in view.organisations),
             _share(row.total)))
        for row in view.rows
    ]  # fmt: skip
    sums = [_share(view.totals.get(org)) for org in view.organisations]
    total = TableRow(("", words("progress.total"), *sums, _share(view.total)), is_total=True)
    return Table(columns, (*rows, total))


def _matrix_entries(view: Matrix, formatter: FactFormatter) -> Iterator[ListItem]:
    for row in view.rows:
        said = f"{activity(row, formatter)}: {_share(row.total)}"
        cells = "; ".join(f"{organisation(org, formatter)} {_share(c)}" for org, c in row.cells.items())
        yield ListItem((StyledText(said, "strong"),), row.code or "-")
        yield ListItem(cells, depth=1)


def _matrix_object(view: Matrix, formatter: FactFormatter) -> Object:
    return {
        "organisations": list(view.organisations),
        "rows": [
            {
                "activity": row.code,
                "title": formatter.in_language(row.title),
                "cells": _cell_objects(row.cells),
                "total": row.total._asdict(),
            }
            for row in view.rows
        ],
        "totals": _cell_objects(view.totals),
        "total": view.total._asdict(),
        "rolled_up": view.rolled_up,
    }


def _cell_objects(cells: Mapping[str | None, Counts]) -> list[Object]:
    return [{"organisation": org, "counts": counts._asdict()} for org, counts in cells.items()]


class MatrixCell(NamedTuple):
    """What an organisation leads of an activity."""

    row: MatrixRow
    organisation: str | None
    counts: Counts


MATRIX: Fields[MatrixCell] = declared(
    Field("code", "column.code", word=lambda c, f: c.row.code, width=9),
    Field("activity", "column.by.activity", word=lambda c, f: activity(c.row, f), width=TEXT),
    Field("lead", "column.lead", word=lambda c, f: organisation(c.organisation, f), width=NAME),
    *number_and_rate_fields(),
)


def _money_title(row: AreaMoney, formatter: FactFormatter) -> str:
    return formatter.text(row.title) if row.title else formatter.words("progress.total")


def _spending_rate(row: AreaMoney, formatter: FactFormatter) -> str:
    return formatter.words.percent(row.money.spent or 0, row.money.allocated or 0)


MONEY: Fields[AreaMoney] = declared(
    Field("area", "column.code", width=9, blank=True, column=TableColumn()),
    Field(
        "title",
        "column.by.area",
        get=lambda row, f: f.in_language(row.title),
        word=_money_title,
        width=TEXT,
        column=TableColumn(wraps=True, least=16, long=True),
    ),
    *of(
        "money",
        (
            Field("planned", "column.budget", "money", width=18, blank=True, column=TableColumn(wraps=True)),
            Field(
                "allocated", "column.allocated", "money", width=18, blank=True, column=TableColumn(wraps=True)
            ),
            Field("spent", "column.spent", "money", width=18, blank=True, column=TableColumn(wraps=True)),
        ),
    ),
    Field(
        "rate",
        "report.money.rate",
        "share",
        get=lambda row, f: row.money.rate,
        cell=_spending_rate,
        width=12,
        column=TableColumn(),
    ),
)


def money(view: MoneyTable, number: str, formatter: FactFormatter) -> Section:
    """Return the table, and under it what its figures are of."""
    heading = Heading(formatter.words("report.money", number=number))
    table = fields.table(MONEY.values(), view.rows, formatter, has_total=True)
    return [heading, table, *(Paragraph(said) for said in _said_of_money(view, formatter))]


def _said_of_money(view: MoneyTable, formatter: FactFormatter) -> Iterator[str]:
    words = formatter.words
    planned = words(f"report.money.{'of_tasks' if view.is_filtered else 'of_plan'}")
    yield f"{words('report.money.said', day=formatter.day(formatter.heading.as_of))} {planned}"
    if view.without_allocation:
        yield words.plural("report.money.without_allocation", view.without_allocation)
    if view.uncounted:
        yield words("report.money.uncounted", codes=", ".join(view.uncounted))


def _money_sheet(view: MoneyTable, formatter: FactFormatter) -> Sheet:
    """Return the table as a sheet, in đồng."""
    title = formatter.words("sheet.report.money")
    return fields.sheet(title, MONEY.values(), view.rows, formatter, has_total=True)


def _money_object(view: MoneyTable, formatter: FactFormatter) -> Object:
    """Return the table for JSON."""
    *rows, total = fields.objects(MONEY.values(), view.rows, formatter)
    return {
        "rows": rows,
        "total": total,
        "is_filtered": view.is_filtered,
        "uncounted": list(view.uncounted),
        "without_allocation": view.without_allocation,
    }


def table_objects(view: PeriodReport, formatter: FactFormatter) -> Object:
    """Return the tables for JSON."""
    rows = crossing(view)
    crossed_by_name = zip(
        (r.name for r in rows), fields.objects(CROSSED.values(), rows, formatter), strict=True
    )
    before, last_year = (
        next(iter(fields.objects(COMPARED, [c], formatter))) if c else None
        for c in (view.before, view.last_year)
    )
    return {
        "deadlines": dict(crossed_by_name),
        "comparison": {"before": before, "same_period_last_year": last_year},
        "matrix": _matrix_object(view.matrix, formatter),
        "money": view.money and _money_object(view.money, formatter),
    }


def sheets(view: PeriodReport, formatter: FactFormatter) -> list[Sheet]:
    """Return the tables as sheets: a row for each period that there is data of, for each cell of the matrix."""
    words = formatter.words
    periods = [c for c in (this_period(view), view.before, view.last_year) if c and c.counts]
    cells = [MatrixCell(row, *cell) for row in view.matrix.rows for cell in row.cells.items()]
    return [
        fields.sheet(
            words("sheet.report.cross"), CROSSED.values(), crossing(view), formatter, has_total=True
        ),
        fields.sheet(words("sheet.report.comparison"), COMPARED, periods, formatter),
        fields.sheet(words("sheet.report.matrix"), MATRIX.values(), cells, formatter),
        *([_money_sheet(view.money, formatter)] if view.money else []),
    ]


def organisation(org: str | None, formatter: FactFormatter) -> str:
    """Name a column; the last one may be of what nobody leads."""
    return formatter.organisation(org) if org else formatter.words("progress.none.org")


def activity(row: MatrixRow, formatter: FactFormatter) -> str:
    """Name a row; the last one may be of what belongs to no activity."""
    return formatter.text(row.title) if row.title else formatter.words("progress.none.activity")


def _share(counts: Counts | None) -> Cell:
    return f"{counts.done}/{counts.not_dropped}" if counts and counts.total else ""
