"""The fields of tasks and of updates: their keys in JSON are a promise to the scripts of others."""

from typing import Any

from plantrack.model.days import days_between
from plantrack.model.plan import CitedDocument
from plantrack.model.status import DeadlineState
from plantrack.model.task import Task
from plantrack.model.views.tasks import TaskUpdate
from plantrack.render.layout.blocks import Cell, StyledText, TableColumn
from plantrack.render.layout.fact_formatter import FactFormatter
from plantrack.render.layout.fields import Field, Fields, declared, of
from plantrack.render.layout.json_object import Object
from plantrack.render.layout.workbook import NAME, TEXT, mark

#: From this page width on, flags, organisations and people have a column each.
_WIDE = 100
#: What an update says to the office alone.
INTERNAL = ("note", "evidence")


def days_late(task: Task, formatter: FactFormatter) -> int | None:
    """Count the days by which open work is overdue, or done work was late."""
    if task.due is None:
        return None
    if task.deadline_state is DeadlineState.OPEN_OVERDUE:
        return days_between(task.due, formatter.heading.as_of)
    if task.deadline_state is DeadlineState.DONE_LATE and task.completed_on:
        return days_between(task.due, task.completed_on)
    return None


def _due(task: Task, formatter: FactFormatter) -> Cell:
    """Return the due day, and how far it is."""
    if task.due is None:
        return formatter.due(None, task.due_text) if task.due_text else formatter.unknown
    away = formatter.away(task)
    return (StyledText(formatter.day(task.due) + "\n"), away) if away else formatter.day(task.due)


def _parts(task: Task, formatter: FactFormatter) -> str:
    """Return how many parts of a task are done, of how many."""
    return formatter.words("flag.parts", done=task.parts_done, total=len(task.parts))


def _flags(task: Task, formatter: FactFormatter) -> tuple[StyledText, ...]:
    flags = [
        *([formatter.blocked] if task.is_blocked else []),
        *([formatter.waiting(task)] if task.waits_for else []),
        *([formatter.stale] if task.stale else []),
        *([StyledText(_parts(task, formatter))] if task.parts else []),
    ]
    apart = (part for flag in flags for part in (StyledText(", "), flag))
    return tuple(apart)[1:]


def _status_and_flags(task: Task, formatter: FactFormatter) -> Cell:
    status, flags = formatter.status(task), _flags(task, formatter)
    return (status, StyledText("\n"), *flags) if flags else (status,)


def _lead_and_person(task: Task, formatter: FactFormatter) -> Cell:
    lead, person = formatter.organisations(task.lead) or formatter.unknown, ", ".join(task.in_charge)
    return f"{lead}\n{person}" if person else lead


def _document(document: CitedDocument) -> Object:
    subject = document.title.vi if document.title else None
    return {"number": document.number, "date": document.date, "issuer": document.issuer, "subject": subject}


