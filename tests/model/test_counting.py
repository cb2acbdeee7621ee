"""Deadline states and counts: one state each, and sums that hold for all tasks."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from plantrack.model.counting import (
    Counts,
    Cutoffs,
    Sums,
    Tally,
    count,
    deadline_state,
    tally,
    with_deadline_state,
)
from plantrack.model.plan import Reporting, Text
from plantrack.model.status import OPEN, DeadlineState, Status
from plantrack.model.task import Task
from tests.support.tries import tries

A = "2024-07-21"
CLOCK = Cutoffs.at(A, Reporting())
DAYS = st.dates(date(2024, 1, 1), date(2024, 12, 31)).map(str) | st.sampled_from(
    ["2024-07-20", A, "2024-07-22", "2024-07-28", "2024-07-29"]
)


def task(**given_fields: object) -> Task:
    base = Task(
        uid="0" * 26, site="", number=1, plan="p", area="ND1", activity=None, title=Text("t"), start=None,
        priority="normal", deliverable=None, tags=(), places=(), follows=(), opened_on="2024-03-21",
        status=Status.NOT_STARTED, percent=None, blocked=None, blocked_since=None, due=None, due_text=None,
        first_due=None, completed_on=None, lead=(), coordinating=(), in_charge=(), updated_on=None,
    )  # fmt: skip
    return base._replace(**given_fields)  # type: ignore[arg-type]


@st.composite
def tasks(draw: st.DrawFn) -> list[Task]:
    out = []
    for _ in range(draw(st.integers(0, 6))):
        status = draw(st.sampled_from(Status))
        made = task(
            status=status,
            due=draw(st.none() | DAYS),
            completed_on=draw(DAYS) if status is Status.DONE else None,
            blocked=draw(st.none() | st.just("x")),
            updated_on=draw(st.none() | DAYS),
        )
        out.append(with_deadline_state(made, CLOCK))
    return out


def test_due_on_the_as_of_day_is_not_overdue() -> None:
    states = [
        deadline_state(Status.PAUSED, day, None, CLOCK)
        for day in ("2024-07-20", A, "2024-07-28", "2024-07-29")
    ]
    assert states == ["open_overdue", "open_due_soon", "open_due_soon", "open_in_time"]


def test_done_on_the_due_day_is_on_time() -> None:
    assert deadline_state(Status.DONE, "2024-07-10", "2024-07-10", CLOCK) is DeadlineState.DONE_ON_TIME
    assert deadline_state(Status.DONE, "2024-07-10", "2024-07-11", CLOCK) is DeadlineState.DONE_LATE
    assert deadline_state(Status.DONE, None, "2024-07-11", CLOCK) is DeadlineState.DONE_NO_DUE


def test_dropped_and_carried_over_have_no_deadline_state() -> None:
    for status in (Status.DROPPED, Status.CARRIED_OVER):
        assert deadline_state(status, "2024-07-10", None, CLOCK) is None


def test_work_is_stale_after_the_days_of_the_plan_without_an_update() -> None:
    def stale(**f: object) -> bool:
        return with_deadline_state(task(**f), CLOCK).stale

    assert stale(updated_on="2024-07-07")
    assert not stale(updated_on="2024-07-08")
    assert stale(opened_on="2024-07-07")
    assert not stale(updated_on="2024-01-01", status=Status.DONE)


@given(tasks())
def test_the_parts_sum_to_the_total(some: list[Task]) -> None:
    n = count(some, A)
    statuses = [getattr(n, s) for s in Status]
    states = [getattr(n, s) for s in DeadlineState]
    assert n.total == len(some) == sum(statuses) == sum(states) + n.dropped + n.carried_over
    assert n.open == sum(getattr(n, s) for s in OPEN)
    assert n.done == n.done_on_time + n.done_late + n.done_no_due
    assert n.fallen_due == n.done_of_fallen_due + n.open_overdue
    assert n.done_of_fallen_due <= n.done_on_time + n.done_late
    assert n.blocked <= n.open
    assert n.stale <= n.open


@given(tasks(), tasks())
def test_counts_of_two_lists_add_up(one: list[Task], other: list[Task]) -> None:
    assert count(one + other, A).minus(count(one, A)) == count(other, A)
    assert Counts().minus(count(one, A)).total == -len(one)


# --- from sums ---


def summed(there: list[Task]) -> dict[Status, Sums]:
    """Sum up tasks by status, as the store does."""
    out = {}
    for status in {t.status for t in there}:
        own = [t for t in there if t.status is status]
        dues = [t.due for t in own if t.due is not None]
        out[status] = Sums(
            len(own),
            len(dues),
            sum(due < A for due in dues),
            sum(due <= A for due in dues),
            sum(due <= CLOCK.soon for due in dues),
            sum(t.completed_on is not None and t.due is not None and t.completed_on > t.due for t in own),
            sum(t.blocked is not None for t in own),
            sum((t.updated_on or t.opened_on) <= CLOCK.stale for t in own),
        )
    return out


@tries(3)
@given(tasks(), tasks())
def test_every_number_follows_from_sums_by_status(some: list[Task], others: list[Task]) -> None:
    found = tally(summed(some))
    assert found.counts == count(some, A)
    overdue = [t for t in some if t.deadline_state is DeadlineState.OPEN_OVERDUE]
    assert found.in_progress_overdue == sum(t.status is Status.IN_PROGRESS for t in overdue)
    assert found.open_due_today == sum(t.is_open and t.due == A for t in some)
    assert found.plus(tally(summed(others))) == tally(summed(some + others))
    assert found.plus(Tally()) == found
    assert tally({}) == Tally()
