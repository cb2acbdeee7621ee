"""Tasks by one of their fields: the store's order is what the fields say, none last, equal ones by due day."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.model.counting import Cutoffs
from plantrack.model.plan import Reporting
from plantrack.model.status import DeadlineState, Priority, Status
from plantrack.model.task import Task
from plantrack.store.questions.task_order import order_by
from plantrack.store.questions.task_source import TaskSource
from plantrack.store.sqlite.connection import SQLite
from tests.support.listing import open_six
from tests.support.random_work import COMMANDS, DAYS, Do, day, worked
from tests.support.steps import PLAN, OpenContext, labels, opened, said

#: Open work first, the most pressing of it first of all.
URGENCY = [
    *(DeadlineState.OPEN_OVERDUE, DeadlineState.OPEN_DUE_SOON, DeadlineState.OPEN_IN_TIME),
    *(DeadlineState.OPEN_NO_DUE, DeadlineState.DONE_LATE, DeadlineState.DONE_ON_TIME),
    DeadlineState.DONE_NO_DUE,
]
#: What a field holds, so that it can be compared; None for nothing. The plan's codes are in the order of its areas.
PLAIN: dict[str, Callable[[Task], Any]] = {
    "id": lambda t: (t.site, t.number),
    "label": lambda t: (t.site, t.number),
    "uid": lambda t: t.uid,
    "plan": lambda t: t.plan,
    "area": lambda t: t.area,
    "activity": lambda t: t.activity,
    "code": lambda t: (t.area, t.activity or ""),
    "status": lambda t: [*Status].index(t.status),
    "deadline_state": lambda t: None if t.deadline_state is None else URGENCY.index(t.deadline_state),
    "start": lambda t: t.start,
    "due": lambda t: t.due,
    "first_due": lambda t: t.first_due,
    "completed_on": lambda t: t.completed_on,
    "percent": lambda t: t.percent,
    "priority": lambda t: [*Priority].index(Priority(t.priority)),
    "blocked_since": lambda t: t.blocked_since if t.is_blocked else None,
    "opened_on": lambda t: t.opened_on,
    "updated_on": lambda t: t.updated_on,
    "stale": lambda t: 0 if t.stale else None,
}


def source(db: SQLite, on: str, *, past: bool = True) -> TaskSource:
    return TaskSource(db, PLAN, Cutoffs.at(on, Reporting()), past)


def expected(tasks: list[Task], field: str, *, backwards: bool) -> list[Task]:
    """Return tasks, which are in the order of due days, by a field."""
    there = [t for t in tasks if PLAIN[field](t) is not None]
    there.sort(key=PLAIN[field], reverse=backwards)
    return there + [t for t in tasks if PLAIN[field](t) is None]


@given(
    st.lists(COMMANDS, min_size=4, max_size=14),
    DAYS,
    st.booleans(),
    st.sampled_from([*PLAIN]),
    st.none() | st.integers(1, 4),
)
def test_the_order_of_a_field_is_what_it_says(
    made_once: Path, work: list[Do], on: str, backwards: bool, field: str, limit: int | None
) -> None:
    db = worked(made_once / "plantrack.db", work).db
    by = order_by(field, backwards=backwards)
    assert by
    for when, past in ((on, True), (day(20), False), (day(20), True)):
        found = source(db, when, past=past)
        wanted = expected([*found.rows()], field, backwards=backwards)
        assert [t.label for t in found.rows(by, limit)] == [t.label for t in wanted[:limit]]


@pytest.mark.no_cover
@pytest.mark.parametrize("backwards", [False, True])
@pytest.mark.parametrize("field", PLAIN)
def test_tasks_of_every_kind_are_put_in_order(
    db: SQLite, context_on: OpenContext, field: str, backwards: bool
) -> None:
    open_six(context_on)
    opened(context_on, "2024-07-02", activity="3.2", priority="cao", start="5/7/2024")
    opened(context_on, "2024-07-02", activity="3.1", priority="thap", lead=("ubdt",))
    for on in ("2024-07-17", "2024-08-20"):
        found = source(db, on)
        wanted = expected([*found.rows()], field, backwards=backwards)
        assert labels(found.rows(order_by(field, backwards=backwards) or "")) == labels(wanted)


def test_of_texts_the_store_knows_no_order() -> None:
    for field in ("title", "deliverable", "lead", "in_charge", "places", "blocked", "days_late", "result"):
        assert order_by(field) is None


@pytest.mark.parametrize(
    ("field", "forwards", "backwards"),
    [
        ("due", "2 1 3 4", "1 3 2 4"),
        ("label", "1 2 3 4", "4 3 2 1"),
        ("percent", "2 3 1 4", "3 2 1 4"),
        ("deadline_state", "2 1 3 4", "4 1 3 2"),
    ],
)
def test_what_has_nothing_is_last_in_both_directions(
    db: SQLite, context_on: OpenContext, field: str, forwards: str, backwards: str
) -> None:
    for due in ("20/8/2024", "10/7/2024", "20/8/2024", None):
        opened(context_on, "2024-07-01", due=due)
    said(context_on, "2024-07-02", "2", percent="30")
    said(context_on, "2024-07-02", "3", percent="100")
    found = source(db, "2024-07-15")
    assert labels(found.rows(order_by(field) or "")) == forwards.split()
    assert labels(found.rows(order_by(field, backwards=True) or "")) == backwards.split()
