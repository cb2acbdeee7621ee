"""Figures as a workbook or a CSV file takes them: sheets of typed values, worded headings, nothing cut."""

from collections.abc import Sequence
from typing import Literal

from plantrack.model.named_tuple import NamedTuple
from plantrack.model.views.rows import Rows
from plantrack.render.layout.blocks import text_of
from plantrack.render.layout.fact_formatter import FactFormatter, one_line

#: What a column holds: `day` is YYYY-MM-DD, `moment` UTC as it is kept, `share` a fraction of 1, `change` a
#: signed difference. A text stays a text in any column.
Kind = Literal["text", "number", "change", "share", "day", "moment"]
Value = str | int | float | None


class SheetColumn(NamedTuple):
    """A column of a sheet."""

    heading: str
    kind: Kind = "text"
    #: How many signs wide it is shown where that can be chosen.
    width: int = 12


class Sheet(NamedTuple):
    """A section: values under headings."""

    title: str
    columns: tuple[SheetColumn, ...]
    rows: Rows[tuple[Value, ...]]
    #: Whether the last row sums up the others.
    has_total: bool = False


class Book(NamedTuple):
    """A view's figures; a format of one table has the sheet `main`."""

    title: str
    #: What the figures are of, line by line: plan, as-of day, filter, the label of made-up data.
    lines: tuple[str, ...]
    sheets: tuple[Sheet, ...]
    main: int = 0
    #: Whose clock moments are shown by.
    timezone: str = "Asia/Ho_Chi_Minh"
    #: The label of made-up data, for forms in which a sheet goes without the lines.
    label: str = ""


#: How wide texts are shown: names and states, and what people wrote.
NAME, TEXT = 22, 44


def booked(
    formatter: FactFormatter,
    title: str,
    sheets: Sequence[Sheet],
    *,
    about: str = "",
    filter_read: str = "",
    more: Sequence[str] = (),
    main: int = 0,
) -> Book:
    """Put sheets together, with what they are of: plan and day, label, filter, up to when it is known.

    `about` says it in the words of a report that says up to when itself.
    """
    known = "" if about or formatter.heading.known_given else formatter.known()
    under_title = [text_of(line) for line in formatter.lines(filter_read)]
    lines = tuple(one_line(line) for line in (about or formatter.about, *under_title, *more, known) if line)
    zone = formatter.heading.plan.reporting.timezone
    return Book(title, lines, tuple(sheets), main, zone, label_of(formatter))


def label_of(formatter: FactFormatter) -> str:
    """Return the label of made-up data, or nothing."""
    return formatter.words("heading.example") if formatter.heading.is_example else ""


def mark(holds: bool) -> str | None:
    """Mark what holds, as people do in tables."""
    return "x" if holds else None
