"""The objects of JSON: their keys are a promise to the scripts of others (`design.md` §5)."""

from plantrack.i18n.words import Words
from plantrack.model.counting import Counts
from plantrack.model.history import Update
from plantrack.model.plan import Text
from plantrack.model.task import Task
from plantrack.model.views.log import LogEntry
from plantrack.render.layout.json_object import Object


def text_in(text: Text | None, words: Words) -> str | None:
    """Return a text in the language that was asked for."""
    return text.within(words.language) if text else None


def task_object(task: Task, words: Words) -> Object:
    """Return a task."""
    return {
        "id": None if task.site else task.number,
        "label": task.label,
        "uid": task.uid,
        "plan": task.plan,
        "area": task.area,
        "activity": task.activity,
        "title": text_in(task.title, words),
        "status": task.status,
        "deadline_state": task.deadline_state,
        "start": task.start,
        "due": task.due,
        "due_text": task.due_text,
        "first_due": task.first_due,
        "completed_on": task.completed_on,
        "percent": task.percent,
        "priority": task.priority,
        "deliverable": text_in(task.deliverable, words),
        "tags": list(task.tags),
        "places": list(task.places),
        "lead": list(task.lead),
        "coordinating": list(task.coordinating),
        "in_charge": list(task.in_charge),
        "blocked": task.blocked if task.is_blocked else None,
        "opened_on": task.opened_on,
        "updated_on": task.updated_on,
        "stale": task.stale,
        "carried_from": task.carried_from,
        "carried_to": task.carried_to,
    }


def update_object(
    update: Update, task: Task, *, withdrawn_by: int | None = None, with_notes: bool = True
) -> Object:
    """Return a status update; what is internal only where it is asked for."""
    return {
        "uid": update.uid,
        "command": f"c{update.command}",
        "task": task.label,
        "on": update.on,
        "recorded_at": update.recorded_at,
        "author": update.author,
        "told_by": update.told_by,
        "status": update.status,
        "percent": update.percent,
        "result": update.result,
        "next": update.next,
        "blocked": update.blocked,
        "proposal": update.proposal,
        "answered": update.answered,
        "note": update.note if with_notes else None,
        "evidence": update.evidence if with_notes else None,
        "withdrawn_by": None if withdrawn_by is None else f"c{withdrawn_by}",
        "unblocked": update.unblocked,
        "reason": update.reason,
    }


def change_object(entry: LogEntry) -> Object:
    """Return a change."""
    return entry._asdict()


def counts_object(counts: Counts) -> Object:
    """Return counts."""
    return counts._asdict()
