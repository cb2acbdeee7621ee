"""The state of a task on a day, from the facts that were recorded about it.

A fact speaks of a day (`on`) and was recorded at a moment. Whatever order facts arrived in, a field has
the last value by (`on`, `recorded_at`, `uid`) of the facts whose day has come; a fact that says nothing
of a field leaves it. A correction of a deadline and a role given with the opening have no day of their own:
they hold from the opening, wherever that moves. These are the only rules; the store keeps their result on
the task's row.
"""

from collections.abc import Container, Iterable, Iterator, Sequence
from typing import TypeVar

from plantrack.model.days import add_days
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.status import STATUSES, Role, Status

#: After every day: the state when all that is recorded has come.
END_OF_TIME = "9999-12-31"
T = TypeVar("T")


class Update(NamedTuple):
    """A status update: what somebody said of a task, for a day."""

    uid: str
    command: str
    task: str
    on: str
    recorded_at: str
    author: str
    #: The number of the command.
    number: int
    told_by: str | None = None
    status: Status | None = None
    percent: int | None = None
    result: str | None = None
    next: str | None = None
    #: What stands in the way, until `unblocked` or done.
    blocked: str | None = None
    unblocked: bool = False
    proposal: str | None = None
    answered: str | None = None
    #: Why it was dropped or reopened.
    reason: str | None = None
    #: Internal, like `evidence`: in no report unless asked for.
    note: str | None = None
    evidence: str | None = None
    #: What was allocated and spent in all up to that day, in whole đồng.
    allocated: int | None = None
    spent: int | None = None
    #: The last update of the task that was recorded when this one was made.
    base: str | None = None


class StateChange(NamedTuple):
    """What an update did to the state of its task: all that a fold needs, and quick to read in numbers."""

    task: str
    command: str
    on: str
    recorded_at: str
    status: str | None = None
    percent: int | None = None
    blocked: str | None = None
    unblocked: int = 0
    allocated: int | None = None
    spent: int | None = None
    uid: str = ""


def state_change(update: Update) -> StateChange:
    """Return what an update did to the state of its task."""
    return StateChange(
        update.task, update.command, update.on, update.recorded_at, update.status, update.percent, update.blocked,
        int(update.unblocked), update.allocated, update.spent, update.uid,
    )  # fmt: skip


def last_recorded(updates: Iterable[StateChange]) -> str | None:
    """Return the uid of the update that was recorded last, whatever day it speaks of; None: there is none."""
    return max(((step.recorded_at, step.uid) for step in updates), default=("", None))[1]


class Deadline(NamedTuple):
    """A due day that was set: by a correction from the opening on (`on` empty), by an extension from a day."""

    uid: str
    command: str
    task: str
    on: str | None
    recorded_at: str
    due: str | None
    due_text: str | None = None
    reason: str | None = None


class Assignment(NamedTuple):
    """An organisation or a person takes (`holds`) or leaves a role from a day on (`on` empty: from the opening)."""

    uid: str
    command: str
    task: str
    role: Role
    party: str
    on: str | None
    recorded_at: str
    holds: bool = True
    #: The uid of the person or the id of the organisation, which may be `party` only since: they turned out to be one.
    who: str = ""


class PartFact(NamedTuple):
    """A part of a task's checklist comes (`text`), or is done or not from a day on."""

    uid: str
    command: str
    task: str
    #: Its number in the task, never given twice.
    nth: int
    on: str
    recorded_at: str
    text: str | None = None
    is_done: bool = False


class Part(NamedTuple):
    """A part of a task on a day."""

    number: int
    text: str
    is_done: bool


class Work(NamedTuple):
    """What the updates say of a task on a day."""

    status: Status = Status.NOT_STARTED
    percent: int | None = None
    blocked: str | None = None
    blocked_since: str | None = None
    completed_on: str | None = None
    updated_on: str | None = None
    allocated: int | None = None
    spent: int | None = None


class CurrentDeadline(NamedTuple):
    """The deadline of a task on a day."""

    due: str | None = None
    due_text: str | None = None
    #: The first due day it ever had, which no extension moves.
    first_due: str | None = None


class Holders(NamedTuple):
    """Who has which role on a day, in the order in which they came."""

    lead: tuple[str, ...] = ()
    coordinating: tuple[str, ...] = ()
    in_charge: tuple[str, ...] = ()


