"""Indicators: what was planned, what was measured."""

from collections.abc import Iterator

from plantrack.i18n.words import Words
from plantrack.model.indicator import Measured
from plantrack.model.plan import Indicator
from plantrack.model.views.indicator import IndicatorLine, IndicatorList
from plantrack.render.layout.blocks import (
    Block,
    Document,
    Paragraph,
    StyledText,
    Table,
    TableColumn,
    TableRow,
)
from plantrack.render.layout.fact_formatter import FactFormatter, one_line
from plantrack.render.layout.json_object import Object
from plantrack.render.layout.workbook import Book, Sheet, Value
from plantrack.render.layout.workbook import SheetColumn as Field
from plantrack.render.views.task_fields import text_in


def document(view: IndicatorList, words: Words) -> Document:
    """Word the list: targets, the last value of each, and what it is made of."""
    formatter = FactFormatter(words, view.heading)
    title = words("indicator.title", about=formatter.about)
    if not view.lines:
        return Document(title, formatter.lines(), (Paragraph(_nothing(words)),))
    return Document(title, formatter.lines(), tuple(blocks(view, formatter)))


def _nothing(words: Words) -> tuple[StyledText, ...]:
    return StyledText(words("indicator.none")), StyledText(" " + words("indicator.see"), "typed")


def blocks(view: IndicatorList, formatter: FactFormatter) -> Iterator[Block]:
    """Yield the table of indicators, as a report takes it too."""
    words = formatter.words
    columns = (
        TableColumn(words("column.code")),
        TableColumn(words("column.indicator"), wraps=True, least=24),
        TableColumn(words("column.unit"), wraps=True, least=6),
        TableColumn(words("column.baseline"), "right"),
        TableColumn(words("column.target"), "right"),
        TableColumn(words("column.period"), wraps=True, least=8),
        TableColumn(words("column.actual"), "right"),
        TableColumn(words("column.of_target"), "right"),
    )
    yield Table(columns, tuple(row for line in view.lines for row in _rows(line, view, formatter)))


def _rows(line: IndicatorLine, view: IndicatorList, formatter: FactFormatter) -> Iterator[TableRow]:
    """Yield a row for the indicator, and one for each value besides: of other periods, for labels."""
    indicator, words = line.indicator, formatter.words
    yield TableRow((
        line.activity.code, formatter.text(indicator.title), indicator.unit or "", _planned(indicator.baseline, formatter),
        _planned(indicator.target, formatter), *_measured(line.actual, indicator, formatter),
    ))  # fmt: skip
    for value in line.values:
        if value != line.actual and (
            view.all_periods or (line.actual and value.period == line.actual.period)
        ):
            label = one_line(", ".join(value.labels)) or words("indicator.in_all")
            yield TableRow(
                (
                    "",
                    (StyledText(f"  {label}", "quiet"),),
                    "",
                    "",
                    "",
                    *_measured(value, indicator, formatter),
                )
            )


def _planned(number: float | None, formatter: FactFormatter) -> str:
    return formatter.unknown if number is None else formatter.words.number(number)


def _measured(value: Measured | None, indicator: Indicator, formatter: FactFormatter) -> tuple[str, str, str]:
    """Return the period, the value, and its share of the target."""
    words = formatter.words
    if value is None:
        return "", formatter.unknown, ""
    return (
        words.period(value.period),
        words.number(value.value),
        "" if value.labels else _share(value, indicator, words),
    )


def _share(value: Measured, indicator: Indicator, words: Words) -> str:
    share = _fraction(value, indicator)
    return "–" if share is None else words.percent(round(share * 1000), 1000)


def _fraction(value: Measured | None, indicator: Indicator) -> float | None:
    if value is None or not indicator.target:
        return None
    return value.value / indicator.target


def data(view: IndicatorList, words: Words) -> list[Object]:
    """Return the indicators for JSON."""
    return [_object(line, words) for line in view.lines]


def _object(line: IndicatorLine, words: Words) -> Object:
    indicator = line.indicator
    return {
        "id": indicator.id,
        "activity": line.activity.code,
        "title": text_in(indicator.title, words),
        "unit": indicator.unit,
        "baseline": indicator.baseline,
        "target": indicator.target,
        "actual": line.actual.value if line.actual else None,
        "period": line.actual.period if line.actual else None,
        "values": [value_object(value) for value in line.values],
    }


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
    return Book(words("indicator.title", about=formatter.about), (), (indicator_sheet(view, formatter),))


def indicator_sheet(view: IndicatorList, formatter: FactFormatter) -> Sheet:
    """Return a row for each value; one without any for an indicator of which nothing was measured."""
    which = ("code", "indicator_id", "indicator", "unit")
    names = (*which, "baseline", "target", "period", "labels", "actual", "of_target")
    kinds = {"baseline": "number", "target": "number", "actual": "number", "of_target": "share"}
    widths = {"indicator": 60, "labels": 24}
    fields = tuple(
        Field(formatter.words(f"column.{name}"), kinds.get(name, "text"), widths.get(name, 12))  # type: ignore[arg-type]
        for name in names
    )
    rows = tuple(_values(line, value, formatter) for line in view.lines for value in (line.values or (None,)))
    return Sheet(formatter.words("indicator.sheet"), fields, rows)


def _values(line: IndicatorLine, value: Measured | None, formatter: FactFormatter) -> tuple[Value, ...]:
    indicator = line.indicator
    share = None if value is None or value.labels else _fraction(value, indicator)
    measured = (value.period, ", ".join(value.labels), value.value) if value else (None, None, None)
    return (
        line.activity.code, indicator.id, formatter.text(indicator.title), indicator.unit, indicator.baseline,
        indicator.target, *measured, share,
    )  # fmt: skip
