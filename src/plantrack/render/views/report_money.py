"""The money of a report, by area: a table with what its figures are of, a sheet, and JSON."""

from collections.abc import Iterator

from plantrack.model.views.money import AreaMoney, MoneyTable
from plantrack.render.layout import fields
from plantrack.render.layout.blocks import Heading, Paragraph, TableColumn
from plantrack.render.layout.fact_formatter import FactFormatter
from plantrack.render.layout.fields import Field, Fields, declared, of
from plantrack.render.layout.json_object import Object
from plantrack.render.layout.summary_sections import Section
from plantrack.render.layout.workbook import TEXT, Sheet


def _title(row: AreaMoney, formatter: FactFormatter) -> str:
    return formatter.text(row.title) if row.title else formatter.words("progress.total")


def _rate(row: AreaMoney, formatter: FactFormatter) -> str:
    return formatter.words.percent(row.money.spent or 0, row.money.allocated or 0)


MONEY: Fields[AreaMoney] = declared(
    Field("area", "column.code", width=9, blank=True, column=TableColumn()),
    Field(
        "title",
        "column.by.area",
        get=lambda row, f: f.in_language(row.title),
        word=_title,
        width=TEXT,
        column=TableColumn(wraps=True, least=16, long=True),
    ),
    *of(
        "money",
        (
            Field("planned", "field.budget", "money", width=18, blank=True, column=TableColumn(wraps=True)),
            Field("allocated", kind="money", width=18, blank=True, column=TableColumn(wraps=True)),
            Field("spent", kind="money", width=18, blank=True, column=TableColumn(wraps=True)),
        ),
    ),
    Field(
        "rate",
        "report.money.rate",
        "share",
        get=lambda row, f: row.money.rate,
        cell=_rate,
        width=12,
        column=TableColumn(),
    ),
)


def section(view: MoneyTable, number: str, formatter: FactFormatter) -> Section:
    """Return the table, and under it what its figures are of."""
    heading = Heading(formatter.words("report.money", number=number))
    table = fields.table(MONEY.values(), view.rows, formatter, has_total=True)
    return [heading, table, *(Paragraph(said) for said in _said(view, formatter))]


def _said(view: MoneyTable, formatter: FactFormatter) -> Iterator[str]:
    words = formatter.words
    planned = words(f"report.money.{'of_tasks' if view.is_filtered else 'of_plan'}")
    yield f"{words('report.money.said', day=formatter.day(formatter.heading.as_of))} {planned}"
    if view.without_allocation:
        yield words.plural("report.money.without_allocation", view.without_allocation)
    if view.uncounted:
        yield words("report.money.uncounted", codes=", ".join(view.uncounted))


def sheet(view: MoneyTable, formatter: FactFormatter) -> Sheet:
    """Return the table as a sheet, in đồng."""
    title = formatter.words("sheet.report.money")
    return fields.sheet(title, MONEY.values(), view.rows, formatter, has_total=True)


def money_object(view: MoneyTable, formatter: FactFormatter) -> Object:
    """Return the table for JSON."""
    *rows, total = fields.objects(MONEY.values(), view.rows, formatter)
    return {
        "rows": rows,
        "total": total,
        "is_filtered": view.is_filtered,
        "uncounted": list(view.uncounted),
        "without_allocation": view.without_allocation,
    }
