"""Deadline states and counts, as reports have them: one state each, and every number from a list of tasks."""

from collections import Counter
from collections.abc import Iterable, Mapping
from operator import add

from plantrack.model.days import add_days
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.plan import Reporting
from plantrack.model.status import OPEN, DeadlineState, Status
from plantrack.model.task import Task


class Cutoffs(NamedTuple):
    """The as-of day and the days around it that decide a state; made once a report."""

    as_of: str
    #: The last day that is still "due soon".
    soon: str
    #: A last update on this day or before makes a task stale.
    stale: str

    @classmethod
    def at(cls, as_of: str, reporting: Reporting) -> "Cutoffs":
        """Set the days for a report as of `as_of`."""
        soon = add_days(as_of, reporting.due_soon_days)
        return cls(as_of, soon, add_days(as_of, -reporting.stale_days))


def deadline_state(
    status: Status, due: str | None, completed_on: str | None, clock: Cutoffs
) -> DeadlineState | None:
    """Derive how a task stands against its due day; due on the as-of day is not overdue."""
    if status is Status.DONE:
        if due is None:
            return DeadlineState.DONE_NO_DUE
        late = completed_on is not None and completed_on > due
        return DeadlineState.DONE_LATE if late else DeadlineState.DONE_ON_TIME
    if status not in OPEN:
        return None
    if due is None:
        return DeadlineState.OPEN_NO_DUE
    if due < clock.as_of:
        return DeadlineState.OPEN_OVERDUE
    return DeadlineState.OPEN_DUE_SOON if due <= clock.soon else DeadlineState.OPEN_IN_TIME


def is_stale(status: Status, updated_on: str | None, opened_on: str, clock: Cutoffs) -> bool:
    """Return whether open work has had no update for the plan's `stale_days`."""
    return status in OPEN and (updated_on or opened_on) <= clock.stale


def with_deadline_state(task: Task, clock: Cutoffs) -> Task:
    """Return the task with what follows from the as-of day."""
    state = deadline_state(task.status, task.due, task.completed_on, clock)
    stale = is_stale(task.status, task.updated_on, task.opened_on, clock)
    return task._replace(deadline_state=state, stale=stale)


class Counts(NamedTuple):
    """Numbers of tasks; total = 3 done + 4 open + dropped + carried_over."""

    total: int = 0
    not_started: int = 0
    in_progress: int = 0
    submitted: int = 0
    done: int = 0
    paused: int = 0
    dropped: int = 0
    carried_over: int = 0
    done_on_time: int = 0
    done_late: int = 0
    done_no_due: int = 0
    open_in_time: int = 0
    open_due_soon: int = 0
    open_overdue: int = 0
    open_no_due: int = 0
    blocked: int = 0
    stale: int = 0
    fallen_due: int = 0
    done_of_fallen_due: int = 0
    #: Occurrences of recurring work, which came as the ones before them were closed.
    recurring: int = 0

    @property
    def open(self) -> int:
        """Work still to be done."""
        return self.not_started + self.in_progress + self.submitted + self.paused

    @property
    def within_deadline(self) -> int:
        """Open work inside its deadline ("Trong hạn"), due soon included."""
        return self.open_in_time + self.open_due_soon

    @property
    def not_dropped(self) -> int:
        """Return the denominator of the first rate."""
        return self.total - self.dropped

    @property
    def rate(self) -> float | None:
        """Return the share that is done, if there is anything to share."""
        return self.done / self.not_dropped if self.not_dropped else None

    @property
    def rate_of_due(self) -> float | None:
        """Return the share that is done of what has fallen due, if anything has."""
        return self.done_of_fallen_due / self.fallen_due if self.fallen_due else None

    def minus(self, other: "Counts") -> "Counts":
        """Return the signed difference of each number."""
        return Counts(*(a - b for a, b in zip(self, other, strict=True)))


class Sums(NamedTuple):
    """What is summed up of the tasks of one status; every number follows from these."""

    tasks: int = 0
    #: Of these: with a due day; one before the as-of day; one not after it; one not after the last that is soon.
    with_due: int = 0
    before: int = 0
    until: int = 0
    soon: int = 0
    #: Completed after the due day.
    late: int = 0
    blocked: int = 0
    stale: int = 0
    recurring: int = 0


class Tally(NamedTuple):
    """Counts, and what bars and sentences say besides."""

    counts: Counts = Counts()
    in_progress_overdue: int = 0
    open_due_today: int = 0

    def plus(self, other: "Tally") -> "Tally":
        """Return the numbers of both together, which have no task in common."""
        counts = Counts(*map(add, self.counts, other.counts))
        return Tally(counts, *map(add, self[1:], other[1:]))


def tally(sums: Mapping[Status, Sums]) -> Tally:
    """Return the numbers of tasks of which the sums by status are known: the twin of `count`."""
    of = {status: sums.get(status, Sums()) for status in Status}
    done = of[Status.DONE]
    opened = Sums(*map(sum, zip(*(of[status] for status in OPEN), strict=True)))
    counts = Counts(
        total=sum(each.tasks for each in of.values()),
        **{status.value: each.tasks for status, each in of.items()},
        done_on_time=done.with_due - done.late,
        done_late=done.late,
        done_no_due=done.tasks - done.with_due,
        open_in_time=opened.with_due - opened.soon,
        open_due_soon=opened.soon - opened.before,
        open_overdue=opened.before,
        open_no_due=opened.tasks - opened.with_due,
        blocked=opened.blocked,
        stale=opened.stale,
        fallen_due=opened.before + done.until,
        done_of_fallen_due=done.until,
        recurring=sum(each.recurring for each in of.values()),
    )
    return Tally(counts, of[Status.IN_PROGRESS].before, opened.until - opened.before)


def count(tasks: Iterable[Task], as_of: str) -> Counts:
    """Count tasks that have their deadline states."""
    here = list(tasks)
    statuses = Counter([t.status for t in here])
    states = Counter([t.deadline_state for t in here])
    fallen = sum([t.status is Status.DONE and t.due is not None and t.due <= as_of for t in here])
    return Counts(
        total=len(here),
        **{status.value: statuses[status] for status in Status},
        **{state.value: states[state] for state in DeadlineState},
        blocked=sum([t.blocked is not None and t.is_open for t in here]),
        stale=sum([t.stale for t in here]),
        fallen_due=fallen + states[DeadlineState.OPEN_OVERDUE],
        done_of_fallen_due=fallen,
        recurring=sum([t.occurrence_of is not None for t in here]),
    )
