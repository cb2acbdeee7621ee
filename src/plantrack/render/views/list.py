"""A list of tasks."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from plantrack.i18n.words import Words
from plantrack.model.history import TaskRevision
from plantrack.model.search import MOST_RANKED
from plantrack.model.views.rows import Rows
from plantrack.model.views.tasks import TaskList
from plantrack.render.layout import fields
from plantrack.render.layout.blocks import Block, Document, Paragraph, StyledText
from plantrack.render.layout.fact_formatter import FactFormatter, no_match
from plantrack.render.layout.fields import Field
from plantrack.render.layout.json_object import Object
from plantrack.render.layout.workbook import Book, booked
from plantrack.render.views.task_fields import TASK

if TYPE_CHECKING:
    from plantrack.render.layout.calendar import Calendar


def document(view: TaskList, words: Words) -> Document:
    """Word the list, what it leaves out, and the filter as it was read."""
    formatter = FactFormatter(words, view.heading)
    blocks: list[Block] = [fields.table(*_rows(view), formatter)] if view.tasks else []
    blocks.append(Paragraph(tuple(_below(view, words))))
    return Document(words("list.title", about=formatter.about), formatter.lines(), tuple(blocks))


def _below(view: TaskList, words: Words) -> Iterator[StyledText]:
    """Say how many tasks there are, or what nothing matched; how many closed ones are hidden; the filter."""
    yield StyledText(_count(view, words) if view.tasks else _nothing(view, words))
    if view.tasks and not view.is_ranked:
        yield StyledText(" " + words("list.unranked", most=words.number(MOST_RANKED)))
    if view.closed != 0:
        yield StyledText(" " + _closed(view.closed, words))
        yield StyledText(" " + words("list.see_all"), "typed")
    if view.filter and view.tasks:
        yield StyledText(" " + words("filter.read", filter=view.filter))


def _count(view: TaskList, words: Words) -> str:
    """Say how many tasks there are, and how many of them are here."""
    shown = len(view.tasks)
    if not view.is_cut:
        return words.plural("list.count", shown)
    if view.total is None:
        return words("list.first_of_many", n=words.number(shown))
    return words("list.first", n=words.number(shown), total=words.number(view.total))


def _closed(closed: int | None, words: Words) -> str:
    """Say how many closed tasks are hidden, or that they are, where they were not counted."""
    return words("list.closed_uncounted") if closed is None else words.plural("list.closed", closed)


def _nothing(view: TaskList, words: Words) -> str:
    """Say that there is no task, and how the filter was read."""
    if not view.filter:
        return words("list.none")
    if view.closed != 0:
        return words("list.no_open_match", filter=view.filter)
    return no_match(words, view.filter, view.near)


def data(view: TaskList, words: Words) -> Rows[Object]:
    """Return the tasks for JSON; with notes also the last update, the days late and the number of extensions."""
    return fields.objects(*_rows(view), FactFormatter(words, view.heading))


def book(view: TaskList, words: Words) -> Book:
    """Return the tasks as a sheet."""
    formatter = FactFormatter(words, view.heading)
    tasks = fields.sheet(words("sheet.tasks"), *_rows(view), formatter)
    title = words("list.title", about=formatter.about)
    return booked(formatter, title, [tasks], filter_read=view.filter)


def _rows(view: TaskList) -> tuple[Iterable[Field[Any]], Rows[Any]]:
    """Return what is told of each task, and the tasks; a module of its own, for only `--with-notes` needs it."""
    if view.noted is None:
        return TASK.values(), view.tasks
    from plantrack.render.views.list_noted import NOTED

    return NOTED, view.noted


def calendar(view: TaskList, words: Words, revisions: Mapping[str, TaskRevision]) -> "Calendar":
    """Return the due days of the tasks."""
    from plantrack.render.layout.calendar import calendar_of

    return calendar_of(FactFormatter(words, view.heading), view.tasks, revisions)