class State(NamedTuple):
    """All that the facts say of a task on a day."""

    work: Work
    due: CurrentDeadline
    holders: Holders


class Facts(NamedTuple):
    """What counts of one task's history: updates, assignments and parts in `fact_order`, deadlines as they were recorded."""

    updates: list[StateChange]
    deadlines: list[Deadline]
    assignments: list[Assignment]
    parts: list[PartFact]

    def without(self, commands: Container[str]) -> "Facts":
        """Leave out the facts of some commands."""
        return Facts(
            [fact for fact in self.updates if fact.command not in commands],
            [fact for fact in self.deadlines if fact.command not in commands],
            [fact for fact in self.assignments if fact.command not in commands],
            [fact for fact in self.parts if fact.command not in commands],
        )


#: Of a task of which nothing was said; never added to.
NO_FACTS = Facts([], [], [], [])


class Stretch(NamedTuple):
    """Days between which nothing was said of a task, and its deadline was not moved."""

    first_day: str
    last_day: str
    work: Work
    due: CurrentDeadline


class Holding(NamedTuple):
    """The days on which a party has a role in a task, from where it takes it to where it leaves it."""

    role: Role
    party: str
    first_day: str
    last_day: str


def fact_order(fact: Update | Deadline | Assignment | PartFact) -> tuple[str, str, str]:
    """Return the place of a fact in its task's history; what has no day of its own is of the opening."""
    return fact.on or "", fact.recorded_at, fact.uid


def work_on(updates: Iterable[Update] | Iterable[StateChange], day: str) -> Work:
    """Fold the updates of one task, in `fact_order`, up to the end of `day`."""
    return _last_by(day, work_steps(updates), Work())


def work_steps(updates: Iterable[Update] | Iterable[StateChange]) -> Iterator[tuple[str, Work]]:
    """Yield for each update of one task, in `fact_order`, its day and what is known of the work with it."""
    done = Status.DONE
    status: str = Status.NOT_STARTED
    percent = done_on = blocked = since = allocated = spent = None
    for update in updates:
        if update.percent is not None:
            percent = update.percent
        if update.allocated is not None:
            allocated = update.allocated
        if update.spent is not None:
            spent = update.spent
        new = _status_after(status, update)
        if update.blocked is not None:
            blocked, since = update.blocked, since or update.on
        if update.unblocked or new == done:
            blocked = since = None
        if new != done:
            done_on = None
        elif status != done:
            done_on = update.on
        status = new
        shown = 100 if status == done else percent
        known = (STATUSES[status], shown, blocked, since, done_on, update.on, allocated, spent)
        yield update.on, Work._make(known)


def _last_by(day: str, steps: Iterable[tuple[str, T]], at_first: T) -> T:
    """Return the last of some steps, in the order of their days, whose day has come."""
    reached = at_first
    for on, step in steps:
        if on > day:
            break
        reached = step
    return reached


def _status_after(status: str, update: Update | StateChange) -> str:
    if update.status is not None:
        return update.status
    if update.percent and status == Status.NOT_STARTED:
        return Status.IN_PROGRESS
    return status


def status_since(updates: Iterable[Update] | Iterable[StateChange], day: str) -> str | None:
    """Return the first day of the latest run of the status on a day; none: nobody ever said anything of it."""
    status: str = Status.NOT_STARTED
    since = None
    for update in updates:
        if update.on > day:
            break
        new = _status_after(status, update)
        if new != status:
            status, since = new, update.on
    return since


def deadline_on(deadlines: Iterable[Deadline], day: str) -> CurrentDeadline:
    """Return the deadline of one task at the end of `day`: the same rule, where a correction is of the opening."""
    return _last_by(day, deadline_steps(deadlines), CurrentDeadline())


def deadline_steps(deadlines: Iterable[Deadline]) -> Iterator[tuple[str, CurrentDeadline]]:
    """Yield each day of which a deadline of one task speaks (empty: the opening), with the deadline from then on.

    A correction replaces what was set for the opening, and an extension stands from its own day on.
    """
    in_order = sorted(deadlines, key=fact_order)
    replaced = sum(d.on is None for d in in_order) - 1
    first = None
    for deadline in in_order[max(replaced, 0) :]:
        first = first or deadline.due
        yield deadline.on or "", CurrentDeadline._make((deadline.due, deadline.due_text, first))


