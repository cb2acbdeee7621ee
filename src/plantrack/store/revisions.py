"""How often, and when last, commands touched a task: by it a calendar knows news from what it has already."""

from collections.abc import Sequence

from plantrack.model.grouping import chunks
from plantrack.model.history import TaskRevision
from plantrack.store.commands import withdrawals
from plantrack.store.connection import Connection
from plantrack.store.scope import Scope

#: The tables of facts, with the column that names their task.
_TABLES = {
    "task": "uid",
    **dict.fromkeys(("status_update", "deadline", "assignment", "part", "change"), "task"),
}


def revisions_of(db: Connection, uids: Sequence[str]) -> dict[str, TaskRevision]:
    """Count the commands that touched each task, those that took something back too."""
    undone = _undone(db)
    out: dict[str, TaskRevision] = {}
    for some in chunks(uids):
        facts, params = _facts(some)
        rows = db.query(
            f"SELECT x.task, COUNT(DISTINCT x.command), MAX(x.recorded_at) FROM ({facts}) AS x GROUP BY x.task",
            params,
        )
        out.update((task, TaskRevision(n, last)) for task, n, last in rows)
        withdrawn_commands = db.query(
            f"SELECT DISTINCT x.task, x.command FROM ({facts}) AS x "
            "WHERE x.command IN (SELECT w.target FROM withdrawal AS w)",
            params,
        )
        for task, command in withdrawn_commands:
            moments = undone.get(command, [])
            known = out[task]
            out[task] = TaskRevision(known.commands + len(moments), max([known.last, *moments]))
    return out


def _facts(uids: Sequence[str]) -> tuple[str, dict[str, object]]:
    """Return the SQL of all facts of some tasks."""
    scope = Scope.of(uids)
    facts = " UNION ALL ".join(
        f"SELECT f.{column} AS task, f.command, f.recorded_at FROM {table} AS f WHERE {scope.where(f'f.{column}')[0]}"
        for table, column in _TABLES.items()
    )
    return facts, scope.where()[1]


def _undone(db: Connection) -> dict[str, list[str]]:
    """Return the moments at which a command was taken back, and at which that was taken back in its turn."""
    first: dict[str, str] = {}
    out: dict[str, list[str]] = {}
    for undo in sorted(withdrawals(db), key=lambda undo: undo.recorded_at):
        first[undo.command] = first.get(undo.target, undo.target)
        out.setdefault(first[undo.command], []).append(undo.recorded_at)
    return out
