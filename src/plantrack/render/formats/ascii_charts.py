"""Lines drawn with characters, for a terminal: they read the same without colour."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from plantrack.i18n.words import Words
from plantrack.model.named_tuple import NamedTuple
from plantrack.render.layout.blocks import Chart, ChartSeries, Meaning, StyledText
from plantrack.render.layout.text_width import cell_width, padded

Line = tuple[StyledText, ...]
#: Below this page width a picture says nothing that its text does not say better.
LEAST_WIDTH = 60
#: How many rows lines have.
ROWS = 13
#: More columns than that are no easier to read.
MOST_COLUMNS = 100
#: A column that is full to so many eighths of its last row.
_EIGHTHS = " ▁▂▃▄▅▆▇█"
#: How a line goes on, goes up or down, and turns: its foot and its head where it rises, its head and its foot where
#: it falls.
_STROKES: dict[Meaning, tuple[str, str, str, str, str, str]] = {
    "": ("─", "│", "╯", "╭", "╮", "╰"),
    "due_soon": ("╌", "╎", "╌", "╌", "╌", "╌"),
}


def picture(chart: Chart, width: int, words: Words) -> list[Line]:
    """Draw lines on a page of some width; nothing of other pictures, nor where that is too narrow."""
    return [*_lines(chart, width, words)] if chart.kind == "lines" and width >= LEAST_WIDTH else []


class _Canvas:
    """Rows of characters with a meaning each, the lowest first."""

    def __init__(self, rows: int, columns: int) -> None:
        self.rows = [[StyledText(" ")] * columns for _ in range(rows)]

    def put(self, row: int, column: int, text: str, meaning: Meaning) -> None:
        """Put a text over what stands there."""
        for place, sign in enumerate(text, column):
            self.rows[row][place] = StyledText(sign, meaning)

    def is_free(self, row: int, column: int, width: int) -> bool:
        """Return whether there is room for a text, with a free cell around it."""
        cells = self.rows[row][max(0, column - 1) : column + width + 1]
        return column + width <= len(self.rows[row]) and all(cell.text == " " for cell in cells)


class _Plot(NamedTuple):
    """Where lines are drawn: a value for each column, on a scale up to `top`."""

    canvas: _Canvas
    top: int
    series: tuple[ChartSeries, ...]

    def row(self, value: int) -> int:
        """Return the row of a value."""
        return (2 * value * (ROWS - 1) + self.top) // (2 * self.top)


def _lines(chart: Chart, width: int, words: Words) -> Iterator[Line]:
    """Draw what is done as an area, and the other series as lines behind it, each named where it ends."""
    ticks = chart.ticks
    scale = max(cell_width(words.number(step)) for step in ticks)
    names = [_end_name(series, words) for series in chart.series]
    room = width - scale - 2 - max(map(cell_width, names)) - 1
    columns = min(room, MOST_COLUMNS, 6 * len(chart.labels))
    spread = tuple(series._replace(values=_spread(series.values, columns)) for series in chart.series)
    plot = _Plot(_Canvas(ROWS, columns), ticks[-1], spread)
    for series in spread:
        (_area if series.meaning == "done" else _stroke)(plot, series)
    outside = _named(plot, names)
    steps = {plot.row(step): words.number(step) for step in ticks}
    for row in reversed(range(ROWS)):
        axis = f"{padded(steps.get(row, ''), scale, 'right')} {'┤' if row in steps else '│'}"
        yield StyledText(axis, "quiet"), *_joined(plot.canvas.rows[row]), *outside.get(row, ())
    yield from _foot(chart, columns, scale, width)


def _spread(values: Sequence[int | None], columns: int) -> tuple[int | None, ...]:
    """Return the value of each column: of the last label that falls in it, or of the one it lies in."""
    return tuple(values[((i + 1) * len(values) - 1) // columns] for i in range(columns))


def _area(plot: _Plot, series: ChartSeries) -> None:
    """Fill each column up to its value, as high as a line would stand; what there is is never drawn as nothing."""
    for column, value in enumerate(series.values):
        eighths = value * (ROWS - 1) * 8 // plot.top + 4 if value else 0
        for row in range(-(-eighths // 8)):
            plot.canvas.put(row, column, _EIGHTHS[min(8, eighths - 8 * row)], series.meaning)


def _stroke(plot: _Plot, series: ChartSeries) -> None:
    """Draw a line that goes from value to value in steps."""
    before: int | None = None
    for column, value in enumerate(series.values):
        row = None if value is None else plot.row(value)
        if row is not None:
            _step(plot.canvas, column, row if before is None else before, row, series.meaning)
        before = row


def _step(canvas: _Canvas, column: int, before: int, row: int, meaning: Meaning) -> None:
    level, upright, rising_foot, rising_head, falling_head, falling_foot = _STROKES[meaning]
    for between in range(min(row, before) + 1, max(row, before)):
        canvas.put(between, column, upright, meaning)
    if row == before:
        canvas.put(row, column, level, meaning)
    else:
        canvas.put(before, column, rising_foot if row > before else falling_head, meaning)
        canvas.put(row, column, rising_head if row > before else falling_foot, meaning)


def _joined(cells: Sequence[StyledText]) -> Iterator[StyledText]:
    """Yield the cells of a row with neighbours of one meaning together."""
    for meaning, run in groupby(cells, lambda cell: cell.meaning):
        yield StyledText("".join(cell.text for cell in run), meaning)


def _end_name(series: ChartSeries, words: Words) -> str:
    """Return a line's name and last number, behind a piece of the line."""
    sample = _EIGHTHS[8] if series.meaning == "done" else _STROKES[series.meaning][0]
    return f"{sample * 2} {series.name} {words.number(series.end[1])}"


def _named(plot: _Plot, names: Sequence[str]) -> dict[int, Line]:
    """Name each line where it ends, else beside the picture, in its row or the next free one."""
    outside: dict[int, Line] = {}
    for series, name in sorted(zip(plot.series, names, strict=True), key=lambda pair: -pair[0].end[1]):
        column, value = series.end
        row = plot.row(value)
        if plot.canvas.is_free(row, column + 2, cell_width(name)):
            plot.canvas.put(row, column + 2, name, series.meaning)
            continue
        while row in outside:
            row -= 1
        outside[row] = (StyledText(" "), StyledText(name, series.meaning))
    return outside


def _foot(chart: Chart, columns: int, scale: int, width: int) -> Iterator[Line]:
    """Write the axis, and name the marks under it as far as the page has room."""
    marks = {_column(chart, place, columns) for place, _ in chart.marks}
    ruled = "".join("┬" if i in marks else "─" for i in range(columns))
    yield (StyledText(f"{' ' * scale} └{ruled}", "quiet"),)
    yield (StyledText(" " * (scale + 2) + _placed(chart, columns, width - scale - 2), "quiet"),)


def _column(chart: Chart, place: int, columns: int) -> int:
    """Return the first column of a label."""
    return place * columns // max(1, len(chart.labels))


def _placed(chart: Chart, columns: int, room: int) -> str:
    """Write the names of the marks, each from its column on."""
    text = ""
    for place, name in chart.marks:
        start = _column(chart, place, columns)
        if (not text or cell_width(text) < start) and start + cell_width(name) <= room:
            text = padded(text, start) + name
    return text
