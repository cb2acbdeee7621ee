"""Tasks in full, each with what was said of it, and with its history where that is asked for."""

from collections.abc import Iterator, Sequence

from plantrack.i18n.words import Words
from plantrack.model.days import days_between
from plantrack.model.history import Update
from plantrack.model.status import DeadlineState
from plantrack.model.task import Task
from plantrack.model.views.tasks import Shown, ShownTasks, TaskUpdate
from plantrack.render.layout.blocks import (
    Block,
    Definition,
    DefinitionList,
    Document,
    Heading,
    ItemList,
    ListItem,
    Paragraph,
    Said,
    StyledText,
    text_of,
)
from plantrack.render.layout.fact_formatter import FactFormatter, meaning_of, part_said
from plantrack.render.layout.fields import objects
from plantrack.render.layout.json_object import Object
from plantrack.render.views.log import CHANGE, command_entries, value
from plantrack.render.views.task_fields import TASK, UPDATE

#: As many updates as a screen has room for.
_LAST = 3
#: What an update says in words, in the order in which it is shown.
_TEXTS = ("result", "blocked", "next", "proposal", "answered", "reason", "note", "evidence")


def document(view: ShownTasks, words: Words, *, in_short: bool = False) -> Document:
    """Word each task: its fields, its updates and its history, the newest last.

    `in_short`: only the last updates, and what is not known in a line.
    """
    formatter = FactFormatter(words, view.heading)
    blocks = tuple(block for shown in view.shown for block in _card(shown, formatter, in_short=in_short))
    return Document(formatter.about, formatter.lines(), blocks)


def _card(shown: Shown, formatter: FactFormatter, *, in_short: bool) -> Iterator[Block]:
    task, words = shown.task, formatter.words
    key = "show.task-of-site" if task.site else "show.task"
    yield Heading(words(key, label=task.label, site=task.site, title=formatter.text(task.title)))
    unknown: Said = (StyledText(words("unknown.alone"), "quiet"),)
    facts = [
        Definition(words(f"field.{name}"), said)
        for name, said in (
            *_links(shown, formatter),
            *_facts(task, formatter, unknown),
            *_series(shown, formatter),
        )
    ]
    yield DefinitionList(tuple(_gathered(facts, unknown) if in_short else facts))
    if task.parts:
        yield Heading(words("show.parts", done=task.parts_done, total=len(task.parts)), 2)
        yield ItemList(tuple(ListItem(part_said(part)) for part in task.parts))
    yield from _updates(shown, formatter, last=_LAST if in_short else len(shown.updates))
    if shown.history is not None:
        yield Heading(words("show.history"), 2)
        yield ItemList(tuple(command_entries(shown.history, formatter)))


def _gathered(facts: Sequence[Definition], unknown: Said) -> Iterator[Definition]:
    """Yield what is known, then in one line what is not."""
    yield from (fact for fact in facts if fact.said != unknown)
    if names := [fact.name for fact in facts if fact.said == unknown]:
        yield Definition(text_of(unknown), (StyledText(", ".join(names), "quiet"),))


def _updates(shown: Shown, formatter: FactFormatter, last: int) -> Iterator[Block]:
    """Word the last updates, after how many there are before them."""
    if not shown.updates:
        return
    words, older = formatter.words, max(0, len(shown.updates) - last)
    yield Heading(words("show.updates", n=words.number(len(shown.updates))), 2)
    if older:
        see = words("show.see_older", command=words.command(f"plantrack show {shown.task.label} --history"))
        yield Paragraph(
            (StyledText(words.plural("show.older", older), "remark"), StyledText(f" {see}", "typed"))
        )
    told = sorted(shown.updates, key=lambda u: (u.on, u.recorded_at, u.uid))[older:]
    items = (entry for u in told for entry in _update(u, shown.withdrawn.get(u.command), formatter))
    yield ItemList(tuple(items))


def _links(shown: Shown, formatter: FactFormatter) -> Iterator[tuple[str, Said]]:
    """Say which task of an earlier plan this one goes on with, and as which one of a later plan it goes on."""
    task, words = shown.task, formatter.words
    if task.carried_from and shown.plan_before:
        first = formatter.day(task.first_due) if task.first_due else words("unknown.said")
        said = words("show.carried_from", task=task.carried_from, plan=shown.plan_before, first_due=first)
        yield "carried_from", said
    if task.carried_to and shown.plan_after:
        yield "carried_to", words("show.carried_to", task=task.carried_to, plan=shown.plan_after)


def _series(shown: Shown, formatter: FactFormatter) -> Iterator[tuple[str, Said]]:
    """Say how the task recurs, until when, which tasks are of its series, and which come before it."""
    task, words = shown.task, formatter.words
    if task.every:
        last = formatter.day(task.until or formatter.heading.plan.last_day)
        yield "every", words("show.every", every=words(f"every.{task.every}"), last=last)
    if len(shown.series) > 1:
        yield "series", ", ".join(shown.series)
    if task.after:
        said = ", ".join(task.after)
        yield "after", (StyledText(f"{said}; "), formatter.waiting(task)) if task.waits_for else said


