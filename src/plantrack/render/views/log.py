"""History, command by command."""

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import chain, groupby

from plantrack.i18n.words import Words
from plantrack.model.moments import local_day
from plantrack.model.views.log import Log, LogEntry
from plantrack.model.views.rows import DerivedRows, Rows
from plantrack.render.layout import fields
from plantrack.render.layout.blocks import Block, Document, ItemList, ListItem, Paragraph, StyledText
from plantrack.render.layout.fact_formatter import FactFormatter, one_line
from plantrack.render.layout.field_value import own_value
from plantrack.render.layout.fields import Field, Fields, declared
from plantrack.render.layout.json_object import Object
from plantrack.render.layout.workbook import NAME, TEXT, Book, booked

_ORGANISATIONS = ("lead", "coordinating", "organisation", "same_as")


def document(view: Log, words: Words) -> Document:
    """Word each command and, under it, what it changed."""
    formatter = FactFormatter(words, view.heading)
    return Document(words("log.title"), formatter.lines(view.filter), tuple(_blocks(view, formatter)))


def _blocks(view: Log, formatter: FactFormatter) -> Iterator[Block]:
    words = formatter.words
    if next(iter(view.entries), None) is None:
        yield Paragraph(words("log.none") if view.filter else words("log.empty"))
        return
    entries = DerivedRows(view.entries, partial(command_entries, formatter=formatter, named=True))
    # The number of the last command is the longest; under it stand dashes.
    yield ItemList(entries, rooms=(len(view.last), 1, 1) if view.last else ())
    if view.cut_to is not None:
        all_of = " ".join(["plantrack log", *([view.filter] if view.filter else []), "-n all"])
        said = words.plural("log.cut", view.cut_to)
        yield Paragraph(
            (
                StyledText(said, "remark"),
                StyledText(f" {words('log.see_all', command=words.command(all_of))}", "typed"),
            )
        )


def command_entries(
    changes: Iterable[LogEntry], formatter: FactFormatter, *, named: bool = False
) -> Iterator[ListItem]:
    """Word changes by command, and by task where the tasks are to be named."""
    for command, group in groupby(changes, lambda change: change.command):
        # Why a revision was carried in is said once, beside it.
        own = (c for c in group if c.field != "reason" or c.new != c.reason)
        first = next(own)
        yield ListItem(_command(first, formatter), command)
        for task, of_task in groupby(chain([first], own), lambda change: change.task):
            under = named and task is not None
            for n, change in enumerate(of_task):
                if under and n == 0:
                    yield ListItem(f"{task} {_title(change, formatter) or ''}".rstrip(), depth=1)
                yield ListItem(_dated(change, formatter), depth=2 if under else 1)


def _command(change: LogEntry, formatter: FactFormatter) -> tuple[StyledText, ...]:
    """Say when, who and what; and which command took it back."""
    verb = _verb(change, formatter)
    said = StyledText(
        f"{formatter.moment(change.recorded_at)} · {_author(change, formatter)} · {verb}{_reason(change, formatter)}"
    )
    if change.withdrawn_by is None:
        return (said,)
    return said, StyledText(" " + formatter.words("log.withdrawn", command=change.withdrawn_by), "warning")


def _author(change: LogEntry, formatter: FactFormatter) -> str:
    """Name who is behind a change: the revision of the plan that it is of, and who carried it in."""
    name = one_line(change.author)
    if change.entered_by is not None:
        name = formatter.words("log.entered-by", author=name, name=one_line(change.entered_by))
    if change.site is not None:
        name = formatter.words("log.at-site", author=name, site=change.site)
    if change.revision is None:
        return name
    return formatter.words("log.by-plan", revision=change.revision, author=name)


def _reason(change: LogEntry, formatter: FactFormatter) -> str:
    return f" · {formatter.words('log.reason', reason=one_line(change.reason))}" if change.reason else ""


