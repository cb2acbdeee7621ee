"""The tasks that others name, asked of a server together with those: else they would take a way of their own."""

from collections.abc import Sequence

from plantrack.store.connection import Asked, Connection
from plantrack.store.questions.task_relations import NamedTask, ask_named
from plantrack.store.scope import among


def ask_named_by(db: Connection, uids: Sequence[str], day: str) -> Asked[dict[str, NamedTask]]:
    """Ask for the tasks that others, which count, name, as they were on a day."""
    series, params = among("s.uid", "u", uids)
    waiting, _ = among("h.task", "u", uids)
    named = (
        f"t.uid IN (SELECT s.occurrence_of FROM task AS s WHERE {series} UNION ALL "
        f"SELECT h.party FROM holder AS h WHERE {waiting} AND h.role = 'after')"
    )
    return ask_named(db, named, params, day)
