"""Due days of tasks as the events of a calendar."""

from collections.abc import Iterator, Mapping
from functools import partial

from plantrack.model.history import TaskRevision
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.status import Status
from plantrack.model.task import Task
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


class Calendar(NamedTuple):
    """The due days of a list of tasks."""

    title: str
    events: Rows[Event]


#: Before the title of a task of which nothing is due any more.
_MARKS = {Status.DONE: "✓", Status.DROPPED: "✗", Status.CARRIED_OVER: "→"}


def calendar_of(
    formatter: FactFormatter, tasks: Rows[Task], revisions: Mapping[str, TaskRevision]
) -> Calendar:
    """Return a day for each task that has a due day."""
    name = " · ".join(filter(None, (formatter.plan, label_of(formatter))))
    due = ChosenRows(tasks, lambda task: task.due is not None)
    return Calendar(
        name, DerivedRows(due, partial(map, lambda t: _event(t, formatter, revisions.get(t.uid))))
    )


def _event(task: Task, formatter: FactFormatter, revision: TaskRevision | None) -> Event:
    heading = formatter.heading
    return Event(
        uid=f"{task.uid}@plantrack",
        day=task.due or "",
        title=_title(task, formatter),
        description="\n".join(_described(task, formatter)),
        # That of the last command there was: a calendar that is made again later never seems the older one.
        changed_at=heading.known_at or f"{heading.as_of}T00:00:00.000Z",
        categories=(task.area,),
        cancelled=not task.is_open,
        sequence=revision.commands - 1 if revision else 0,
        modified_at=revision.last if revision else None,
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