def _facts(task: Task, formatter: FactFormatter, unknown: Said) -> Iterator[tuple[str, Said]]:
    """Yield every field; what is not known is said to be so."""
    words = formatter.words
    areas, activities = formatter.names.areas, formatter.names.activities
    area, activity = areas.get(task.area), activities.get(task.activity or "")
    yield "area", f"{task.area} {area.label(words.language)}" if area else task.area
    yield (
        "activity",
        f"{activity.code} {formatter.text(activity.title)}" if activity else task.activity or unknown,
    )
    yield "status", (StyledText(words(f"status.{task.status}"), meaning_of(task.status)),)
    yield "percent", unknown if task.percent is None else f"{task.percent}%"
    yield from _dates(task, formatter, unknown)
    yield "lead", formatter.organisations(task.lead) or unknown
    yield "coordinating", formatter.organisations(task.coordinating) or unknown
    yield "in_charge", ", ".join(task.in_charge) or unknown
    yield "blocked", _blocked(task, formatter)
    yield "priority", words(f"priority.{task.priority}")
    yield "deliverable", formatter.text(task.deliverable) if task.deliverable else unknown
    yield from _money(task, words)
    if task.document:
        yield "document", formatter.document(task.document)
    yield "places", formatter.places(task.places) or unknown
    yield "tags", ", ".join(task.tags) or words("log.nothing")
    yield "opened_on", formatter.day(task.opened_on)
    yield "updated_on", _updated(task, formatter)
    yield "follows", value("follows", ", ".join(task.follows), formatter)


def _money(task: Task, words: Words) -> Iterator[tuple[str, Said]]:
    """Say what is known of the money; most tasks have none."""
    for name in ("budget", "budget_source", "allocated"):
        if (known := getattr(task, name)) is not None:
            yield name, known if name == "budget_source" else words.money(known)
    if task.spent is not None:
        amount = words.money(task.spent)
        yield (
            "spent",
            words("show.spent", amount=amount, percent=words.percent(task.spent, task.allocated))
            if task.allocated
            else amount,
        )


def _dates(task: Task, formatter: FactFormatter, unknown: Said) -> Iterator[tuple[str, Said]]:
    yield "start", formatter.day(task.start) if task.start else unknown
    due = formatter.due(task.due, task.due_text) if task.due or task.due_text else unknown
    yield "due", due
    if task.first_due != task.due:
        yield "first_due", formatter.day(task.first_due) if task.first_due else unknown
    if task.deadline_state:
        yield "deadline_state", _deadline_state(task, task.deadline_state, formatter)
    if task.completed_on:
        yield "completed_on", formatter.day(task.completed_on)


def _deadline_state(task: Task, state: DeadlineState, formatter: FactFormatter) -> Said:
    """Say how a task stands against its deadline, and how many days; a state that says them does so once."""
    words, meaning = formatter.words, meaning_of(state)
    day = task.completed_on if state is DeadlineState.DONE_LATE else formatter.heading.as_of
    if state in (DeadlineState.OPEN_OVERDUE, DeadlineState.DONE_LATE) and task.due and day:
        return (StyledText(words.plural(f"deadline.{state}.days", days_between(task.due, day)), meaning),)
    said, away = StyledText(words(f"deadline.{state}"), meaning), formatter.away(task)
    return (said, StyledText(", "), away) if away and task.is_open else (said,)


def _blocked(task: Task, formatter: FactFormatter) -> Said:
    if task.blocked is None or not task.is_blocked:
        return formatter.words("log.nothing")
    since = formatter.words("show.since", day=formatter.day(task.blocked_since)) if task.blocked_since else ""
    return StyledText(task.blocked, "blocked"), StyledText(f" {since}" if since else "")


def _updated(task: Task, formatter: FactFormatter) -> Said:
    day = formatter.day(task.updated_on) if task.updated_on else formatter.words("show.no_update")
    return (StyledText(f"{day}, "), formatter.stale) if task.stale else day


def _update(update: Update, withdrawn_by: int | None, formatter: FactFormatter) -> Iterator[ListItem]:
    """Word an update: a line of when, who and how far, then a line for each text."""
    words = formatter.words
    said = [formatter.day(update.on), words("show.by", command=f"c{update.number}", name=update.author)]
    if update.told_by:
        said.append(words("show.told_by", name=update.told_by))
    head: tuple[StyledText, ...] = (StyledText(", ".join(said)),)
    if withdrawn_by is not None:
        head = (*head, StyledText(" " + words("log.withdrawn", command=f"c{withdrawn_by}"), "warning"))
    yield ListItem(head)
    if update.status is not None:
        yield ListItem((StyledText(words(f"status.{update.status}"), meaning_of(update.status)),), depth=1)
    if update.percent is not None:
        yield ListItem(f"{words('field.percent')}: {update.percent}%", depth=1)
    for name in ("allocated", "spent"):
        if (amount := getattr(update, name)) is not None:
            yield ListItem(f"{words(f'field.{name}')}: {words.money(amount)}", depth=1)
    if update.unblocked:
        yield ListItem(words("show.unblocked"), depth=1)
    for name in _TEXTS:
        if text := getattr(update, name):
            yield ListItem(f"{words(f'field.{name}')}: {text}", depth=1)


def data(view: ShownTasks, words: Words) -> list[Object]:
    """Return the tasks for JSON, each with its updates in their order, and its changes where they are asked for."""
    formatter = FactFormatter(words, view.heading)
    tasks = objects(TASK.values(), [shown.task for shown in view.shown], formatter)
    return [
        {
            **task,
            "updates": objects(UPDATE.values(), _told(shown), formatter),
            "history": shown.history and objects(CHANGE.values(), shown.history, formatter),
        }
        for task, shown in zip(tasks, view.shown, strict=True)
    ]


def _told(shown: Shown) -> list[TaskUpdate]:
    return [TaskUpdate(shown.task, update, shown.withdrawn.get(update.command)) for update in shown.updates]
