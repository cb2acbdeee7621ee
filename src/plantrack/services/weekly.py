"""The weekly summary: an internal digest of one ISO week."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from plantrack import __version__
from plantrack.model.counting import Counts
from plantrack.model.days import Period, add_days, local_day, next_week, parse_week
from plantrack.model.filters import Filter, parse_filter
from plantrack.model.history import Deadline, Update
from plantrack.model.status import DeadlineState, Status
from plantrack.model.task import Task
from plantrack.model.text import vi_key
from plantrack.model.views import (
    DeadlineChange,
    Item,
    PlanChange,
    Progress,
    Proposal,
    Provenance,
    Silence,
    Weekly,
)
from plantrack.services.desk import Desk
from plantrack.services.progress import tabled
from plantrack.services.reading import by_due, found_texts, heading, settled
from plantrack.store import history, plans, tasks
from plantrack.store.history import Facts
from plantrack.store.tasks import When


class _Week(NamedTuple):
    """The week, with the tasks at its end and all that counts of their history."""

    desk: Desk
    period: Period
    after: Period
    tasks: list[Task]
    facts: dict[str, Facts]

    def updates(self, task: Task) -> list[Update]:
        """Give what was said of a task up to the week's end."""
        own = self.facts.get(task.uid)
        return [u for u in own.updates if u.on <= self.desk.when.day] if own else []

    def recorded_in(self, moment: str) -> bool:
        """Say whether a moment lies in the week, on the plan's clock."""
        return self.within(local_day(moment, self.desk.plan.reporting.timezone))

    def within(self, day: str | None) -> bool:
        """Say whether a day lies in the week."""
        return day is not None and self.period.first <= day <= self.period.last

    def late(self, on: str, recorded_at: str) -> bool:
        """Say whether something of before the week was recorded in it."""
        return on < self.period.first and self.recorded_in(recorded_at)


def weekly(desk: Desk, args: Sequence[str] = (), week: str = "last", *, with_notes: bool = False) -> Weekly:
    """Sum up a week; its state is that of its last day, or of the as-of day inside it."""
    period = parse_week(week, today=desk.when.day)
    desk = desk._replace(when=desk.when._replace(day=min(period.last, desk.when.day)))
    wanted = parse_filter(args, desk.names, desk.today)
    now = _at(desk, wanted, desk.when.day)
    state = _Week(desk, period, next_week(period), now, tasks.facts_of_plan(desk.db, desk.plan.id, desk.when.known_at))
    table = tabled(desk, now, "area", wanted.spelled())
    return Weekly(
        heading=heading(desk),
        period=period.name,
        first_day=period.first,
        last_day=period.last,
        next_first=state.after.first,
        next_last=state.after.last,
        progress=table,
        change=_change(desk, wanted, table, add_days(period.first, -1)),
        results=_results(state, lambda u: state.within(u.on)),
        late_updates=_results(state, lambda u: state.late(u.on, u.recorded_at)),
        overdue=_deadlines(state, lambda t: t.deadline_state is DeadlineState.OPEN_OVERDUE),
        due_on_closing_day=_deadlines(state, lambda t: t.is_open and t.due == desk.when.day),
        due_soon=_deadlines(state, lambda t: _soon(t, desk.when.day)),
        difficulties=_items(state, lambda t: t.is_blocked, lambda u: u.blocked is not None),
        next_week=_next_week(state),
        proposals=tuple(_proposals(state)),
        silent_organisations=tuple(_silent(state)),
        stale=_items(state, lambda t: t.stale, lambda u: True),
        deadline_changes=tuple(_deadline_changes(state)),
        plan_changes=tuple(_plan_changes(state)),
        provenance=_provenance(desk),
        with_notes=with_notes,
    )


def _at(desk: Desk, wanted: Filter, day: str) -> list[Task]:
    there = desk._replace(when=When(day, desk.when.known_at))
    found = found_texts(there, wanted)
    return sorted((t for t in settled(there) if wanted.passes(t, found)), key=by_due)


def _change(desk: Desk, wanted: Filter, table: Progress, before: str) -> dict[str, Counts]:
    """Subtract the counts of the Sunday before, known by the same moment."""
    there = desk._replace(when=When(before, desk.when.known_at))
    old = tabled(there, _at(desk, wanted, before), "area")
    counts = {row.key: row.counts for row in old.rows}
    change = {row.key or "": row.counts.minus(counts.get(row.key, Counts())) for row in table.rows}
    return {**change, "total": table.total.minus(old.total)}


