"""What stands beside a task's own row: other tasks that it names, by the labels that people use, and its parts."""

from collections.abc import Collection, Iterable, Mapping, Sequence

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


def named_by(db: Connection, rows: Iterable[TaskRow], day: str) -> dict[str, NamedTask]:
    """Return the tasks that some rows name, as they were on a day."""
    uids = {uid for row in rows for uid in (row.occurrence_of, *split(row.after)) if uid}
    theirs, params = among("t.uid", "u", uids)
    return _ask_named(db, "", f"task AS t WHERE {theirs}", params, day)() if uids else {}


def ask_named(db: Connection, uids: Sequence[str], day: str) -> Asked[dict[str, NamedTask]]:
    """Ask for the tasks that others, which count, name, as they were on a day."""
    if not uids:
        return dict
    params = {f"u{n}": uid for n, uid in enumerate(uids)}
    asked = f"WITH asked (uid) AS (VALUES {', '.join(f'(:{name})' for name in params)}) "
    named = (
        "(SELECT s.occurrence_of AS uid FROM asked AS a CROSS JOIN task AS s WHERE s.uid = a.uid UNION ALL "
        "SELECT h.party FROM asked AS a CROSS JOIN holder AS h WHERE h.task = a.uid AND h.role = 'after') AS k"
    )
    return _ask_named(db, asked, f"{named} CROSS JOIN task AS t WHERE t.uid = k.uid", params, day)


def _ask_named(
    db: Connection, before: str, source: str, params: Mapping[str, object], day: str
) -> Asked[dict[str, NamedTask]]:
    status = STATUS_THEN.format(task="t")
    rows = db.ask(
        f"{before}SELECT t.uid, t.site, t.number, t.counted, {status} AS status_then FROM {source}",
        {**params, "day": day},
    )
    return lambda: {
        uid: NamedTask(task_label(site, number), counted == 1, STATUSES.get(status) in OPEN)
        for uid, site, number, counted, status in rows()
    }
