"""What a task's row names of other tasks, by the labels that people use."""

from collections.abc import Collection, Mapping, Sequence

from plantrack.model.grouping import grouped
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.task import Task, task_label
from plantrack.store.connection import Connection
from plantrack.store.scope import among
from plantrack.store.task_rows import TaskRow


class Occurrence(NamedTuple):
    """A task of a series of recurring work, by its first task."""

    first: str
    uid: str
    label: str
    is_open: bool


def series_of(db: Connection, firsts: Collection[str]) -> dict[str, list[Occurrence]]:
    """Return the tasks that count of some series, in the order in which they came, by the first ones."""
    (own, params), (later, _) = among("t.uid", "f", firsts), among("t.occurrence_of", "f", firsts)
    columns = "t.occurrence_of AS first, t.uid, t.site, t.number, t.is_open"
    rows = db.query(
        f"SELECT {columns} FROM task AS t WHERE {own} AND t.counted = 1 UNION ALL "
        f"SELECT {columns} FROM task AS t WHERE {later} AND t.occurrence_of IS NOT NULL AND t.counted = 1",
        params,
    )
    found = sorted(rows, key=lambda r: (r[2], r[3]))
    return grouped(
        (r[0] or r[1], Occurrence(r[0] or r[1], r[1], task_label(r[2], r[3]), r[4] == 1)) for r in found
    )


def related(db: Connection, tasks: list[Task], rows: Mapping[str, TaskRow]) -> list[Task]:
    """Add to tasks, which have these rows, the labels of those that they name."""
    firsts = {row.occurrence_of for row in rows.values() if row.occurrence_of}
    if not firsts:
        return tasks
    labels = _labels(db, firsts)
    return [task._replace(occurrence_of=labels.get(rows[task.uid].occurrence_of or "")) for task in tasks]


def _labels(db: Connection, uids: Collection[str]) -> dict[str, str]:
    theirs, params = among("uid", "u", uids)
    rows: Sequence[tuple[str, str, int]] = db.query(
        f"SELECT uid, site, number FROM task WHERE {theirs}", params
    )
    return {uid: task_label(site, number) for uid, site, number in rows}
