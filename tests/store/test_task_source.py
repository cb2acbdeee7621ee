"""The tasks of a day: one text asks the row and what it was before."""

from plantrack.services.verbs.edit import extend, remove
from plantrack.store.connection import Row, SQLite
from plantrack.store.task_source import ask_tasks
from tests.support.steps import PLAN, OpenContext, opened, said


def asked(db: SQLite, day: str, *, past: bool) -> list[Row]:
    """Return number, status and due day of the tasks that are not done."""
    sql = ask_tasks("t.number, t.status, t.due", "t.status <> 'done'", "ORDER BY t.number", past=past)
    return db.query(sql, {"plan": PLAN, "day": day})


def test_a_past_day_has_the_tasks_as_they_stood(db: SQLite, context_on: OpenContext) -> None:
    opened(context_on, "2024-07-01", due="10/7/2024")
    opened(context_on, "2024-07-03", due="10/7/2024")
    opened(context_on, "2024-07-03")
    said(context_on, "2024-07-05", "1", "done")
    extend(context_on("2024-07-06"), ["2"], "20/7/2024", "chờ")
    remove(context_on("2024-07-06"), ["3"], "nhầm")
    for day, there in (
        ("2024-06-30", []),
        ("2024-07-02", [(1, "not_started", "2024-07-10")]),
        ("2024-07-04", [(1, "not_started", "2024-07-10"), (2, "not_started", "2024-07-10")]),
        ("2024-07-05", [(2, "not_started", "2024-07-10")]),
        ("2024-07-06", [(2, "not_started", "2024-07-20")]),
    ):
        assert [tuple(row) for row in asked(db, day, past=True)] == there
    assert asked(db, "2024-07-06", past=False) == asked(db, "2024-07-06", past=True)


def test_of_a_past_day_only_what_is_asked_for_is_read() -> None:
    sql = ask_tasks("COUNT(*)", "t.area = :area", past=True)
    assert "SELECT o.area, o.uid FROM task AS o" in sql
    assert "settled_on" in sql
    assert "p.status" not in sql
