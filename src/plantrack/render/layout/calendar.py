"""Due days of tasks as the events of a calendar."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from hashlib import sha256

from plantrack.model.history import TaskRevision
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.status import Status
from plantrack.model.task import Task
from plantrack.model.views.milestones import PlanMilestone
from plantrack.model.views.rows import ChosenRows, DerivedRows, Rows
from plantrack.render.layout.fact_formatter import FactFormatter, one_line
from plantrack.render.layout.workbook import label_of


class Event(NamedTuple):
    """A day on which something is due."""

    #: The same in every report made of the same database, for ever.
    uid: str
    day: str
    title: str
    description: str
    #: When it was made, as moments are kept; a calendar takes a later one for news.
    changed_at: str
    categories: tuple[str, ...] = ()
    #: Whether nothing is due there any more.
    cancelled: bool = False
    #: How often it was changed before, and when last.
    sequence: int = 0
    modified_at: str | None = None
    #: How it stands as something to do, as calendars call it, and how far it is.
    todo_status: str = "NEEDS-ACTION"
    percent: int | None = None


class Calendar(NamedTuple):
    """The due days of a list of tasks."""

    title: str
    events: Rows[Event]
    #: Whether each is something to do, and not an event.
    as_todos: bool = False
    #: How long before an open one there is an alarm, as calendars write it (`P1D`); empty: none.
    alarm: str = ""


#: Before the title of a task of which nothing is due any more.
_MARKS = {Status.DONE: "✓", Status.DROPPED: "✗", Status.CARRIED_OVER: "→"}


#: How the tasks of a status stand, as calendars call it; of all others nothing was done yet.
_TODO = {
    Status.IN_PROGRESS: "IN-PROCESS",
    Status.SUBMITTED: "IN-PROCESS",
    Status.DONE: "COMPLETED",
    Status.DROPPED: "CANCELLED",
    Status.CARRIED_OVER: "CANCELLED",
}


def calendar_of(
    formatter: FactFormatter, tasks: Rows[Task], revisions: Mapping[str, TaskRevision]
) -> Calendar:
    """Return a day for each task that has a due day."""
    due = ChosenRows(tasks, lambda task: task.due is not None)
    return Calendar(
        _named(formatter),
        DerivedRows(due, partial(map, lambda t: _event(t, formatter, revisions.get(t.uid)))),
    )


def _named(formatter: FactFormatter) -> str:
    return " · ".join(filter(None, (formatter.plan, label_of(formatter))))


def milestone_calendar(formatter: FactFormatter, milestones: Sequence[PlanMilestone]) -> Calendar:
    """Return a day for each milestone."""
    return Calendar(_named(formatter), milestone_events(formatter, milestones))


def milestone_events(formatter: FactFormatter, milestones: Sequence[PlanMilestone]) -> list[Event]:
    """Return milestones as events; one is known again by its activity and its title."""
    seen: Counter[tuple[str, str]] = Counter()
    events = []
    for milestone in milestones:
        key = milestone.activity, milestone.title.vi
        seen[key] += 1
        known = "\n".join((formatter.heading.plan.id, *key, str(seen[key])))
        events.append(
            Event(
                uid=f"{sha256(known.encode('utf-8', 'replace')).hexdigest()[:26]}@plantrack",
                day=milestone.day,
                title=formatter.words("calendar.milestone", title=formatter.text(milestone.title)),
                description=f"{milestone.activity}\n{formatter.plan}",
                changed_at=_known_at(formatter),
                categories=(milestone.area,),
            )
        )
    return events


def _known_at(formatter: FactFormatter) -> str:
    """Return the moment of the last command there was: a calendar made again later never seems the older one."""
    return formatter.heading.known_at or f"{formatter.heading.as_of}T00:00:00.000Z"


def _event(task: Task, formatter: FactFormatter, revision: TaskRevision | None) -> Event:
    return Event(
        uid=f"{task.uid}@plantrack",
        day=task.due or "",
        title=_title(task, formatter),
        description="\n".join(_described(task, formatter)),
        changed_at=_known_at(formatter),
        categories=(task.area,),
        cancelled=not task.is_open,
        sequence=revision.commands - 1 if revision else 0,
        modified_at=revision.last if revision else None,
        todo_status=_TODO.get(task.status, "NEEDS-ACTION"),
        percent=task.percent,
    )


def _title(task: Task, formatter: FactFormatter) -> str:
    """Name the task and who leads; one that is closed has a mark and its status first."""
    title = formatter.words("calendar.title", name=formatter.name(task), lead=formatter.leads(task))
    if task.is_open:
        return title
    return formatter.words(
        "calendar.closed", mark=_MARKS[task.status], status=formatter.status(task).text, title=title
    )


def _described(task: Task, formatter: FactFormatter) -> Iterator[str]:
    """Say in lines what stands beside a due day."""
    words = formatter.words
    extended = task.first_due if task.first_due != task.due else None
    facts = (
        ("column.task", task.label),
        ("field.status", formatter.status(task).text),
        ("field.due", formatter.due(task.due, task.due_text)),
        ("field.first_due", extended and formatter.day(extended)),
        ("field.lead", formatter.organisations(task.lead) or words("unknown.alone")),
        ("field.coordinating", formatter.organisations(task.coordinating)),
        ("field.in_charge", ", ".join(task.in_charge)),
        ("field.blocked", task.blocked if task.is_blocked else None),
        ("field.plan", formatter.plan),
    )
    if made_up := label_of(formatter):
        yield made_up
    yield from (f"{words(key)}: {one_line(text)}" for key, text in facts if text)
