"""The table of progress by itself: its columns of numbers, its titles, its bars, its rates."""

from collections.abc import Callable, Iterable
from functools import partial
from operator import attrgetter
from typing import Any

from plantrack.i18n.words import Words
from plantrack.model.counting import Counts
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.plan import Text
from plantrack.model.views.progress import Progress, ProgressRow
from plantrack.render.layout.blocks import Bar, BarSegment, Cell, Meaning, StyledText, TableColumn
from plantrack.render.layout.fact_formatter import FactFormatter
from plantrack.render.layout.fields import Field, not_in_json
from plantrack.render.layout.text_width import BAR_SIGNS, bar_key
from plantrack.render.layout.workbook import TEXT, Kind

#: From this page width on there is room for more columns; below that one, for the most important alone.
WIDE, NARROW = 120, 60
#: What rows may be by that has a code besides its title.
CODED = ("area", "activity")


class Number(NamedTuple):
    """A column of numbers."""

    name: str
    of: Callable[[Counts], int]
    meaning: Meaning = ""
    from_width: int = 0
    #: What of a change is news, where that is not the number itself.
    moved: Callable[[Counts], int] | None = None

    def cell(self, counts: Counts, change: Counts | None, words: Words) -> Cell:
        """Return the number, with its change in brackets; none at all is shown quietly."""
        n, moved = self.of(counts), (self.moved or self.of)(change) if change else 0
        text = f"{words.number(n)} ({words.signed(moved)})" if moved else words.number(n)
        return (StyledText(text, self.meaning if n else "" if moved else "quiet"),)


def other(counts: Counts) -> int:
    """Count what the columns of statuses leave, so that they sum to the total."""
    return counts.submitted + counts.paused + counts.dropped + counts.carried_over


def others(counts: Counts, words: Words) -> str:
    """Say what "other" is made of."""
    names = ("submitted", "paused", "dropped", "carried_over")
    parts = [
        f"{words(f'counted.{name}')} {words.number(n)}" for name in names if (n := getattr(counts, name))
    ]
    return words("progress.other", n=words.number(other(counts)), parts=", ".join(parts))


NUMBERS = (
    Number("total", lambda c: c.total, moved=lambda c: c.total - c.recurring),
    Number("done", lambda c: c.done),
    Number("in_progress", lambda c: c.in_progress, from_width=NARROW),
    Number("not_started", lambda c: c.not_started, from_width=NARROW),
    Number("other", other, from_width=NARROW),
    Number("open_overdue", lambda c: c.open_overdue, "overdue"),
    Number("open_due_soon", lambda c: c.open_due_soon, "due_soon", WIDE),
    Number("open_no_due", lambda c: c.open_no_due, "", WIDE),
    Number("blocked", lambda c: c.blocked, "blocked", NARROW),
)
#: What is said of an organisation as lead, and again as coordinating.
SIDES = (NUMBERS[0], NUMBERS[1]._replace(from_width=NARROW), NUMBERS[5])


def number_fields(
    numbers: Iterable[Number],
    within: str = "counts",
    *,
    change: Callable[[Any], Counts | None] = lambda row: None,
    group: str = "",
) -> list[Field[Any]]:
    """Return the fields of numbers in a table, of rows that have counts `within`, or None: empty cells."""
    counts_of: Callable[[Any], Counts | None] = attrgetter(within)

    def cell(number: Number, row: Any, formatter: FactFormatter) -> Cell:
        counts = counts_of(row)
        return number.cell(counts, change(row), formatter.words) if counts else ""

    def field(number: Number) -> Field[Any]:
        column = TableColumn(group=group, from_width=number.from_width)
        return Field(
            number.name, f"column.{number.name}", "number", cell=partial(cell, number), column=column
        )

    return not_in_json(map(field, numbers))


def count_fields(within: str = "counts", kind: Kind = "number", group: str = "") -> list[Field[Any]]:
    """Return a field for each count in a sheet, under the name that it has in sentences."""
    return not_in_json(
        Field(name, f"counted.{name}", kind, within=within, width=11, group=group) for name in Counts._fields
    )


