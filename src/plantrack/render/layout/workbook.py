"""Figures as a workbook or a CSV file takes them: sheets of typed values, worded headings, nothing cut."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Literal, TypeVar

from plantrack.model.days import days_between
from plantrack.model.history import Update
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.status import DeadlineState
from plantrack.model.task import Task
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


Thing = TypeVar("Thing")
#: A column, and what it takes of each thing.
Filled = tuple[SheetColumn, Callable[[Thing], Value]]
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


def sheet(
    title: str, filled: Sequence[Filled[Thing]], things: Iterable[Thing], total: Sequence[Value] = ()
) -> Sheet:
    """Fill the columns with things, and add the row that sums them up."""
    takes = [take for _, take in filled]
    rows = [tuple([take(thing) for take in takes]) for thing in things]
    if total:
        rows.append(tuple(total))
    return Sheet(title, tuple(column for column, _ in filled), tuple(rows), has_total=bool(total))


def mark(holds: bool) -> str | None:
    """Mark what holds, as people do in tables."""
    return "x" if holds else None


def label(task: Task) -> Value:
    """Return a label as a number, where it is one."""
    return task.label if task.site else task.number


class TaskColumns:
    """The columns of tasks, worded by one formatter."""

    def __init__(self, formatter: FactFormatter) -> None:
        self.formatter = formatter
        #: There may be very many tasks, and few words for what they are.
        self.words = cache(formatter.words)

    def named(self, name: str, kind: Kind = "text", width: int = 12) -> SheetColumn:
        """Return the column of a field."""
        return SheetColumn(self.words(f"field.{name}"), kind, width)

    def short(self) -> list[Filled[Task]]:
        """Return the columns that say which task it is, how it stands and who leads."""
        words, formatter = self.words, self.formatter
        return [
            (SheetColumn(words("column.label"), "number", 6), label),
            (SheetColumn(words("column.code"), "text", 8), lambda t: t.heading),
            (SheetColumn(words("column.task"), "text", TEXT), lambda t: formatter.text(t.title)),
            (self.named("lead", width=NAME), lambda t: formatter.organisations(t.lead) or None),
            (self.named("in_charge", width=NAME), lambda t: ", ".join(t.in_charge) or None),
            (self.named("status", width=16), lambda t: words(f"status.{t.status}")),
            (self.named("due", "day"), lambda t: t.due),
            (SheetColumn(words("sheet.days_late"), "number"), self.days_late),
        ]

    def full(self) -> list[Filled[Task]]:
        """Return everything that is known of a task as it stands."""
        return [*self._which(), *self._state(), *self._deadline(), *self._who(), *self._rest()]

    def _which(self) -> list[Filled[Task]]:
        words, formatter = self.words, self.formatter
        return [
            (SheetColumn(words("column.label"), "number", 6), label),
            (self.named("area", width=10), lambda t: t.area),
            (self.named("activity", width=11), lambda t: t.activity),
            (self.named("title", width=TEXT), lambda t: formatter.text(t.title)),
        ]

    def _state(self) -> list[Filled[Task]]:
        words = self.words
        return [
            (self.named("status", width=16), lambda t: words(f"status.{t.status}")),
            (self.named("percent", "share", 9), lambda t: None if t.percent is None else t.percent / 100),
            (
                self.named("deadline_state", width=18),
                lambda t: words(f"deadline.{t.deadline_state}") if t.deadline_state else None,
            ),
            (SheetColumn(words("sheet.days_late"), "number"), self.days_late),
        ]

    def _deadline(self) -> list[Filled[Task]]:
        words, formatter = self.words, self.formatter
        return [
            (self.named("start", "day"), lambda t: t.start),
            (self.named("due", "day"), lambda t: t.due),
            (
                SheetColumn(words("sheet.due_text"), "text", 16),
                lambda t: formatter.due(None, t.due_text) if t.due_text else None,
            ),
            (self.named("first_due", "day"), lambda t: t.first_due),
            (self.named("completed_on", "day"), lambda t: t.completed_on),
        ]

    def _who(self) -> list[Filled[Task]]:
        formatter = self.formatter
        return [
            (self.named("lead", width=NAME), lambda t: formatter.organisations(t.lead) or None),
            (
                self.named("coordinating", width=NAME),
                lambda t: formatter.organisations(t.coordinating) or None,
            ),
            (self.named("in_charge", width=NAME), lambda t: ", ".join(t.in_charge) or None),
        ]

    def _rest(self) -> list[Filled[Task]]:
        words, formatter = self.words, self.formatter
        return [
            (self.named("blocked", width=TEXT), lambda t: t.blocked if t.is_blocked else None),
            (
                SheetColumn(words("sheet.blocked_since"), "day"),
                lambda t: t.blocked_since if t.is_blocked else None,
            ),
            (self.named("updated_on", "day"), lambda t: t.updated_on),
            (SheetColumn(words("sheet.is_stale"), "text", 10), lambda t: mark(t.stale)),
            (self.named("priority", width=12), lambda t: words(f"priority.{t.priority}")),
            (
                self.named("deliverable", width=NAME),
                lambda t: t.deliverable.within(formatter.words.language) if t.deliverable else None,
            ),
            (self.named("places", width=16), lambda t: formatter.places(t.places) or None),
            (self.named("tags", width=12), lambda t: ", ".join(t.tags) or None),
            (self.named("opened_on", "day"), lambda t: t.opened_on),
        ]

    def days_late(self, task: Task) -> int | None:
        """Count the days by which open work is overdue, or done work was late."""
        if task.due is None:
            return None
        if task.deadline_state is DeadlineState.OPEN_OVERDUE:
            return days_between(task.due, self.formatter.heading.as_of)
        if task.deadline_state is DeadlineState.DONE_LATE and task.completed_on:
            return days_between(task.due, task.completed_on)
        return None


def task_sheet(formatter: FactFormatter, tasks: Iterable[Task], more: Sequence[Filled[Task]] = ()) -> Sheet:
    """Return tasks with everything that is known of each, and perhaps more."""
    return sheet(formatter.words("sheet.tasks"), [*TaskColumns(formatter).full(), *more], tasks)


def last_words(
    formatter: FactFormatter, updates: Mapping[str, Update], extensions: Mapping[str, int]
) -> list[Filled[Task]]:
    """Return the columns of the last update of each task, what is internal too, and of how often it was extended."""
    words = formatter.words

    def said(name: str) -> Callable[[Task], Value]:
        return lambda task: getattr(updates[task.uid], name) if task.uid in updates else None

    texts = ("result", "next", "proposal", "told_by", "note", "evidence")
    return [
        (SheetColumn(words("sheet.extensions"), "number"), lambda task: extensions.get(task.uid, 0)),
        (SheetColumn(words("sheet.said_on"), "day"), said("on")),
        *((SheetColumn(words(f"field.{name}"), "text", TEXT), said(name)) for name in texts),
        (SheetColumn(words("column.author"), "text", NAME), said("author")),
    ]