def holders_on(assignments: Iterable[Assignment], day: str) -> Holders:
    """Say who holds which role at the end of `day`, from one task's assignments in `fact_order`."""
    held = _held_on(assignments, day)
    by_role: dict[Role, list[str]] = {role: [] for role in Role}
    for role, party in held:
        by_role[role].append(party)
    return Holders(*(tuple(by_role[role]) for role in Role))


def held_as(assignments: Iterable[Assignment], role: Role, party: str, day: str) -> list[str]:
    """Return those who hold a role as one party at the end of `day`, by uid or id."""
    return sorted(_held_on(assignments, day).get((role, party), ()))


def _held_on(assignments: Iterable[Assignment], day: str) -> dict[tuple[Role, str], set[str]]:
    held: dict[tuple[Role, str], set[str]] = {}
    for fact in assignments:
        if (fact.on or "") > day:
            break
        _take_or_leave(held, fact)
    return held


def _take_or_leave(held: dict[tuple[Role, str], set[str]], fact: Assignment) -> None:
    """Note who has a role: a party does as long as any has it who turned out to be that party."""
    key = fact.role, fact.party
    if fact.holds:
        held.setdefault(key, set()).add(fact.who)
    elif key in held:
        held[key].discard(fact.who)
        if not held[key]:
            del held[key]


def parts_on(facts: Iterable[PartFact], day: str) -> tuple[Part, ...]:
    """Return the checklist of a task at the end of `day`, from its facts in `fact_order`."""
    texts: dict[int, str] = {}
    done: dict[int, bool] = {}
    for fact in facts:
        if fact.on > day:
            break
        if fact.text is not None:
            texts[fact.nth] = fact.text
        else:
            done[fact.nth] = fact.is_done
    return tuple(Part(number, texts[number], done.get(number, False)) for number in sorted(texts))


def state_on(facts: Facts, day: str) -> State:
    """Fold the facts of one task up to the end of `day`."""
    work = work_on(facts.updates, day)
    return State(work, deadline_on(facts.deadlines, day), holders_on(facts.assignments, day))


def stretches(facts: Facts, opened_on: str) -> Iterator[Stretch]:
    """Yield the stretches of a task from its opening on, in order; the last one lasts until the end of time."""
    works = {max(on, opened_on): work for on, work in work_steps(facts.updates)}
    deadlines = {max(on, opened_on): due for on, due in deadline_steps(facts.deadlines)}
    starts = sorted({opened_on, *works, *deadlines})
    ends = [*(add_days(start, -1) for start in starts[1:]), END_OF_TIME]
    work, due = Work(), CurrentDeadline()
    for first, last in zip(starts, ends, strict=True):
        work, due = works.get(first, work), deadlines.get(first, due)
        yield Stretch._make((first, last, work, due))


def holdings(assignments: Iterable[Assignment], opened_on: str) -> Iterator[Holding]:
    """Yield who has which role on which days from the opening on, from one task's assignments in `fact_order`."""
    since: dict[tuple[Role, str], str] = {}
    held: dict[tuple[Role, str], set[str]] = {}
    for fact in assignments:
        key, on = (fact.role, fact.party), max(fact.on or "", opened_on)
        _take_or_leave(held, fact)
        if key in held:
            since.setdefault(key, on)
        elif since.get(key, on) < on:
            yield Holding._make((*key, since.pop(key), add_days(on, -1)))
        else:
            since.pop(key, None)
    for key, first in since.items():
        yield Holding._make((*key, first, END_OF_TIME))


def days_of(facts: Facts, after: str = "") -> list[str]:
    """Return the days that facts recorded after a moment speak of; some facts have no day of their own."""
    kinds: tuple[Iterable[StateChange | Deadline | Assignment | PartFact], ...] = facts
    return [f.on for kind in kinds for f in kind if f.on is not None and f.recorded_at > after]


class TaskRevision(NamedTuple):
    """How many commands touched a task, and the moment of the last one."""

    commands: int
    last: str


def answer_to(updates: Sequence[Update], place: int) -> Update | None:
    """Return the update that answers what one of them proposes: an answer is to all that came before it."""
    return next((u for u in updates[place + 1 :] if u.answered is not None), None)
