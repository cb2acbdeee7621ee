"""The due days of tasks as a calendar."""

from collections.abc import Iterable, Iterator

from plantrack.model.status import Status
from plantrack.model.task import Task
from plantrack.render.events import Calendar, Event
from plantrack.render.sheets import label_of
from plantrack.render.voice import Voice, one_line


def calendar_of(voice: Voice, tasks: Iterable[Task]) -> Calendar:
    """Give a day for each task that has a due day."""
    name = " · ".join(filter(None, (voice.plan, label_of(voice))))
    return Calendar(name, tuple([_event(task, voice, task.due) for task in tasks if task.due]))


def _event(task: Task, voice: Voice, day: str) -> Event:
    heading = voice.heading
    return Event(
        uid=f"{task.uid}@plantrack",
        day=day,
        title=voice.words("calendar.title", name=voice.name(task), lead=voice.leads(task)),
        description="\n".join(_described(task, voice)),
        # That of the last command there was: a calendar that is made again later never seems the older one.
        changed_at=heading.known_at or f"{heading.as_of}T00:00:00.000Z",
        categories=(task.area,),
        cancelled=task.status in (Status.DROPPED, Status.CARRIED_OVER),
    )


def _described(task: Task, voice: Voice) -> Iterator[str]:
    """Say in lines what stands beside a due day."""
    words = voice.words
    extended = task.first_due if task.first_due != task.due else None
    facts = (
        ("column.task", task.label),
        ("field.status", voice.status(task).text),
        ("field.due", voice.due(task.due, task.due_text)),
        ("field.first_due", extended and voice.day(extended)),
        ("field.lead", voice.organisations(task.lead) or words("unknown.alone")),
        ("field.coordinating", voice.organisations(task.coordinating)),
        ("field.in_charge", ", ".join(task.in_charge)),
        ("field.blocked", task.blocked if task.is_blocked else None),
        ("field.plan", voice.plan),
    )
    if made_up := label_of(voice):
        yield made_up
    yield from (f"{words(key)}: {one_line(text)}" for key, text in facts if text)
