"""Indicators: what was planned, what was measured."""

from collections.abc import Iterator

from plantrack.i18n.words import Words
from plantrack.model.indicator import Measured
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.views.indicator import IndicatorLine, IndicatorList
from plantrack.render.layout import fields
from plantrack.render.layout.blocks import Block, Cell, Document, Paragraph, StyledText, TableColumn
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
    return Document(title, formatter.lines(), (table(view, formatter),))


def _nothing(words: Words) -> tuple[StyledText, ...]:
    return StyledText(words("indicator.none")), StyledText(" " + words("indicator.see"), "typed")


def table(view: IndicatorList, formatter: FactFormatter) -> Block:
    """Return the table of indicators, as a report takes it too."""
    rows = [row for line in view.lines for row in _rows(line, all_periods=view.all_periods)]
    return fields.table(INDICATOR.values(), rows, formatter)


def _rows(line: IndicatorLine, *, all_periods: bool) -> Iterator[Row]:
    """Yield a row for the indicator, and one for each value besides: of other periods, for labels."""
    yield Row(line, line.actual)
    for value in line.values:
        if value != line.actual and (all_periods or (line.actual and value.period == line.actual.period)):
            yield Row(line, value, is_more=True)


def data(view: IndicatorList, words: Words) -> list[Object]:
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
        "command": f"c{value.command}",
    }


def book(view: IndicatorList, words: Words) -> Book:
    """Return every value for calculation."""
    formatter = FactFormatter(words, view.heading)
    return Book(words("indicator.title", about=formatter.about), (), (sheet(view, formatter),))


def sheet(view: IndicatorList, formatter: FactFormatter) -> Sheet:
    """Return a row for each value; one without any for an indicator of which nothing was measured."""
    rows = [Row(line, value) for line in view.lines for value in (line.values or (None,))]
    return fields.sheet(formatter.words("indicator.sheet"), INDICATOR.values(), rows, formatter)


def _name(row: Row, formatter: FactFormatter) -> Cell:
    """Name the indicator, or what another of its values is for."""
    if not row.is_more or row.value is None:
        return formatter.text(row.line.indicator.title)
    label = one_line(", ".join(row.value.labels)) or formatter.words("indicator.in_all")
    return (StyledText(f"  {label}", "quiet"),)


def _planned(number: float | None, row: Row, formatter: FactFormatter) -> str:
    if row.is_more:
        return ""
    return formatter.unknown if number is None else formatter.words.number(number)


def _share(row: Row, _: FactFormatter) -> float | None:
    """Return the share of the target that is reached in all."""
    target, value = row.line.indicator.target, row.value
    return value.value / target if target and value and not value.labels else None


def _worded_share(row: Row, formatter: FactFormatter) -> str:
    if row.value is None or row.value.labels:
        return ""
    share = _share(row, formatter)
    return "–" if share is None else formatter.words.percent(round(share * 1000), 1000)


INDICATOR: Fields[Row] = declared(
    Field("id", "column.indicator_id", get=lambda r, f: r.line.indicator.id, width=12, after="activity"),
    Field(
        "activity",
        "column.code",
        get=lambda r, f: r.line.activity.code,
        cell=lambda r, f: "" if r.is_more else r.line.activity.code,
        width=12,
        column=TableColumn(),
    ),
    Field(
        "title",
        "column.indicator",
        get=lambda r, f: f.in_language(r.line.indicator.title),
        word=lambda r, f: f.text(r.line.indicator.title),
        cell=_name,
        width=60,
        column=TableColumn(wraps=True, least=24),
    ),
    Field(
        "unit",
        "column.unit",
        get=lambda r, f: r.line.indicator.unit,
        cell=lambda r, f: "" if r.is_more else r.line.indicator.unit or "",
        width=12,
        column=TableColumn(wraps=True, least=6),
    ),
    Field(
        "baseline",
        "column.baseline",
        "number",
        get=lambda r, f: r.line.indicator.baseline,
        cell=lambda r, f: _planned(r.line.indicator.baseline, r, f),
        width=12,
        column=TableColumn(),
    ),
    Field(
        "target",
        "column.target",
        "number",
        get=lambda r, f: r.line.indicator.target,
        cell=lambda r, f: _planned(r.line.indicator.target, r, f),
        width=12,
        column=TableColumn(),
    ),
    Field(
        "actual",
        "column.actual",
        "number",
        get=lambda r, f: r.value and r.value.value,
        width=12,
        after="labels",
        column=TableColumn(),
    ),
    Field(
        "period",
        "column.period",
        get=lambda r, f: r.value and r.value.period,
        cell=lambda r, f: f.words.period(r.value.period) if r.value else "",
        width=12,
        column=TableColumn(wraps=True, least=8),
    ),
    Field("values", get=lambda r, f: [value_object(value) for value in r.line.values]),
    Field(
        "labels",
        "column.labels",
        get=lambda r, f: r.value and ", ".join(r.value.labels),
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
