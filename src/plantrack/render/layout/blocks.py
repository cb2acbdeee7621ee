"""A document in its reader's language and in no format: what is said, and what it means.

A meaning is never a colour, and no colour is the only bearer of a meaning: each format decides how one
looks, and the words say it too. What is `typed` (a command, an option) helps whoever is at the keyboard: documents,
which go to other readers, leave it out. Light, because every command that answers loads this module.
"""

from collections.abc import Iterator
from functools import partial
from operator import itemgetter
from typing import Literal

from plantrack.model.named_tuple import NamedTuple
from plantrack.model.views.rows import DerivedRows, Rows

Meaning = Literal[
    "",
    "strong",
    "quiet",
    "remark",
    "done",
    "in_progress",
    "due_soon",
    "overdue",
    "blocked",
    "example",
    "warning",
    "error",
    "typed",
]
#: The widest page there is, for formats that never cut or wrap.
ANY_WIDTH = 1_000_000


class StyledText(NamedTuple):
    """Some text with a meaning."""

    text: str
    meaning: Meaning = ""


#: What is said: text, or spans in a row. A newline in it begins a new line where a format can have one.
Said = str | tuple[StyledText, ...]


class BarSegment(NamedTuple):
    """A part of a bar: so many tasks of one kind."""

    number: int
    meaning: Meaning = ""


class Bar(NamedTuple):
    """A picture of tasks by kind: a cell each while they fit, else shares of the whole."""

    parts: tuple[BarSegment, ...]

    @property
    def total(self) -> int:
        """Return the number of tasks."""
        return sum(part.number for part in self.parts)


Cell = str | tuple[StyledText, ...] | Bar


class TableColumn(NamedTuple):
    """A column of a table; a heading may break at spaces and at soft hyphens."""

    heading: str = ""
    align: Literal["left", "right"] = "left"
    #: Whether a cell may go on in the next line, or be cut where a row is one line.
    wraps: bool = False
    #: The fewest cells it can do with.
    least: int = 1
    #: Whether what is cut keeps its last words: those of names, which often begin alike.
    keeps_end: bool = False
    #: Whether texts may be very long: a format without wrapping puts them at the end of the line.
    long: bool = False
    #: Whether it holds bars, which formats of text alone leave out.
    picture: bool = False
    #: A heading over this column and its neighbours of the same group.
    group: str = ""
    #: Shown on pages from this width to that one.
    from_width: int = 0
    to_width: int = ANY_WIDTH


class TableRow(NamedTuple):
    """A row of a table, a cell for each column."""

    cells: tuple[Cell, ...]
    is_total: bool = False


class Table(NamedTuple):
    """Rows under headings."""

    columns: tuple[TableColumn, ...]
    rows: Rows[TableRow]
    #: Whether a row is one line also on a narrow page, whatever has to be cut or left out for it.
    one_line: bool = False


class Heading(NamedTuple):
    """The title of a section (level 1) or of a part of one (2)."""

    said: Said
    level: int = 1
    #: The language from here on, where it is another than before.
    language: str = ""


class Paragraph(NamedTuple):
    """A line of text; `apart` keeps it off what stands before."""

    said: Said
    apart: bool = False
    #: Whether it is about bars, which formats of text alone leave out.
    picture: bool = False
    #: Shown on pages from this width on.
    from_width: int = 0


class ListItem(NamedTuple):
    """An entry of a list; its marker is a dash, a number (`1.`) or a code."""

    said: Said
    marker: str = "-"
    depth: int = 0

    @property
    def is_numbered(self) -> bool:
        """Return whether its marker is a number."""
        return self.marker[-1:] == "." and self.marker[:-1].isdecimal()

    @property
    def is_coded(self) -> bool:
        """Return whether its marker is a code, which lists of other formats do not have."""
        return self.marker != "-" and not self.is_numbered


class ItemList(NamedTuple):
    """A list, perhaps of several levels."""

    entries: Rows[ListItem]
    #: How wide the widest marker of each level is, where that is known before all are read.
    rooms: tuple[int, ...] = ()
    #: The command that lists its tasks, empty where there is none; None: a screen has all of it, however long it is.
    listed_by: str | None = None


