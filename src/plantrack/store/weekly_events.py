"""What pictures of a plan's year need of its history: when tasks were closed, and when something was said."""

from collections.abc import Iterable

from plantrack.store.connection import Connection, Row
from plantrack.store.facts import CHUNK
from plantrack.store.scope import among

#: How many tasks are read at once: the updates of all would not fit in the memory of a small machine.
TASKS_AT_ONCE = 4000
#: The day of an update as a condition that no index answers: nearly all updates meet it, and SQLite, which has no
#: figures of them, would look each one up by its day.
_DAY = "(f.on_day || '')"


def closings(db: Connection, day: str, known_at: str | None) -> list[Row]:
    """Return every update up to a day that closed a task of any plan: (task, command, day, status), in no order."""
    return db.query(
        "SELECT f.task, f.command, f.on_day, f.status FROM status_update AS f "
        f"WHERE f.status IN ('done', 'dropped', 'carried_over') AND {_DAY} <= :day "
        "AND (CAST(:known AS TEXT) IS NULL OR f.recorded_at <= :known)",
        {"day": day, "known": known_at},
    )


def days_spoken_of(
    db: Connection, uids: list[str], first: str, last: str, known_at: str | None
) -> Iterable[list[Row]]:
    """Yield the task and the day of each update of some tasks (in order), and perhaps of others, in batches."""
    for start in range(0, len(uids), TASKS_AT_ONCE):
        some = uids[start : start + TASKS_AT_ONCE]
        yield db.query(
            "SELECT f.task, f.on_day FROM status_update AS f WHERE f.task >= :low AND f.task <= :high "
            f"AND {_DAY} >= :first AND {_DAY} <= :last "
            "AND (CAST(:known AS TEXT) IS NULL OR f.recorded_at <= :known)",
            {"low": some[0], "high": some[-1], "first": first, "last": last, "known": known_at},
        )


def days_not_counted(db: Connection, withdrawn: Iterable[str]) -> list[Row]:
    """Return the task, the day and the moment of updates that do not count: withdrawn, or written by a carry-over."""
    said = "SELECT f.task, f.on_day, f.recorded_at FROM status_update AS f WHERE"
    carried = "(SELECT t.command FROM task AS t WHERE t.carried_from IS NOT NULL)"
    out = db.query(f"{said} f.command IN {carried}")
    gone = sorted(withdrawn)
    for first in range(0, len(gone), CHUNK):
        theirs, params = among("f.command", "c", gone[first : first + CHUNK])
        out += db.query(f"{said} {theirs} AND f.command NOT IN {carried}", params)
    return out
