"""Pictures inside a page: each fits any width, because only shapes stretch and texts never do.

Kinds differ by pattern besides colour, and numbers stand in the picture, so that it says the same on grey paper.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from plantrack.i18n.words import Words
from plantrack.render.formats.html.escape import html_text
from plantrack.render.layout.blocks import Bar, BarSegment, Chart, ChartSeries, Meaning, Said, spans

#: The narrowest that a picture is shown, in pixels: a phone held upright. Texts are fitted to that.
NARROWEST = 300
#: How wide letters are taken to be, in pixels.
_LETTER, _DIGIT = 6.6, 8
#: Lines have a height; bars and cells have as much as their rows need.
_PLOT = 220
_NAME_LINE, _BAR, _GAP = 17, 18, 12

#: The patterns that shapes of the page are filled with.
PATTERNS = (
    '<svg width="0" height="0" aria-hidden="true" focusable="false" class="unseen"><defs>'
    '<pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect class="hatch-ground" width="6" height="6"/><line class="hatch-line" x1="0" y1="0" x2="0" y2="6"/></pattern>'
    '<pattern id="dots" width="4" height="4" patternUnits="userSpaceOnUse">'
    '<rect class="hatch-dot" width="4" height="4"/></pattern></defs></svg>\n'
)


def svg_bar(bar: Bar) -> str:
    """Draw a bar beside its numbers, which say the same."""
    shapes = "".join(_stack(bar, max(1, bar.total), 0, "100%"))
    return f'<svg class="bar" aria-hidden="true" focusable="false">{shapes}</svg>'


def svg_legend(legend: Said) -> str:
    """Write a legend, each shape together with what it means: a sign and its name by turns, for text."""
    pairs = zip(spans(legend)[::2], spans(legend)[1::2], strict=True)
    return " ".join(
        f'<span class="entry">{_key(sign.meaning)}{html_text(name.text.strip())}</span>'
        for sign, name in pairs
    )


def _key(meaning: Meaning) -> str:
    return (
        f'<svg class="key" aria-hidden="true" focusable="false">'
        f'<rect class="shape-{meaning or "rest"}" width="100%" height="100%"/></svg>'
    )


def svg_chart(chart: Chart, number: int, words: Words) -> str:
    """Draw a picture with its title and its description; `number` makes its names its own on the page."""
    draw = {"bars": _bars, "lines": _lines, "cells": _cells}[chart.kind]
    height, shapes = draw(chart, words)
    kind = f"chart {chart.kind}"
    return (
        f'{_legend(chart)}<svg class="{kind}" role="img" height="{height}" '
        f'aria-labelledby="title-{number} said-{number}">\n'
        f'<title id="title-{number}">{html_text(chart.title)}</title>'
        f'<desc id="said-{number}">{html_text(chart.text)}</desc>\n{shapes}</svg>\n'
    )


def _legend(chart: Chart) -> str:
    """Name the kinds of parts of bars; lines and rows of cells have their names beside them."""
    if chart.kind != "bars":
        return ""
    names = "".join(f"<li>{_key(s.meaning)}{html_text(s.name)}</li>" for s in chart.series)
    return f'<ul class="legend">{names}</ul>\n'


def _percent(part: float, whole: float) -> str:
    return f"{100 * part / whole:.4g}%" if whole else "0%"


def _text(x: str, y: float, text: str, look: str = "", anchor: str = "start") -> str:
    classes = f' class="{look}"' if look else ""
    where = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return f'<text x="{x}" y="{y:g}"{classes}{where}>{html_text(text)}</text>\n'


# Bars.


def _bars(chart: Chart, words: Words) -> tuple[int, str]:
    """Draw a bar for each label under its name, all to one scale."""
    bars, y, shapes = chart.bars, 0, list[str]()
    longest = max([1, *(bar.total for bar in bars)])
    for label, bar, said in zip(chart.labels, bars, chart.said or [""] * len(bars), strict=True):
        y, names = _names(label, said, _DIGIT, y)
        shapes += [*names, *_stack(bar, longest, y, str(_BAR))]
        shapes += _stack_numbers(bar, longest, y + _BAR - 4.5, words)
        y += _BAR + _GAP
    return y, "".join(shapes)


def _names(name: str, said: str, letter: float, y: int) -> tuple[int, list[str]]:
    """Write the name of shapes from a height on, what is said of them at its right; return where it ends, too."""
    texts = []
    for line in _wrapped(name, NARROWEST - (len(said) + 2) * letter):
        y += _NAME_LINE
        texts.append(_text("0", y - 4, line))
    return y, [*texts, _text("100%", y - 4, said, "strong", "end") if said else ""]


def _placed(bar: Bar) -> Iterator[tuple[BarSegment, int]]:
    """Yield the parts of a bar that there are, each with where it starts."""
    starts = accumulate((part.number for part in bar.parts), initial=0)
    return ((part, start) for part, start in zip(bar.parts, starts, strict=False) if part.number)


def _stack(bar: Bar, whole: int, y: float, height: str) -> Iterator[str]:
    for part, start in _placed(bar):
        yield (
            f'<rect class="shape-{part.meaning or "rest"}" x="{_percent(start, whole)}" y="{y:g}" '
            f'width="{_percent(part.number, whole)}" height="{height}"/>'
        )


def _stack_numbers(bar: Bar, whole: int, y: float, words: Words) -> Iterator[str]:
    """Write the numbers that fit into their parts."""
    for (n, meaning), start in _placed(bar):
        if len(words.number(n)) * _DIGIT + 4 <= NARROWEST * n / whole:
            look = f"in-{meaning or 'rest'} strong"
            yield _text(_percent(start + n / 2, whole), y, words.number(n), look, "middle")


def _wrapped(text: str, room: float) -> list[str]:
    """Break a name into two lines at most; the rest of a longer one stands in the table of numbers."""
    most, lines = int(room / _LETTER), [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > most:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    first, *rest = [line if len(line) <= most else line[: most - 1] + "…" for line in lines]
    if len(rest) > 1:
        rest = [rest[0][: most - 1].rstrip() + "…"]
    return [first, *rest]


# Lines.


def _lines(chart: Chart, words: Words) -> tuple[int, str]:
    """Draw lines over a grid, each with its name and its last number at its end."""
    top, last = chart.ticks[-1], max(1, len(chart.labels) - 1)
    shapes = [_grid(step, top, words) for step in chart.ticks]
    shapes += [_text(_percent(at, last), _PLOT + 18, name, "small", "middle") for at, name in chart.marks]
    if chart.now is not None:
        x = _percent(chart.now, last)
        shapes.append(f'<line class="now" x1="{x}" x2="{x}" y1="0" y2="{_PLOT}"/>\n')
        anchor = "end" if chart.now > last * 0.8 else "start" if chart.now < last * 0.2 else "middle"
        shapes.append(_text(x, -6, chart.labels[chart.now], "small", anchor))
    drawn = "".join(_line(series, top) for series in chart.series)
    shapes.append(
        f'<svg width="100%" height="{_PLOT}" viewBox="0 0 {last} {top}" preserveAspectRatio="none" '
        f'overflow="visible">{drawn}</svg>\n'
    )
    return _PLOT + 26, "".join([*shapes, *_line_names(chart, top, last, words)])


def _grid(step: int, top: int, words: Words) -> str:
    y = _PLOT - _PLOT * step / top
    look = "grid" if step else "base"
    line = f'<line class="{look}" x1="0" x2="100%" y1="{y:g}" y2="{y:g}"/>'
    return line + _text("-6", y + 4, words.number(step), "small", "end")


def _line(series: ChartSeries, top: int) -> str:
    points = [(i, top - n) for i, n in enumerate(series.values) if n is not None]
    path = " ".join(f"{x},{y}" for x, y in points)
    look = series.meaning or "rest"
    area = ""
    if look == "done" and points:
        area = f'<polygon class="area-done" points="{points[0][0]},{top} {path} {points[-1][0]},{top}"/>'
    return f'{area}<polyline class="line line-{look}" points="{path}"/>'


def _line_names(chart: Chart, top: int, last: int, words: Words) -> Iterator[str]:
    """Write each line's name and last number near its end, none over another."""
    heights = _apart([_PLOT * (top - series.end[1]) / top - 10 for series in chart.series])
    for series, y in zip(chart.series, heights, strict=True):
        place, n = series.end
        text, at_right = f"{series.name} {words.number(n)}", place > last * 0.6
        look = f"halo strong {series.meaning or 'quiet'}"
        x = _percent(place, last)
        yield f'<g transform="translate({-4 if at_right else 6})">'
        yield _text(x, y, text, look, "end" if at_right else "start").rstrip() + "</g>\n"