def _dated(change: LogEntry, formatter: FactFormatter) -> str:
    """Say a change, and the day it speaks of where that is not the day it was recorded."""
    said = _change(change, formatter)
    if change.on is None or change.on == local_day(
        change.recorded_at, formatter.heading.plan.reporting.timezone
    ):
        return said
    return formatter.words("log.on", change=said, day=formatter.day(change.on))


def _change(change: LogEntry, formatter: FactFormatter) -> str:
    """Say the old and the new value of a field."""
    words, title = formatter.words, change.title
    new = value(change.field, change.new, formatter)
    if change.field == "title" and change.old is None:
        # The log has the Vietnamese title; while it stands, so does its translation.
        return words("log.opened", title=formatter.text(title) if title and title.vi == change.new else new)
    if change.field == "undo":
        return words("log.undo", command=new)
    if change.field == "follows" and change.old is not None:
        return "; ".join(_followed(change.old, change.new or "", formatter))
    name = words(f"field.{change.field}")
    if change.party is not None:
        name = f"{formatter.organisation(change.party)} · {name}"
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
    if text and field in _ORGANISATIONS:
        return formatter.organisation(text)
    if text and field == "follows":
        return ", ".join(formatter.words(f"field.{followed}") for followed in text.split(", "))
    if text and field == "places":
        return formatter.places(text.split(", "))
    if text and field == "fell_out":
        return ", ".join(map(formatter.day, text.split(", ")))
    if text and field == "bundle":
        site, _, count = text.rpartition(":")
        place = formatter.words("bundle.at-site", site=site) if site else formatter.words("bundle.at-hub")
        return formatter.words.plural("log.bundle", int(count), place=place)
    if text and field == "plan":
        return formatter.words("plan.revision", number=text)
    return own_value(field, text, formatter.words)


def data(view: Log, words: Words) -> Rows[Object]:
    """Return the changes for JSON."""
    return fields.objects(CHANGE.values(), view.entries, FactFormatter(words, view.heading))


def book(view: Log, words: Words) -> Book:
    """Return the changes as a sheet."""
    formatter = FactFormatter(words, view.heading)
    changes = fields.sheet(words("sheet.log"), CHANGE.values(), view.entries, formatter)
    return booked(formatter, words("log.title"), [changes])


def _verb(entry: LogEntry, formatter: FactFormatter) -> str:
    return formatter.word(f"verb.{entry.verb.replace(' ', '-')}")


def _field_name(entry: LogEntry, formatter: FactFormatter) -> str | None:
    key = f"field.{entry.field}"
    return formatter.word(key) if formatter.words.has(key) else None


def _title(entry: LogEntry, formatter: FactFormatter) -> str | None:
    return formatter.text(entry.title) if entry.title else None


def _as_number(task: str | None) -> int | str | None:
    return int(task) if task and task.isdecimal() else task


CHANGE: Fields[LogEntry] = declared(
    Field("command", "sheet.command", width=12),
    Field("verb", "sheet.verb", word=_verb, width=NAME, after="author"),
    Field("recorded_at", "sheet.recorded", "moment", width=17),
    Field("author", "column.author", width=NAME),
    Field("site", "sheet.site", width=8, after="reason"),
    Field("task", "column.label", "number", word=lambda e, f: _as_number(e.task), width=6),
    Field("title", "column.task", word=_title, in_json=False, width=TEXT),
    Field(
        "party",
        word=lambda e, f: f.organisation(e.party) if e.party else None,
        width=NAME,
        after="withdrawn_by",
    ),
    Field("field", "sheet.field", word=_field_name, width=NAME),
    Field("old", "sheet.old", word=lambda e, f: value(e.field, e.old, f) if e.old else None, width=TEXT),
    Field("new", "sheet.new", word=lambda e, f: value(e.field, e.new, f) if e.new else None, width=TEXT),
    Field("on", "sheet.on", "day", width=12),
    Field("withdrawn_by", "sheet.withdrawn", width=12, after="revision"),
    Field("revision", "column.revision", "number", width=8),
    Field("reason", width=TEXT, after="on"),
    Field("entered_by", after="site"),
)