class Definition(NamedTuple):
    """A named fact."""

    name: str
    said: Said


class DefinitionList(NamedTuple):
    """Named facts, one under another."""

    fields: tuple[Definition, ...]


class Verbatim(NamedTuple):
    """Lines to be shown as they are, cell under cell."""

    lines: tuple[str, ...]


class ChartSeries(NamedTuple):
    """One line, or one kind of part of each bar, of a picture."""

    name: str
    #: A value for each label; None where there is nothing to show.
    values: tuple[int | None, ...]
    meaning: Meaning = ""
    #: In a few words, what follows from the values; of cells only.
    said: str = ""

    @property
    def end(self) -> tuple[int, int]:
        """Return the place and the value of the last thing it shows."""
        return max(((i, n) for i, n in enumerate(self.values) if n is not None), default=(0, 0))


class Chart(NamedTuple):
    """A picture with the numbers behind it; a format that cannot draw says `text`, which says the same in words.

    `bars`: a bar a label, stacked from the series. `lines`: labels from left to right, a line a series. `cells`: a cell
    a label, full or (0) empty, a row a series.
    """

    kind: Literal["bars", "lines", "cells"]
    title: str
    text: str
    labels: tuple[str, ...]
    series: tuple[ChartSeries, ...]
    #: What the labels are, over them in a table.
    heading: str = ""
    #: The places along the labels that are named in the picture, each with its name.
    marks: tuple[tuple[int, str], ...] = ()
    #: In a few words, what follows from each label's values; of bars only.
    said: tuple[str, ...] = ()
    #: The place of the day that lines are about: what comes after it is yet to come.
    now: int | None = None

    @property
    def bars(self) -> list[Bar]:
        """Return the bar of each label."""
        parts = [[BarSegment(n or 0, series.meaning) for n in series.values] for series in self.series]
        return [Bar(own) for own in zip(*parts, strict=True)]

    @property
    def ticks(self) -> list[int]:
        """Return the values that a scale names: round steps from 0 to at least the greatest, four or five of them."""
        most = max((n for series in self.series for n in series.values if n), default=1)
        step, tens = 1, 1
        while step * 5 < most:
            tens = tens * 10 if step == 5 * tens else tens
            step = next(s * tens for s in (1, 2, 5, 10) if s * tens > step)
        return list(range(0, most + step, step))


Block = Table | Heading | Paragraph | ItemList | DefinitionList | Verbatim | Chart


class Document(NamedTuple):
    """A title, the lines under it, and blocks."""

    title: str
    lines: tuple[Said, ...]
    blocks: tuple[Block, ...]


def spans(said: Said) -> tuple[StyledText, ...]:
    """Return what is said as spans."""
    return (StyledText(said),) if isinstance(said, str) else said


def text_of(said: Said) -> str:
    """Return what is said without its meanings."""
    return said if isinstance(said, str) else "".join([span.text for span in said])


def shown(table: Table, width: int = ANY_WIDTH, *, bars: bool = True) -> Table:
    """Return a table with the columns that a page of some width has room for."""
    places = [
        i
        for i, column in enumerate(table.columns)
        if column.from_width <= width <= column.to_width and (bars or not column.picture)
    ]
    if len(places) == len(table.columns):
        return table
    columns = tuple([table.columns[i] for i in places])
    return table._replace(columns=columns, rows=DerivedRows(table.rows, partial(_with_cells, places)))


def _with_cells(places: list[int], rows: Rows[TableRow]) -> Iterator[TableRow]:
    chosen = itemgetter(*places) if len(places) > 1 else lambda cells: tuple([cells[i] for i in places])
    return (TableRow._make((chosen(cells), is_total)) for cells, is_total in rows)


def left_out(table: Table, width: int) -> list[TableColumn]:
    """Return the columns that a page has no room for and that no column of narrower pages stands for."""
    instead = {c.to_width + 1 for c in table.columns}
    return [c for c in table.columns if c.heading and c.from_width > width and c.from_width not in instead]