def number_and_rate_fields(within: str = "counts", group: str = "") -> list[Field[Any]]:
    """Return the fields of the counts and of both rates in a sheet."""
    rates_of: list[Field[Any]] = not_in_json(
        Field(name, f"sheet.{name}", "share", within=within, width=13, group=group)
        for name in ("rate", "rate_of_due")
    )
    return [*count_fields(within, group=group), *rates_of]


def rate_field(within: str = "counts", *, from_width: int) -> Field[Any]:
    """Return the field of the share that is done in a table."""
    column = TableColumn(from_width=from_width)
    return Field("rate", "column.rate", "share", within=within, cell=rate, in_json=False, column=column)


def rate(counts: Counts, formatter: FactFormatter) -> str:
    """Return the share that is done in words."""
    return formatter.words.percent(counts.done, counts.not_dropped)


def bar_field(within: str = "", *, from_width: int) -> Field[Any]:
    """Return the field of the bar of a row in a table."""
    column = TableColumn(picture=True, from_width=from_width)
    return Field("bar", within=within, cell=lambda row, f: count_bar(row), in_json=False, column=column)


def title_fields(by: str) -> list[Field[ProgressRow]]:
    """Return the fields that say what a row is about."""
    return [
        Field(
            "key",
            "column.code" if by in CODED else "column.id",
            word=lambda row, f: row.key or None,
            width=0 if by == "person" else 9,
            blank=True,
            column=TableColumn() if by in CODED else None,
        ),
        Field(
            "title",
            f"column.by.{by}",
            get=lambda row, f: _worded(by, row, f) or f.in_language(row.title),
            word=lambda row, f: row_title(by, row, f),
            width=TEXT,
            column=TableColumn(wraps=True, least=16),
        ),
    ]


def rows_and_total(view: Progress, words: Words) -> list[ProgressRow]:
    """Return the rows as people read them, and one for their total, whose key is empty.

    Of the tasks that nobody leads nothing is said of coordination; the total counts each task once on each side.
    """
    rows = [row if row.key else row._replace(coordinating=None) for row in view.rows]
    return [*rows, view.total_row._replace(key="", title=Text(words("progress.total")))]


def row_title(by: str, row: ProgressRow, formatter: FactFormatter) -> str:
    """Name a row; the last one may be of the tasks that have none of what the rows are by."""
    if row.key is None or row.title is None:
        return formatter.words(f"progress.none.{by}")
    return _worded(by, row, formatter) or formatter.text(row.title)


def _worded(by: str, row: ProgressRow, formatter: FactFormatter) -> str:
    """Name a row whose key the program words itself; empty for one that has its title."""
    if row.key and by == "month":
        return formatter.words.period(row.key)
    return formatter.word(f"level.{row.key}") if row.key and by == "level" else ""


def count_bar(row: ProgressRow, *, with_dropped: bool = True) -> Bar:
    """Draw what is done, in progress and still in time, overdue, and the rest."""
    counts, in_progress = row.counts, row.counts.in_progress - row.in_progress_overdue
    numbers: dict[Meaning, int] = {
        "done": counts.done,
        "in_progress": in_progress,
        "overdue": counts.open_overdue,
    }
    whole = counts.total if with_dropped else counts.not_dropped
    numbers[""] = whole - sum(numbers.values())
    return Bar(tuple(BarSegment(numbers[meaning], meaning) for meaning in BAR_SIGNS))


def legend(words: Words) -> tuple[StyledText, ...]:
    """Say what the signs of a bar mean."""
    return bar_key([(meaning, words(f"progress.legend.{meaning or 'rest'}")) for meaning in BAR_SIGNS])


def rates(total: Counts, words: Words) -> str:
    """Say both rates, each with its denominator, and how many tasks came as recurring work goes on."""
    recurring = words("progress.recurring", n=words.number(total.recurring), total=words.number(total.total))
    left_out = words("progress.left_out", n=words.number(total.dropped)) if total.dropped else ""
    said = words(
        "progress.rates",
        done=words.number(total.done),
        of=words.number(total.not_dropped),
        percent=words.percent(total.done, total.not_dropped),
        left_out=left_out,
        done_of_due=words.number(total.done_of_fallen_due),
        due=words.number(total.fallen_due),
        percent_of_due=words.percent(total.done_of_fallen_due, total.fallen_due),
    )
    return f"{said} {recurring}" if total.recurring else said