def _apart(wanted: Sequence[float], least: float = 16) -> list[float]:
    """Move heights apart so that a line of text fits between any two."""
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    # Above the plot stands the day.
    heights = [max(10, height) for height in wanted]
    for above, below in pairwise(order):
        heights[below] = max(heights[below], heights[above] + least)
    over = max(heights, default=0) - (_PLOT - 6)
    return [height - over for height in heights] if over > 0 else heights


# Cells.


def _cells(chart: Chart, words: Words) -> tuple[int, str]:
    """Draw a row of cells for each series: full where there is something, a dotted frame where there is nothing."""
    y, whole, shapes = 0, max(1, len(chart.labels)), list[str]()
    for series in chart.series:
        y, names = _names(series.name, series.said, _LETTER, y)
        shapes += names
        shapes += [_cell(i, n, whole, y, words) for i, n in enumerate(series.values) if n is not None]
        y += _BAR + _GAP
    marks = [_text(_percent(at, whole), y + 4, name, "small") for at, name in chart.marks]
    return y + 10, "".join([*shapes, *marks])


def _cell(place: int, n: int, whole: int, y: int, words: Words) -> str:
    look, text = ("full", words.number(n)) if n else ("empty", "")
    x, width = _percent(place + 0.08, whole), _percent(0.84, whole)
    rect = f'<rect class="shape-{look}" x="{x}" y="{y}" width="{width}" height="{_BAR}"/>'
    if not text or len(text) * _DIGIT > NARROWEST / whole:
        return rect
    return rect + _text(_percent(place + 0.5, whole), y + _BAR - 5, text, "cell", "middle")
