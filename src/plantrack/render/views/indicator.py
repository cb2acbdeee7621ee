"""Indicators: what was planned, what was measured."""

from collections.abc import Iterator

from plantrack.i18n.words import Words
from plantrack.model.indicator import Measured
from plantrack.model.plan import Indicator
from plantrack.model.views.indicator import IndicatorLine, IndicatorList
from plantrack.render.layout.blocks import Block, Column, Document, Paragraph, Row, Span, Table
from plantrack.render.layout.fact_formatter import Voice, one_line
from plantrack.render.layout.json_object import Object
from plantrack.render.layout.workbook import Book, Sheet, Value
from plantrack.render.layout.workbook import Column as Field
from plantrack.render.views.task_fields import text_in


def document(view: IndicatorList, words: Words) -> Document:
    """Word the list: targets, the last value of each, and what it is made of."""
    voice = Voice(words, view.heading)
    title = words("indicator.title", about=voice.about)
    if not view.lines:
        return Document(title, voice.lines(), (Paragraph(_nothing(words)),))
    return Document(title, voice.lines(), tuple(blocks(view, voice)))


def _nothing(words: Words) -> tuple[Span, ...]:
    return Span(words("indicator.none")), Span(" " + words("indicator.see"), "typed")


def blocks(view: IndicatorList, voice: Voice) -> Iterator[Block]:
    """Give the table of indicators, as a report takes it too."""
    words = voice.words
    columns = (
        Column(words("column.code")),
        Column(words("column.indicator"), wraps=True, least=24),
        Column(words("column.unit"), wraps=True, least=6),
        Column(words("column.baseline"), "right"),
        Column(words("column.target"), "right"),
        Column(words("column.period"), wraps=True, least=8),
        Column(words("column.actual"), "right"),
        Column(words("column.of_target"), "right"),
    )
    yield Table(columns, tuple(row for line in view.lines for row in _rows(line, view, voice)))


def _rows(line: IndicatorLine, view: IndicatorList, voice: Voice) -> Iterator[Row]:
    """Give a row for the indicator, and one for each value besides: of other periods, for labels."""
    indicator, words = line.indicator, voice.words
    yield Row((
        line.activity.code, voice.text(indicator.title), indicator.unit or "", _planned(indicator.baseline, voice),
        _planned(indicator.target, voice), *_measured(line.actual, indicator, voice),
    ))  # fmt: skip
    for value in line.values:
        if value != line.actual and (
            view.all_periods or (line.actual and value.period == line.actual.period)
        ):
            label = one_line(", ".join(value.labels)) or words("indicator.in_all")
            yield Row(("", (Span(f"  {label}", "quiet"),), "", "", "", *_measured(value, indicator, voice)))


def _planned(number: float | None, voice: Voice) -> str:
    return voice.unknown if number is None else voice.words.number(number)


def _measured(value: Measured | None, indicator: Indicator, voice: Voice) -> tuple[str, str, str]:
    """Give the period, the value, and its share of the target."""
    words = voice.words
    if value is None:
        return "", voice.unknown, ""
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
    """Give the indicators for JSON."""
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
    """Give a value for JSON."""
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
    """Give every value for calculation."""
    voice = Voice(words, view.heading)
    return Book(words("indicator.title", about=voice.about), (), (sheet(view, voice),))


def sheet(view: IndicatorList, voice: Voice) -> Sheet:
    """Give a row for each value; one without any for an indicator of which nothing was measured."""
    which = ("code", "indicator_id", "indicator", "unit")
    names = (*which, "baseline", "target", "period", "labels", "actual", "of_target")
    kinds = {"baseline": "number", "target": "number", "actual": "number", "of_target": "share"}
    widths = {"indicator": 60, "labels": 24}
    fields = tuple(
        Field(voice.words(f"column.{name}"), kinds.get(name, "text"), widths.get(name, 12))  # type: ignore[arg-type]
        for name in names
    )
    rows = tuple(_values(line, value, voice) for line in view.lines for value in (line.values or (None,)))
    return Sheet(voice.words("indicator.sheet"), fields, rows)


def _values(line: IndicatorLine, value: Measured | None, voice: Voice) -> tuple[Value, ...]:
    indicator = line.indicator
    share = None if value is None or value.labels else _fraction(value, indicator)
    measured = (value.period, ", ".join(value.labels), value.value) if value else (None, None, None)
    return (
        line.activity.code, indicator.id, voice.text(indicator.title), indicator.unit, indicator.baseline,
        indicator.target, *measured, share,
    )  # fmt: skip
