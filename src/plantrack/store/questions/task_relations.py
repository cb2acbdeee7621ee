"""What stands beside a task's own row: other tasks that it names, by the labels that people use, and its parts."""

from collections.abc import Collection, Iterable, Mapping

from plantrack.model.grouping import grouped
from plantrack.model.history import PartFact, parts_on
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.status import OPEN, STATUSES
from plantrack.model.task import Task, task_label
from plantrack.store.connection import Asked, Connection
from plantrack.store.scope import STATUS_THEN, among
from plantrack.store.task_rows import TaskRow, split


class Occurrence(NamedTuple):
    """A task of a series of recurring work, by its first task."""

    first: str
    uid: str
    label: str
    is_open: bool


def series_of(db: Connection, firsts: Collection[str], day: str) -> dict[str, list[Occurrence]]:
    """Return the tasks that count of some series and were opened by a day, in the order in which they came, by the first."""
    (own, params), (later, _) = among("t.uid", "f", firsts), among("t.occurrence_of", "f", firsts)
    columns = "t.occurrence_of AS first, t.uid, t.site, t.number, t.is_open"
    there = "t.counted = 1 AND t.opened_on <= :day"
    rows = db.query(
        f"SELECT {columns} FROM task AS t WHERE {own} AND {there} UNION ALL "
        f"SELECT {columns} FROM task AS t WHERE {later} AND t.occurrence_of IS NOT NULL AND {there}",
        {**params, "day": day},
    )
    found = sorted(rows, key=lambda r: (r[2], r[3]))
    return grouped(
        (r[0] or r[1], Occurrence(r[0] or r[1], r[1], task_label(r[2], r[3]), r[4] == 1)) for r in found
    )


class NamedTask(NamedTuple):
    """A task that another one names: whether it counts, and was open on the day."""

    label: str
    counts: bool
    is_open: bool


def related(tasks: list[Task], rows: Mapping[str, TaskRow], named: Mapping[str, NamedTask]) -> list[Task]:
    """Add to tasks, which have these rows, the labels of those that they name, and which they wait for."""
    return [_related(task, rows[task.uid], named) for task in tasks] if named else tasks


def with_parts(tasks: list[Task], facts: Iterable[PartFact], day: str) -> list[Task]:
    """Add to tasks their checklists as they were on a day; in many databases no task has one."""
    parts = grouped((fact.task, fact) for fact in facts)
    return [task._replace(parts=parts_on(parts.get(task.uid, ()), day)) for task in tasks] if parts else tasks


def _related(task: Task, row: TaskRow, named: Mapping[str, NamedTask]) -> Task:
    first = named.get(row.occurrence_of or "")
    before = [named[uid] for uid in split(row.after) if uid in named and named[uid].counts]
    return task._replace(
        occurrence_of=first and first.label,
        after=tuple(each.label for each in before),
        waits_for=tuple(each.label for each in before if each.is_open and task.is_open),
    )


def uids_named_by(rows: Iterable[TaskRow]) -> set[str]:
    """Return the uids of the tasks that some rows name."""
    return {uid for row in rows for uid in (row.occurrence_of, *split(row.after)) if uid}


def named_tasks(db: Connection, uids: Collection[str], day: str) -> dict[str, NamedTask]:
    """Return tasks that others name, as they were on a day."""
    return ask_named(db, *among("t.uid", "u", uids), day)() if uids else {}


def ask_named(
    db: Connection, condition: str, params: Mapping[str, object], day: str
) -> Asked[dict[str, NamedTask]]:
    """Ask for the tasks `t` that meet a condition, as they were on a day, for others that name them."""
    rows = db.ask(
        f"SELECT t.uid, t.site, t.number, t.counted, {STATUS_THEN.format(task='t')} AS status_then FROM task AS t "
        f"WHERE {condition}",
        {**params, "day": day},
    )
    return lambda: {
        uid: NamedTask(task_label(site, number), counted == 1, STATUSES.get(status) in OPEN)
        for uid, site, number, counted, status in rows()
    }
