"""A list of tasks."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from plantrack.i18n.words import Words
from plantrack.model.history import TaskRevision
from plantrack.model.search import MOST_RANKED
from plantrack.model.task import Task
from plantrack.model.views.header import ViewHeader
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


def document(
    view: TaskList, words: Words, columns: Sequence[Field[Any]] = (), *, one_line: bool = False
) -> Document:
    """Word the list, what it leaves out, and the filter as it was read.

    `columns`: what is told of each task, where that was chosen. `one_line`: a task is one line, for a terminal.
    """
    formatter = FactFormatter(words, view.heading)
    if one_line and not columns and view.noted is None:
        from plantrack.render.views.task_lines import table_of_lines

        table, explained = table_of_lines(view.tasks, formatter)
    else:
        told = fields.table(
            *_rows(view, columns), formatter, one_line=one_line and bool(columns), without_empty=not columns
        )
        table, explained = told, ()
    below = Paragraph(tuple(_below(view, words)))
    blocks: tuple[Block, ...] = (table, below, *explained) if view.tasks else (below,)
    return Document(words("list.title", about=formatter.about), formatter.lines(), blocks)


def _below(view: TaskList, words: Words) -> Iterator[StyledText]:
    """Say how many tasks there are, or what nothing matched; how many are hidden, and how to see them; the filter."""
    if not view.tasks:
        yield from _nothing(view, words)
        return
    yield StyledText(_count(view, words))
    if view.is_cut:
        yield StyledText(f" ({words('list.see_rest')})", "typed")
    yield from _closed(view, words)
    yield StyledText(".")
    if not view.is_ranked:
        yield StyledText(" " + words("list.unranked", most=words.number(MOST_RANKED)))
    if view.filter:
        yield StyledText(" " + words("filter.read", filter=view.filter))


def _count(view: TaskList, words: Words) -> str:
    """Say how many tasks there are, and how many of them are here."""
    shown = len(view.tasks)
    if not view.is_cut:
        return words.plural("list.count" if view.closed == 0 else "list.count_open", shown)
    if view.total is None:
        return words("list.first_of_many", n=words.number(shown))
    return words("list.first", n=words.number(shown), total=words.number(view.total))


def _closed(view: TaskList, words: Words) -> Iterator[StyledText]:
    """Say how many closed tasks are hidden, or that they are, where they were not counted."""
    if view.closed != 0:
        closed = view.closed
        said = words("list.closed_uncounted") if closed is None else words.plural("list.closed", closed)
        yield StyledText(f"; {said}")
        yield StyledText(" (--all)", "typed")


def _nothing(view: TaskList, words: Words) -> Iterator[StyledText]:
    """Say that there is no task, how the filter was read, and what can be done."""
    if view.closed != 0:
        key = "list.no_open_match" if view.filter else "list.none_open"
        yield StyledText(words(key, filter=view.filter))
        yield from _closed(view, words)
        yield StyledText(".")
    elif view.filter:
        yield StyledText(no_match(words, view.filter, view.near))
        yield StyledText(
            " " + words("list.in_english" if view.is_in_english else "list.other_filter"), "typed"
        )
    else:
        yield StyledText(words("list.none"))
        yield StyledText(" " + words("list.add_some"), "typed")


def data(view: TaskList, words: Words, columns: Sequence[Field[Any]] = ()) -> Rows[Object]:
    """Return the tasks for JSON; with notes also the last update, the days late and the number of extensions."""
    return fields.objects(*_rows(view, columns), FactFormatter(words, view.heading))


def book(view: TaskList, words: Words, columns: Sequence[Field[Any]] = ()) -> Book:
    """Return the tasks as a sheet."""
    formatter = FactFormatter(words, view.heading)
    tasks = fields.sheet(words("sheet.tasks"), *_rows(view, columns), formatter)
    title = words("list.title", about=formatter.about)
    return booked(formatter, title, [tasks], filter_read=view.filter)


def _rows(view: TaskList, columns: Sequence[Field[Any]]) -> tuple[Iterable[Field[Any]], Rows[Any]]:
    """Return what is told of each task, and the tasks."""
    told = columns or _told(with_notes=view.noted is not None)
    return told, view.tasks if view.noted is None else view.noted


def _told(*, with_notes: bool) -> Sequence[Field[Any]]:
    """Return what is told of a task; a module of its own has it for `--with-notes`, for only that needs it."""
    if not with_notes:
        return tuple(TASK.values())
    from plantrack.render.views.list_noted import NOTED

    return NOTED


def columns_named(names: Sequence[str], *, with_notes: bool) -> list[Field[Any]]:
    """Return the columns that were asked for.

    Raises: unknown-column.
    """
    from plantrack.render.layout.named_fields import by_name, in_every_form

    return [in_every_form(field) for field in by_name(_told(with_notes=with_notes), names, "--columns")]


def sorted_by(name: str, words: Words, heading: ViewHeader) -> tuple[str, Callable[[Task], Any]]:
    """Return the field that tasks are sorted by, and what of a task is compared where the store cannot.

    Raises: unknown-column.
    """
    from plantrack.render.layout.named_fields import by_name, sort_key

    (field,) = by_name(TASK.values(), [name], "--sort")
    return field.key, sort_key(field, FactFormatter(words, heading))


def calendar(view: TaskList, words: Words, revisions: Mapping[str, TaskRevision]) -> "Calendar":
    """Return the due days of the tasks."""
    from plantrack.render.layout.calendar import calendar_of

    return calendar_of(FactFormatter(words, view.heading), view.tasks, revisions)
