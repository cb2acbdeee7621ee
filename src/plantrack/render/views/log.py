"""History, command by command."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from plantrack.i18n.words import Words
from plantrack.model.moments import local_day
from plantrack.model.plan import Text
from plantrack.model.views.log import Log, LogEntry
from plantrack.render.layout.blocks import Block, Document, ItemList, ListItem, Paragraph, StyledText
from plantrack.render.layout.fact_formatter import FactFormatter, one_line
from plantrack.render.layout.json_object import Object
from plantrack.render.views.task_fields import change_object

if TYPE_CHECKING:
    from plantrack.render.layout.workbook import Book, Filled

_DAYS = ("due", "start_day", "opened_on")
_CODES = ("status", "priority")
_ORGANISATIONS = ("lead", "coordinating")


def document(view: Log, words: Words) -> Document:
    """Word each command and, under it, what it changed."""
    formatter = FactFormatter(words, view.heading)
    entries = tuple(command_entries(view.entries, formatter, view.titles, named=True))
    block: Block = ItemList(entries) if entries else Paragraph(words("log.empty"))
    return Document(words("log.title"), formatter.lines(), (block,))


def command_entries(
    changes: Iterable[LogEntry], formatter: FactFormatter, titles: dict[str, Text], *, named: bool = False
) -> Iterator[ListItem]:
    """Word changes by command, and by task where the tasks are to be named."""
    for command, group in groupby(changes, lambda change: change.command):
        # Why a revision was carried in is said once, beside it.
        own = [c for c in group if c.field != "reason" or c.new != c.reason]
        yield ListItem(_command(own[0], formatter), command)
        for task, of_task in groupby(own, lambda change: change.task):
            title = titles.get(task or "")
            under = named and task is not None
            if under:
                yield ListItem(f"{task} {formatter.text(title) if title else ''}".rstrip(), depth=1)
            yield from (
                ListItem(_dated(change, title, formatter), depth=2 if under else 1) for change in of_task
            )


def _command(change: LogEntry, formatter: FactFormatter) -> tuple[StyledText, ...]:
    """Say when, who and what; and which command took it back."""
    verb = formatter.words(f"verb.{change.verb.replace(' ', '-')}")
    said = StyledText(
        f"{formatter.moment(change.recorded_at)} · {_author(change, formatter)} · {verb}{_reason(change, formatter)}"
    )
    if change.withdrawn_by is None:
        return (said,)
    return said, StyledText(" " + formatter.words("log.withdrawn", command=change.withdrawn_by), "warning")


def _author(change: LogEntry, formatter: FactFormatter) -> str:
    """Name who is behind a change: the revision of the plan that it is of, and who carried it in."""
    name = one_line(change.author)
    if change.revision is None:
        return name
    return formatter.words("log.by-plan", revision=change.revision, author=name)


def _reason(change: LogEntry, formatter: FactFormatter) -> str:
    return f" · {formatter.words('log.reason', reason=one_line(change.reason))}" if change.reason else ""


def _dated(change: LogEntry, title: Text | None, formatter: FactFormatter) -> str:
    """Say a change, and the day it speaks of where that is not the day it was recorded."""
    said = _change(change, title, formatter)
    if change.on is None or change.on == local_day(
        change.recorded_at, formatter.heading.plan.reporting.timezone
    ):
        return said
    return formatter.words("log.on", change=said, day=formatter.day(change.on))


def _change(change: LogEntry, title: Text | None, formatter: FactFormatter) -> str:
    """Say the old and the new value of a field; `title` is that of the task now."""
    words = formatter.words
    new = value(change.field, change.new, formatter)
    if change.field == "title" and change.old is None:
        # The log has the Vietnamese title; while it stands, so does its translation.
        return words("log.opened", title=formatter.text(title) if title and title.vi == change.new else new)
    if change.field == "undo":
        return words("log.undo", command=new)
    if change.field == "follows" and change.old is not None:
        return "; ".join(_followed(change.old, change.new or "", formatter))
    name = words(f"field.{change.field}")
    if change.old is None:
        return words("log.set", field=name, new=new)
    return words("log.changed", field=name, old=value(change.field, change.old, formatter), new=new)


def _followed(old: str, new: str, formatter: FactFormatter) -> Iterator[str]:
    """Say what no longer follows the plan, and what does so again."""
    for key, one, other in (("log.follows_not", old, new), ("log.follows_again", new, old)):
        left = [field for field in one.split(", ") if field and field not in other.split(", ")]
        if left:
            yield formatter.words(key, fields=value("follows", ", ".join(left), formatter))


def value(field: str, text: str | None, formatter: FactFormatter) -> str:
    """Word the value of a field."""
    if not text:
        return formatter.words("log.nothing")
    if field in _DAYS:
        return formatter.day(text)
    if field in _CODES:
        return formatter.words(f"{field}.{text}")
    if field in _ORGANISATIONS:
        return formatter.organisation(text)
    if field == "follows":
        return ", ".join(formatter.words(f"field.{followed}") for followed in text.split(", "))
    if field == "places":
        return formatter.places(text.split(", "))
    if field == "plan":
        return formatter.words("plan.revision", number=text)
    return f"{text}%" if field == "percent" else one_line(text)


def data(view: Log, words: Words) -> list[Object]:
    """Return the changes for JSON."""
    return [change_object(entry) for entry in view.entries]


def book(view: Log, words: Words) -> "Book":
    """Return the changes as a sheet."""
    from plantrack.render.layout.workbook import booked, sheet

    formatter = FactFormatter(words, view.heading)
    changes = sheet(words("sheet.log"), _filled(view, formatter), view.entries)
    return booked(formatter, words("log.title"), [changes])


def _filled(view: Log, formatter: FactFormatter) -> "list[Filled[LogEntry]]":
    """Return the columns of a sheet."""
    from plantrack.render.layout import workbook as books
    from plantrack.render.layout.workbook import NAME, TEXT

    words = formatter.words

    def named(name: str, kind: books.Kind = "text", width: int = 12) -> books.SheetColumn:
        return books.SheetColumn(words(f"sheet.{name}"), kind, width)

    def title(entry: LogEntry) -> str | None:
        found = view.titles.get(entry.task or "")
        return formatter.text(found) if found else None

    return [
        (named("command"), lambda e: e.command),
        (named("recorded", "moment", 17), lambda e: e.recorded_at),
        (books.SheetColumn(words("column.author"), "text", NAME), lambda e: e.author),
        (named("verb", width=NAME), lambda e: words(f"verb.{e.verb.replace(' ', '-')}")),
        (books.SheetColumn(words("column.label"), "number", 6), lambda e: _as_number(e.task)),
        (books.SheetColumn(words("column.task"), "text", TEXT), title),
        (
            named("field", width=NAME),
            lambda e: words(f"field.{e.field}") if words.has(f"field.{e.field}") else None,
        ),
        (named("old", width=TEXT), lambda e: value(e.field, e.old, formatter) if e.old else None),
        (named("new", width=TEXT), lambda e: value(e.field, e.new, formatter) if e.new else None),
        (named("on", "day"), lambda e: e.on),
        (books.SheetColumn(words("field.reason"), "text", TEXT), lambda e: e.reason),
        (books.SheetColumn(words("column.revision"), "number", 8), lambda e: e.revision),
        (named("withdrawn"), lambda e: e.withdrawn_by),
    ]


def _as_number(task: str | None) -> int | str | None:
    return int(task) if task and task.isdecimal() else task
