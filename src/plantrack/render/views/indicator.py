"""Indicators: what was planned, what was measured."""

from collections.abc import Iterator
from typing import Any

from plantrack.i18n.words import Words
from plantrack.model.indicator import Measured
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.views.indicator import IndicatorLine, IndicatorList
from plantrack.model.views.rows import Rows
from plantrack.render.layout import fields
from plantrack.render.layout.blocks import Cell, Document, Paragraph, StyledText, Table, TableColumn
from plantrack.render.layout.fact_formatter import FactFormatter, one_line
from plantrack.render.layout.fields import Field, Fields, declared
from plantrack.render.layout.json_object import Object
from plantrack.render.layout.workbook import Book, Sheet


class Row(NamedTuple):
    """An indicator with its last value in all, or (`is_more`) with another of its values."""

    line: IndicatorLine
    value: Measured | None
    is_more: bool = False


def document(view: IndicatorList, words: Words) -> Document:
    """Word the list: targets, the last value of each, and what it is made of."""
    formatter = FactFormatter(words, view.heading)
    title = words("indicator.title", about=formatter.about)
    if not view.lines:
        return Document(title, formatter.lines(), (Paragraph(_nothing(words)),))
    return Document(title, formatter.lines(), (indicator_table(view, formatter),))


def _nothing(words: Words) -> tuple[StyledText, ...]:
    return StyledText(words("indicator.none")), StyledText(" " + words("indicator.see"), "typed")


def indicator_table(view: IndicatorList, formatter: FactFormatter) -> Table:
    """Return the table of indicators, as a report takes it too."""
    rows = [row for line in view.lines for row in _rows(line, all_periods=view.all_periods)]
    made = fields.table(INDICATOR.values(), rows, formatter)
    shown = [
        cells._replace(cells=("", *_more(row, formatter), *cells.cells[5:])) if row.is_more else cells
        for row, cells in zip(rows, made.rows, strict=True)
    ]
    return made._replace(rows=shown)


def _rows(line: IndicatorLine, *, all_periods: bool) -> Iterator[Row]:
    """Yield a row for the indicator, and one for each value besides: of other periods, for labels."""
    yield Row(line, line.actual)
    for value in line.values:
        if value != line.actual and (all_periods or (line.actual and value.period == line.actual.period)):
            yield Row(line, value, is_more=True)


def _more(row: Row, formatter: FactFormatter) -> tuple[Cell, ...]:
    """Say what another value is for, instead of what the row above says of the indicator."""
    labels = one_line(", ".join(row.value.labels)) if row.value else ""
    return (StyledText(f"  {labels or formatter.words('indicator.in_all')}", "quiet"),), "", "", ""


def data(view: IndicatorList, words: Words) -> Rows[Object]:
    """Return the indicators for JSON."""
    rows = [Row(line, line.actual) for line in view.lines]
    return fields.objects(INDICATOR.values(), rows, FactFormatter(words, view.heading))


def value_object(value: Measured) -> Object:
    """Return a value for JSON."""
    return {
        "indicator": value.indicator,
        "period": value.period,
        "labels": list(value.labels),
        "value": value.value,
        "on": value.on,
        "recorded_at": value.recorded_at,
        "author": value.author,
        "told_by": value.told_by,
        "command": f"c{value.number}",
    }


def book(view: IndicatorList, words: Words) -> Book:
    """Return every value for calculation."""
    formatter = FactFormatter(words, view.heading)
    return Book(words("indicator.title", about=formatter.about), (), (indicator_sheet(view, formatter),))


def indicator_sheet(view: IndicatorList, formatter: FactFormatter) -> Sheet:
    """Return a row for each value; one without any for an indicator of which nothing was measured."""
    rows = [Row(line, value) for line in view.lines for value in (line.values or (None,))]
    return fields.sheet(formatter.words("indicator.sheet"), INDICATOR.values(), rows, formatter)


def _share(row: Row, _: FactFormatter) -> float | None:
    """Return the share of the target that is reached in all."""
    target, value = row.line.indicator.target, row.value
    return value.value / target if target and value and not value.labels else None


def _worded_share(row: Row, formatter: FactFormatter) -> str:
    if row.value is None or row.value.labels:
        return ""
    share = _share(row, formatter)
    return "–" if share is None else formatter.words.percent(round(share * 1000), 1000)


INDICATOR: Fields[Any] = declared(
    Field("id", "column.indicator_id", within="line.indicator", width=12, after="activity"),
    Field(
        "activity",
        "column.code",
        within="line.activity",
        get=lambda a, f: a.code,
        width=12,
        column=TableColumn(),
    ),
    Field(
        "title",
        "column.indicator",
        within="line.indicator",
        get=lambda i, f: f.in_language(i.title),
        word=lambda i, f: f.text(i.title),
        width=60,
        column=TableColumn(wraps=True, least=24),
    ),
    Field(
        "unit",
        "column.unit",
        within="line.indicator",
        width=12,
        blank=True,
        column=TableColumn(wraps=True, least=6),
    ),
    Field("baseline", "column.baseline", "number", within="line.indicator", width=12, column=TableColumn()),
    Field("target", "column.target", "number", within="line.indicator", width=12, column=TableColumn()),
    Field(
        "actual",
        "column.actual",
        "number",
        within="value",
        get=lambda v, f: v.value,
        width=12,
        after="labels",
        column=TableColumn(),
    ),
    Field(
        "period",
        "column.period",
        within="value",
        cell=lambda v, f: f.words.period(v.period),
        width=12,
        blank=True,
        column=TableColumn(wraps=True, least=8),
    ),
    Field("values", within="line", get=lambda line, f: [value_object(value) for value in line.values]),
    Field(
        "labels",
        "column.labels",
        within="value",
        get=lambda v, f: ", ".join(v.labels),
        in_json=False,
        width=24,
    ),
    Field(
        "of_target",
        "column.of_target",
        "share",
        get=_share,
        cell=_worded_share,
        in_json=False,
        width=12,
        column=TableColumn(),
    ),
)
