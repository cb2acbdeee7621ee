"""What a task has, field by field, for whoever fills in what is new of it; and whether it changed meanwhile."""

from collections.abc import Iterable

from plantrack.errors import Failure
from plantrack.model.history import Update
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.task import Task
from plantrack.services.context import Context, task_uids
from plantrack.store import facts, tasks
from plantrack.store.scope import Scope
from plantrack.store.task_rows import TaskRow

#: The fields of an update, and those that are asked for at a terminal; the fields of a correction.
ASKED = ("status", "percent", "result", "next", "blocked")
UPDATE_FIELDS = (*ASKED, "allocated", "spent", "proposal", "answered", "told_by", "note", "evidence", "on")
CORRECTION_FIELDS = (
    *("title", "area", "activity", "due", "start", "priority", "deliverable"),
    *("budget", "budget_source", "opened"),
)


#: The row of a task, and the updates of it that count.
Seen = tuple[TaskRow, tuple[str, ...]]


class FormField(NamedTuple):
    """A field of a task."""

    name: str
    #: What it holds, as it is typed; of what is said anew each time: what was said last.
    value: str | None = None
    #: The day of which that was said.
    day: str | None = None


class TaskForm(NamedTuple):
    """A task with its fields."""

    task: Task
    fields: tuple[FormField, ...]
    #: What had been recorded of the task when it was read.
    seen: Seen


def update_form(context: Context, label: str) -> TaskForm:
    """Return the fields of an update, each with what stands, or was said last.

    Raises: task-removed; those of `task_uids`.
    """
    task, updates, seen = _read(context, label)
    said = [update for update in updates if update.on <= context.today]
    blocked = (
        FormField("blocked", task.blocked, task.blocked_since) if task.is_blocked else FormField("blocked")
    )
    numbers = ("percent", "allocated", "spent")
    standing = {
        "status": FormField("status", task.status),
        **{name: FormField(name, _digits(getattr(task, name))) for name in numbers},
        "blocked": blocked,
        "on": FormField("on"),
    }
    return TaskForm(task, tuple(standing.get(name) or _last(said, name) for name in UPDATE_FIELDS), seen)


def correction_form(context: Context, label: str) -> TaskForm:
    """Return the fields that can be corrected, each with its value; the deadline is that of the opening.

    Raises: task-removed; those of `task_uids`.
    """
    task, _, seen = _read(context, label)
    due = (task.due_text or task.due) if task.due == task.first_due else task.first_due
    values = {
        "title": task.title.vi,  # as `--title` corrects it
        "area": task.area,
        "activity": task.activity,
        "due": due,
        "start": task.start,
        "priority": task.priority,
        "deliverable": task.deliverable.vi if task.deliverable else None,
        "budget": _digits(task.budget),
        "budget_source": task.budget_source,
        "opened": task.opened_on,
    }
    return TaskForm(task, tuple(FormField(name, values[name]) for name in CORRECTION_FIELDS), seen)


def _digits(number: int | None) -> str | None:
    return None if number is None else str(number)


def refuse_changed(context: Context, form: TaskForm) -> None:
    """Refuse to write what was filled in of a task that a command has touched since its fields were read.

    Raises: task-changed-meanwhile.
    """
    if _seen(context, form.task.uid)[1] != form.seen:
        raise Failure("task-changed-meanwhile", task=form.task.label)


def task_now(context: Context, form: TaskForm) -> Task:
    """Return the task of a form as it stands by now."""
    return context.tasks.read([form.task.uid])[0]


def _read(context: Context, label: str) -> tuple[Task, list[Update], Seen]:
    (uid,) = task_uids(context, [label])
    # First what was recorded of it: what comes between the two readings is then noticed.
    updates, seen = _seen(context, uid)
    if not seen[0].counted:
        raise Failure("task-removed", task=label)
    return context.tasks.read([uid])[0], updates, seen


def _seen(context: Context, uid: str) -> tuple[list[Update], Seen]:
    """Return the updates of a task that count, and what tells whether anything else was recorded of it since."""
    updates = facts.updates_in(context.db, Scope.of([uid]).standing())
    return updates, (tasks.own_row(context.db, uid), tuple(update.uid for update in updates))


def _last(said: Iterable[Update], name: str) -> FormField:
    """Return what the last update that has a field said in it."""
    last = None
    for update in said:
        last = update if getattr(update, name) else last
    return FormField(name, getattr(last, name), last.on) if last else FormField(name)
