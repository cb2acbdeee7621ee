"""A list of tasks."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from plantrack.i18n.words import Words
from plantrack.model.history import TaskRevision
from plantrack.model.task import Task
from plantrack.model.views.tasks import TaskList
from plantrack.render.layout.blocks import (
    Block,
    Cell,
    Document,
    Paragraph,
    StyledText,
    Table,
    TableColumn,
    TableRow,
)
from plantrack.render.layout.fact_formatter import FactFormatter, no_match
from plantrack.render.layout.json_object import Object
from plantrack.render.views.task_fields import task_object

if TYPE_CHECKING:
    from plantrack.render.layout.calendar import Calendar
    from plantrack.render.layout.workbook import Book

#: From this page width on, flags, organisations and people have a column each.
_WIDE = 100


def document(view: TaskList, words: Words) -> Document:
    """Word the list, what it leaves out, and the filter as it was read."""
    formatter = FactFormatter(words, view.heading)
    blocks: list[Block] = (
        [_noted(view, formatter) if view.with_notes else _table(view, formatter)] if view.tasks else []
    )
    blocks.append(Paragraph(tuple(_below(view, words))))
    return Document(words("list.title", about=formatter.about), formatter.lines(), tuple(blocks))


def _noted(view: TaskList, formatter: FactFormatter) -> Table:
    """Return the tasks with their last words; a module of its own, for only `--with-notes` needs it."""
    from plantrack.render.views.list_noted import noted_table

    return noted_table(view, formatter)


def _table(view: TaskList, formatter: FactFormatter) -> Table:
    words = formatter.words
    columns = (
        TableColumn(words("column.label"), "right"),
        TableColumn(words("column.code")),
        TableColumn(words("column.task"), wraps=True, least=24, long=True),
        TableColumn(words("column.status"), wraps=True, least=14, to_width=_WIDE - 1),
        TableColumn(words("column.status"), wraps=True, least=14, from_width=_WIDE),
        TableColumn(words("column.due"), wraps=True, least=16),
        TableColumn(words("column.lead_and_person"), wraps=True, least=10, to_width=_WIDE - 1),
        TableColumn(words("column.lead"), wraps=True, least=10, from_width=_WIDE),
        TableColumn(words("column.person"), wraps=True, least=10, from_width=_WIDE),
        TableColumn(words("column.flags"), wraps=True, least=7, from_width=_WIDE),
    )
    return Table(columns, tuple([_row(task, formatter) for task in view.tasks]))


def _row(task: Task, formatter: FactFormatter) -> TableRow:
    lead = formatter.organisations(task.lead) or formatter.unknown
    person = ", ".join(task.in_charge)
    status, flags = formatter.status(task), _flags(task, formatter)
    return TableRow(
        (
            task.label,
            task.heading,
            formatter.text(task.title),
            (status, StyledText("\n"), *flags) if flags else (status,),
            (status,),
            _due(task, formatter),
            f"{lead}\n{person}" if person else lead,
            lead,
            person or formatter.unknown,
            flags,
        )
    )


def _due(task: Task, formatter: FactFormatter) -> Cell:
    """Return the due day, and how far it is."""
    if task.due is None:
        return formatter.due(None, task.due_text) if task.due_text else formatter.unknown
    away = formatter.away(task)
    return (StyledText(formatter.day(task.due) + "\n"), away) if away else formatter.day(task.due)


def _flags(task: Task, formatter: FactFormatter) -> tuple[StyledText, ...]:
    flags = (formatter.blocked,) if task.is_blocked else ()
    if task.stale:
        return (*flags, StyledText(", "), formatter.stale) if flags else (formatter.stale,)
    return flags


def _below(view: TaskList, words: Words) -> Iterator[StyledText]:
    """Say how many tasks there are, or what nothing matched; how many closed ones are hidden; the filter."""
    yield StyledText(words.plural("list.count", len(view.tasks)) if view.tasks else _nothing(view, words))
    if view.closed:
        yield StyledText(" " + words.plural("list.closed", view.closed))
        yield StyledText(" " + words("list.see_all"), "typed")
    if view.filter and view.tasks:
        yield StyledText(" " + words("filter.read", filter=view.filter))


def _nothing(view: TaskList, words: Words) -> str:
    """Say that there is no task, and how the filter was read."""
    if not view.filter:
        return words("list.none")
    if view.closed:
        return words("list.no_open_match", filter=view.filter)
    return no_match(words, view.filter, view.near)


def data(view: TaskList, words: Words) -> list[Object]:
    """Return the tasks for JSON; with notes also the last update, the days late and the number of extensions."""
    if view.with_notes:
        from plantrack.render.views.list_noted import noted_object

        return [noted_object(task, view, words) for task in view.tasks]
    return [task_object(task, words) for task in view.tasks]


def book(view: TaskList, words: Words) -> "Book":
    """Return the tasks as a sheet."""
    from plantrack.render.layout.workbook import booked, last_words, task_sheet

    formatter = FactFormatter(words, view.heading)
    more = last_words(formatter, view.updates or {}, view.extensions or {}) if view.with_notes else []
    title = words("list.title", about=formatter.about)
    return booked(formatter, title, [task_sheet(formatter, view.tasks, more)], filter_read=view.filter)


def calendar(view: TaskList, words: Words, revisions: Mapping[str, TaskRevision]) -> "Calendar":
    """Return the due days of the tasks."""
    from plantrack.render.layout.calendar import calendar_of

    return calendar_of(FactFormatter(words, view.heading), view.tasks, revisions)
