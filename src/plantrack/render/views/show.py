"""Tasks in full, each with its history."""

from collections.abc import Iterator

from plantrack.i18n.words import Words
from plantrack.model.days import days_between
from plantrack.model.history import Update
from plantrack.model.status import DeadlineState
from plantrack.model.task import Task
from plantrack.model.views.tasks import Shown, ShownTasks
from plantrack.render.layout.blocks import Block, Document, Entry, Field, Fields, Heading, Items, Said, Span
from plantrack.render.layout.fact_formatter import Voice, meaning_of
from plantrack.render.layout.json_object import Object
from plantrack.render.views.log import command_entries, value
from plantrack.render.views.task_fields import task_object, update_object

#: What an update says in words, in the order in which it is shown.
_TEXTS = ("result", "blocked", "next", "proposal", "answered", "reason", "note", "evidence")


def document(view: ShownTasks, words: Words) -> Document:
    """Word each task: its fields, its updates and its history, the newest first."""
    voice = Voice(words, view.heading)
    blocks = tuple(block for shown in view.shown for block in _card(shown, voice))
    return Document(voice.about, voice.lines(), blocks)


def _card(shown: Shown, voice: Voice) -> Iterator[Block]:
    task, words = shown.task, voice.words
    yield Heading(words("show.task", label=task.label, title=voice.text(task.title)))
    facts = (*_links(shown, voice), *_facts(task, voice))
    yield Fields(tuple(Field(words(f"field.{name}"), said) for name, said in facts))
    if shown.updates:
        yield Heading(words("show.updates", n=words.number(len(shown.updates))), 2)
        newest = sorted(shown.updates, key=lambda u: (u.on, u.recorded_at, u.uid), reverse=True)
        yield Items(
            tuple(entry for u in newest for entry in _update(u, shown.withdrawn.get(u.command), voice))
        )
    yield Heading(words("show.history"), 2)
    yield Items(tuple(command_entries(shown.entries, voice, {task.label: task.title})))


def _links(shown: Shown, voice: Voice) -> Iterator[tuple[str, Said]]:
    """Say which task of an earlier plan this one goes on with, and as which one of a later plan it goes on."""
    task, words = shown.task, voice.words
    if task.carried_from and shown.plan_before:
        first = voice.day(task.first_due) if task.first_due else words("unknown.said")
        said = words("show.carried_from", task=task.carried_from, plan=shown.plan_before, first_due=first)
        yield "carried_from", said
    if task.carried_to and shown.plan_after:
        yield "carried_to", words("show.carried_to", task=task.carried_to, plan=shown.plan_after)


def _facts(task: Task, voice: Voice) -> Iterator[tuple[str, Said]]:
    """Give every field; what is not known is said to be so."""
    words = voice.words
    unknown: Said = (Span(words("unknown.alone"), "quiet"),)
    areas, activities = voice.names.areas, voice.names.activities
    area, activity = areas.get(task.area), activities.get(task.activity or "")
    yield "area", f"{task.area} {area.label(words.language)}" if area else task.area
    yield (
        "activity",
        f"{activity.code} {voice.text(activity.title)}" if activity else task.activity or unknown,
    )
    yield "status", (Span(words(f"status.{task.status}"), meaning_of(task.status)),)
    yield "percent", unknown if task.percent is None else f"{task.percent}%"
    yield from _dates(task, voice, unknown)
    yield "lead", voice.organisations(task.lead) or unknown
    yield "coordinating", voice.organisations(task.coordinating) or unknown
    yield "in_charge", ", ".join(task.in_charge) or unknown
    yield "blocked", _blocked(task, voice)
    yield "priority", words(f"priority.{task.priority}")
    yield "deliverable", voice.text(task.deliverable) if task.deliverable else unknown
    yield "places", voice.places(task.places) or unknown
    yield "tags", ", ".join(task.tags) or words("log.nothing")
    yield "opened_on", voice.day(task.opened_on)
    yield "updated_on", _updated(task, voice)
    yield "follows", value("follows", ", ".join(task.follows), voice)


def _dates(task: Task, voice: Voice, unknown: Said) -> Iterator[tuple[str, Said]]:
    yield "start", voice.day(task.start) if task.start else unknown
    due = voice.due(task.due, task.due_text) if task.due or task.due_text else unknown
    yield "due", due
    if task.first_due != task.due:
        yield "first_due", voice.day(task.first_due) if task.first_due else unknown
    if task.deadline_state:
        yield "deadline_state", _deadline_state(task, task.deadline_state, voice)
    if task.completed_on:
        yield "completed_on", voice.day(task.completed_on)


def _deadline_state(task: Task, state: DeadlineState, voice: Voice) -> Said:
    """Say how a task stands against its deadline, and how many days; a state that says them does so once."""
    words, meaning = voice.words, meaning_of(state)
    day = task.completed_on if state is DeadlineState.DONE_LATE else voice.heading.as_of
    if state in (DeadlineState.OPEN_OVERDUE, DeadlineState.DONE_LATE) and task.due and day:
        return (Span(words.plural(f"deadline.{state}.days", days_between(task.due, day)), meaning),)
    said, away = Span(words(f"deadline.{state}"), meaning), voice.away(task)
    return (said, Span(", "), away) if away and task.is_open else (said,)


def _blocked(task: Task, voice: Voice) -> Said:
    if task.blocked is None or not task.is_blocked:
        return voice.words("log.nothing")
    since = voice.words("show.since", day=voice.day(task.blocked_since)) if task.blocked_since else ""
    return Span(task.blocked, "blocked"), Span(f" {since}" if since else "")


def _updated(task: Task, voice: Voice) -> Said:
    day = voice.day(task.updated_on) if task.updated_on else voice.words("show.no_update")
    return (Span(f"{day}, "), voice.stale) if task.stale else day


def _update(update: Update, withdrawn_by: int | None, voice: Voice) -> Iterator[Entry]:
    """Word an update: a line of when, who and how far, then a line for each text."""
    words = voice.words
    said = [voice.day(update.on), words("show.by", command=f"c{update.command}", name=update.author)]
    if update.told_by:
        said.append(words("show.told_by", name=update.told_by))
    head: tuple[Span, ...] = (Span(", ".join(said)),)
    if withdrawn_by is not None:
        head = (*head, Span(" " + words("log.withdrawn", command=f"c{withdrawn_by}"), "warning"))
    yield Entry(head)
    if update.status is not None:
        yield Entry((Span(words(f"status.{update.status}"), meaning_of(update.status)),), depth=1)
    if update.percent is not None:
        yield Entry(f"{words('field.percent')}: {update.percent}%", depth=1)
    if update.unblocked:
        yield Entry(words("show.unblocked"), depth=1)
    for name in _TEXTS:
        if text := getattr(update, name):
            yield Entry(f"{words(f'field.{name}')}: {text}", depth=1)


def data(view: ShownTasks, words: Words) -> list[Object]:
    """Give the tasks for JSON, each with its updates in their order."""
    return [_object(shown, words) for shown in view.shown]


def _object(shown: Shown, words: Words) -> Object:
    updates = [
        update_object(u, shown.task, withdrawn_by=shown.withdrawn.get(u.command)) for u in shown.updates
    ]
    return {**task_object(shown.task, words), "updates": updates}