def _results(week: _Week, belongs: Callable[[Update], bool]) -> tuple[Item, ...]:
    """Give the tasks with such an update, each with the last one that has a result (or the last)."""
    items = []
    for task in week.tasks:
        mine = [u for u in week.updates(task) if belongs(u)]
        if mine:
            told = [u for u in mine if u.result] or mine
            items.append(Item(task, told[-1]))
    return tuple(sorted(items, key=lambda i: (i.task.heading, i.task.site, i.task.number)))


def _items(
    week: _Week, chosen: Callable[[Task], bool], put_there: Callable[[Update], bool]
) -> tuple[Item, ...]:
    """Give the chosen tasks, each with the last update that put it there."""
    return tuple(Item(t, _last(week, t, put_there)) for t in week.tasks if chosen(t))


def _deadlines(week: _Week, chosen: Callable[[Task], bool]) -> tuple[Item, ...]:
    return _items(week, chosen, lambda u: True)


def _last(week: _Week, task: Task, fits: Callable[[Update], bool]) -> Update | None:
    return next((u for u in reversed(week.updates(task)) if fits(u)), None)


def _soon(task: Task, day: str) -> bool:
    """Due soon, but not on the closing day, which has a line of its own."""
    return task.deadline_state is DeadlineState.OPEN_DUE_SOON and task.due != day


def _next_week(week: _Week) -> tuple[Item, ...]:
    """Give open work that goes on, has a next step, or starts or falls due in the week after."""
    first, last = week.after.first, week.after.last
    items = [Item(t, _last(week, t, lambda u: u.next is not None)) for t in week.tasks if t.is_open]
    return tuple(
        i
        for i in items
        if i.update is not None
        or i.task.status in (Status.IN_PROGRESS, Status.SUBMITTED)
        or any(day is not None and first <= day <= last for day in (i.task.start, i.task.due))
    )


def _proposals(week: _Week) -> Iterable[Proposal]:
    """Give what was proposed in the week, and what was before it and is not answered yet."""
    for task in week.tasks:
        updates = week.updates(task)
        for i, update in enumerate(updates):
            if update.proposal is None:
                continue
            answered = next((u for u in updates[i:] if u.answered is not None), None)
            is_new = week.within(update.on) or week.late(update.on, update.recorded_at)
            if is_new or answered is None:
                yield Proposal(task, update, is_new, answered)


def _silent(week: _Week) -> Iterable[Silence]:
    """Give the organisations that lead open tasks and said nothing of them in the week."""
    led: dict[str, list[Task]] = {}
    for task in week.tasks:
        for org in task.lead if task.is_open else ():
            led.setdefault(org, []).append(task)
    names = week.desk.names
    for org in sorted(led, key=lambda o: vi_key(names.party_label(o, "vi"))):
        updates = [u for t in week.tasks if org in t.lead for u in week.updates(t)]
        spoke = any(week.within(u.on) or week.late(u.on, u.recorded_at) for u in updates)
        if not spoke and org in names.organisations:
            last = max((u.on for u in updates), default=None)
            yield Silence(names.organisations[org], tuple(led[org]), last)


def _deadline_changes(week: _Week) -> Iterable[DeadlineChange]:
    """Give what was extended from a day of the week, or recorded in it; the first due day is no change."""
    for task in week.tasks:
        facts = week.facts.get(task.uid)
        chain = facts.deadlines if facts else []
        nth, before = 0, None
        for i, deadline in enumerate(chain):
            nth = nth + 1 if deadline.on is not None else 0
            if i > 0 and _in_week(week, deadline):
                kind = "correction" if deadline.on is None else "extension"
                yield DeadlineChange(task, kind, nth, before, deadline.due, deadline.on, deadline.reason)
            before = deadline.due


def _in_week(week: _Week, deadline: Deadline) -> bool:
    if deadline.on is None:
        return week.recorded_in(deadline.recorded_at)
    return week.within(deadline.on) or week.late(deadline.on, deadline.recorded_at)


def _plan_changes(week: _Week) -> Iterable[PlanChange]:
    for r in reversed(plans.revisions(week.desk.db, week.desk.plan.id, week.desk.when.known_at)):
        if r.revision > 1 and week.recorded_in(r.recorded_at):
            yield PlanChange(r.revision, r.recorded_at, r.author, r.git_commit, r.sha256)


def _provenance(desk: Desk) -> Provenance:
    known = plans.revisions(desk.db, desk.plan.id, desk.when.known_at)
    r = (known or plans.revisions(desk.db, desk.plan.id)[-1:])[0]
    return Provenance(r.revision, r.git_commit, r.dirty, r.sha256, __version__)
