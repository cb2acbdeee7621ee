"""What falls due, as text for a chat: a heading for each person or organisation, a line for each task."""

from collections.abc import Iterable, Iterator
from typing import Any

from plantrack.i18n.words import Words
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.task import Task
from plantrack.model.views.rows import made_by_chunks
from plantrack.model.views.tasks import Reminder, ReminderGroup
from plantrack.render.layout import fields
from plantrack.render.layout.blocks import Block, Document, Heading, ItemList, ListItem, Paragraph, StyledText
from plantrack.render.layout.fact_formatter import FactFormatter
from plantrack.render.layout.fields import Field, of
from plantrack.render.layout.json_object import Object
from plantrack.render.layout.workbook import NAME, Book, booked
from plantrack.render.views.task_fields import SHORT, TASK
from plantrack.render.views.weekly_brief import shortened


class Reminded(NamedTuple):
    """A task that falls due, and for whom."""

    whom: str
    task: Task


def document(view: Reminder, words: Words, *, brief: bool = False) -> Document:
    """Word the reminders; `brief`: with shortened titles, for a chat."""
    formatter = FactFormatter(words, view.heading)
    blocks = [block for group in view.groups for block in _blocks(view, group, formatter, brief=brief)]
    return Document(
        words("remind.title", day=words.day(view.heading.as_of)),
        formatter.lines(view.filter),
        (Paragraph(_sum(view, formatter)), *blocks),
    )


def _sum(view: Reminder, formatter: FactFormatter) -> str:
    """Say how much there is in all."""
    words, day = formatter.words, formatter.day(view.last_day)
    if not view.total:
        return words("remind.none", plan=formatter.plan, day=day)
    overdue, due = words.number(view.overdue), words.number(view.total - view.overdue)
    return words("remind.sum", plan=formatter.plan, overdue=overdue, due=due, day=day)


def _blocks(
    view: Reminder, group: ReminderGroup, formatter: FactFormatter, *, brief: bool
) -> Iterator[Block]:
    count = formatter.words.number(len(group.tasks))
    yield Heading(formatter.words("remind.whom", name=_whom(view, group, formatter), n=count))
    yield ItemList(made_by_chunks(group.tasks, lambda some: (_line(task, formatter, brief) for task in some)))


def _whom(view: Reminder, group: ReminderGroup, formatter: FactFormatter) -> str:
    return formatter.text(group.title) if group.title else formatter.words(f"remind.nobody.{view.by}")


def _line(task: Task, formatter: FactFormatter, brief: bool) -> ListItem:
    """Say which task it is, when it is due, how late it is, and whether something stands in its way."""
    title, away = formatter.text(task.title), formatter.away(task)
    facts: list[StyledText] = [
        StyledText(f" ({formatter.words.from_day(task.due or '', formatter.heading.as_of)}")
    ]
    if away:
        facts += [StyledText(", "), away]
    if task.is_blocked:
        facts += [StyledText(", "), formatter.blocked]
    name = f"{task.label} {task.heading} {shortened(title) if brief else title}"
    return ListItem((StyledText(name), *facts, StyledText(")")))


def letter(view: Reminder, words: Words) -> Document:
    """Word what a letter says: how much there is for its reader; of others nothing, not even in the filter."""
    own = {task.uid: task for group in view.groups for task in group.tasks}
    overdue = {uid for uid, task in own.items() if task.due and task.due < view.heading.as_of}
    return document(view._replace(filter="", total=len(own), overdue=len(overdue)), words)


def data(view: Reminder, words: Words) -> Object:
    """Return the reminders for JSON."""
    formatter = FactFormatter(words, view.heading)
    groups = [
        {
            "key": group.key,
            "title": group.title.within(words.language) if group.title else None,
            "overdue": group.overdue,
            "tasks": fields.objects(TASK.values(), group.tasks, formatter),
        }
        for group in view.groups
    ]
    known = {"by": view.by, "days": view.days, "last_day": view.last_day}
    return {**known, "total": view.total, "overdue": view.overdue, "groups": groups}


def book(view: Reminder, words: Words) -> Book:
    """Return a row for each task of each group."""
    formatter = FactFormatter(words, view.heading)
    whom: Field[Any] = Field("whom", f"column.{'person' if view.by == 'person' else 'lead'}", width=NAME)
    columns = (whom, *of("task", _sheet_fields(view)))
    rows = [Reminded(_whom(view, group, formatter), task) for group in view.groups for task in group.tasks]
    sheet = fields.sheet(words("sheet.remind"), columns, rows, formatter)
    title = words("remind.title", day=words.day(view.heading.as_of))
    return booked(formatter, title, [sheet], filter_read=view.filter, more=[_sum(view, formatter)])


def _sheet_fields(view: Reminder) -> Iterable[Field[Any]]:
    """Return what a sheet says of a task, but for whom it reminds."""
    own = "in_charge" if view.by == "person" else "lead"
    return [field for field in SHORT if field.key != own]
