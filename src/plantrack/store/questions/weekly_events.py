"""What pictures of a plan's year need of its history: when tasks were closed, and when something was said."""

from plantrack.store.connection import Asked, Connection, Row
from plantrack.store.questions.task_counts import LEAD
from plantrack.store.questions.task_source import TaskSource
from plantrack.store.scope import NOT_CARRIED, stands

#: The day of an update as a condition that no index answers: nearly all updates meet it, and SQLite, which has no
#: figures of them, would look each one up by its day.
_DAY = "(f.on_day || '')"
#: The updates of a period.
_SPOKEN = f"JOIN status_update AS f ON f.task = t.uid AND {_DAY} >= :first AND {_DAY} <= :last AND {stands()} AND {NOT_CARRIED}"


def ask_closings(db: Connection, day: str) -> Asked[list[Row]]:
    """Ask for every update up to a day that closed a task of any plan and counts: (task, day, status), in no order."""
    return db.ask(
        "SELECT f.task, f.on_day, f.status FROM status_update AS f "
        f"WHERE f.status IN ('done', 'dropped', 'carried_over') AND {_DAY} <= :day AND {stands()}",
        {"day": day},
    )


def ask_spans(tasks: TaskSource) -> Asked[list[Row]]:
    """Ask between which days tasks stand: (task, opening day, due day, status, day of completion), in no order."""
    return tasks.ask("t.uid, t.opened_on, t.due, t.status, t.completed_on")


def ask_leads(tasks: TaskSource) -> Asked[list[tuple[str, str]]]:
    """Ask for each task with each of those who lead it."""
    rows = tasks.ask("t.uid, h.party AS leader", joined=LEAD.joined)
    return lambda: [(r[0], r[1]) for r in rows() if r[1] is not None]


def spoken(tasks: TaskSource, first: str, last: str) -> list[tuple[None, str, int]]:
    """Count the updates of tasks by the day of which they speak, in a period."""
    rows = tasks.query("f.on_day, COUNT(*)", "GROUP BY f.on_day", _SPOKEN, first=first, last=last)
    return [(None, day, n) for day, n in rows]


def spoken_by_lead(tasks: TaskSource, first: str, last: str) -> list[tuple[str | None, str, int]]:
    """Count the same by who leads the tasks."""
    joined = f"{LEAD.joined} {_SPOKEN}"
    rows = tasks.query(
        "h.party AS leader, f.on_day, COUNT(*)", "GROUP BY h.party, f.on_day", joined, first=first, last=last
    )
    return [(party, day, n) for party, day, n in rows]