TASK: Fields[Task] = declared(
    Field(
        "id",
        kind="number",
        get=lambda t, f: None if t.site else t.number,
        cell=lambda t, f: None if t.site else t.label,
        blank=True,
    ),
    Field(
        "label",
        "column.label",
        "number",
        word=lambda t, f: t.label if t.site else t.number,
        cell=lambda t, f: t.label,
        width=6,
        column=TableColumn(),
    ),
    Field("uid"),
    Field("plan"),
    Field("area", width=10),
    Field("activity", width=11),
    Field("code", "column.code", get=lambda t, f: t.heading, in_json=False, column=TableColumn()),
    Field(
        "title",
        get=lambda t, f: f.in_language(t.title),
        word=lambda t, f: f.text(t.title),
        width=TEXT,
        column=TableColumn("column.task", wraps=True, least=24, long=True),
    ),
    Field(
        "status_and_flags",
        "column.status",
        cell=_status_and_flags,
        in_json=False,
        column=TableColumn(wraps=True, least=14, to_width=_WIDE - 1),
    ),
    Field(
        "status",
        word=lambda t, f: f.word(f"status.{t.status}"),
        cell=lambda t, f: (f.status(t),),
        width=16,
        column=TableColumn("column.status", wraps=True, least=14, from_width=_WIDE),
    ),
    Field(
        "deadline_state",
        word=lambda t, f: f.word(f"deadline.{t.deadline_state}") if t.deadline_state else None,
        width=18,
        blank=True,
    ),
    Field("days_late", "sheet.days_late", "number", get=days_late, in_json=False, width=12, blank=True),
    Field("start", kind="day", width=12),
    Field("due", kind="day", cell=_due, width=12, column=TableColumn("column.due", wraps=True, least=16)),
    Field(
        "due_text",
        "sheet.due_text",
        word=lambda t, f: f.due(None, t.due_text) if t.due_text else None,
        width=16,
    ),
    Field("first_due", kind="day", width=12),
    Field("completed_on", kind="day", width=12, blank=True),
    Field(
        "percent",
        kind="share",
        word=lambda t, f: None if t.percent is None else t.percent / 100,
        cell=lambda t, f: None if t.percent is None else f"{t.percent}%",
        width=9,
        after="status",
        blank=True,
    ),
    Field("priority", word=lambda t, f: f.word(f"priority.{t.priority}"), width=12, after="stale"),
    Field("deliverable", get=lambda t, f: f.in_language(t.deliverable), width=NAME, after="priority"),
    Field("budget", "column.budget", "money", width=16, blank=True, after="deliverable"),
    Field("budget_source", width=16, blank=True, after="budget"),
    Field("allocated", "column.allocated", "money", width=16, blank=True, after="budget_source"),
    Field("spent", "column.spent", "money", width=16, blank=True, after="allocated"),
    Field("tags", word=lambda t, f: ", ".join(t.tags) or None, width=12, after="places", blank=True),
    Field("places", word=lambda t, f: f.places(t.places) or None, width=16, after="deliverable"),
    Field(
        "lead_and_person",
        "column.lead_and_person",
        cell=_lead_and_person,
        in_json=False,
        column=TableColumn(wraps=True, least=10, to_width=_WIDE - 1),
    ),
    Field(
        "lead",
        word=lambda t, f: f.organisations(t.lead) or None,
        width=NAME,
        column=TableColumn("column.lead", wraps=True, least=10, keeps_end=True, from_width=_WIDE),
    ),
    Field("coordinating", word=lambda t, f: f.organisations(t.coordinating) or None, width=NAME),
    Field(
        "in_charge",
        word=lambda t, f: ", ".join(t.in_charge) or None,
        width=NAME,
        column=TableColumn("column.person", wraps=True, least=10, keeps_end=True, from_width=_WIDE),
    ),
    Field("blocked", get=lambda t, f: t.blocked if t.is_blocked else None, width=TEXT, blank=True),
    Field(
        "blocked_since",
        "sheet.blocked_since",
        "day",
        get=lambda t, f: t.blocked_since if t.is_blocked else None,
        in_json=False,
        width=12,
        blank=True,
    ),
    Field("opened_on", kind="day", width=12, after="tags"),
    Field("updated_on", kind="day", width=12),
    Field("stale", "sheet.is_stale", word=lambda t, f: mark(t.stale), width=10, blank=True),
    Field("carried_from", blank=True),
    Field("carried_to", blank=True),
    Field(
        "every",
        word=lambda t, f: f.word(f"every.{t.every}") if t.every else None,
        width=12,
        blank=True,
        after="opened_on",
    ),
    Field("until", "field.every_until", "day", width=12, after="every", blank=True),
    Field("occurrence_of", width=12, after="until", blank=True),
    Field("after", word=lambda t, f: ", ".join(t.after) or None, width=12, after="occurrence_of"),
    Field(
        "parts",
        get=lambda t, f: [{"number": n, "text": text, "done": done} for n, text, done in t.parts],
        word=lambda t, f: f"{t.parts_done}/{len(t.parts)}" if t.parts else None,
        width=8,
        after="percent",
    ),
    Field(
        "document",
        get=lambda t, f: _document(t.document) if t.document else None,
        word=lambda t, f: f.document(t.document) if t.document else None,
        width=NAME,
        after="deliverable",
    ),
    Field("waiting", get=lambda t, f: bool(t.waits_for), word=lambda t, f: mark(bool(t.waits_for)), width=10),
    Field(
        "flags",
        "column.flags",
        cell=_flags,
        in_json=False,
        column=TableColumn(wraps=True, least=7, from_width=_WIDE),
    ),
)
#: Which task it is, how it stands and who leads, for sheets with more to say of each.
WHICH = (
    TASK["label"],
    TASK["code"]._replace(width=8),
    TASK["title"]._replace(heading="column.task"),
    TASK["lead"],
)
SHORT = (*WHICH, TASK["in_charge"], TASK["status"], TASK["due"], TASK["days_late"])


def _withdrawn_by(row: Any, _: FactFormatter) -> str | None:
    command = row.withdrawn_by if isinstance(row, TaskUpdate) else None
    return None if command is None else f"c{command}"


#: For rows with a task and an update of it, or None.
UPDATE: Fields[Any] = declared(
    *of("update", (Field("uid"), Field("command", get=lambda u, f: f"c{u.number}"))),
    Field("task", get=lambda row, f: row.task.label),
    *of(
        "update",
        (
            Field("on", "sheet.said_on", "day", width=12),
            Field("recorded_at", "sheet.recorded", "moment", width=17),
            Field("author", "column.author", width=NAME),
            Field("told_by", width=NAME),
            Field(
                "status",
                "sheet.said_status",
                word=lambda u, f: f.word(f"status.{u.status}") if u.status else None,
                width=18,
            ),
            Field("percent"),
            *(
                Field(text, width=TEXT, blank=True)
                for text in ("result", "next", "blocked", "proposal", "answered", *INTERNAL)
            ),
        ),
    ),
    Field("withdrawn_by", get=_withdrawn_by),
    *of("update", (Field(name) for name in ("unblocked", "reason", "allocated", "spent"))),
)


def update_in_json(*, with_notes: bool) -> tuple[Field[Any], ...]:
    """Return the fields of an update; what is internal is null where it is not asked for."""
    return tuple(
        field if with_notes or field.key not in INTERNAL else field._replace(get=lambda u, f: None)
        for field in UPDATE.values()
    )
