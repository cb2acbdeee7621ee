"""Figures as a workbook or a CSV file takes them: sheets of typed values, worded headings, nothing cut."""

from typing import Literal

from plantrack.model.record import NamedTuple

#: What a column holds: `day` is YYYY-MM-DD, `moment` UTC as it is kept, `share` a fraction of 1, `change` a
#: signed difference. A text stays a text in any column.
Kind = Literal["text", "number", "change", "share", "day", "moment"]
Value = str | int | float | None


class Column(NamedTuple):
    """A column of a sheet."""

    heading: str
    kind: Kind = "text"
    #: How many signs wide it is shown where that can be chosen.
    width: int = 12


class Sheet(NamedTuple):
    """A section: values under headings."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
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
