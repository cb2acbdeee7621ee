"""The weekly summary: an internal digest of one ISO week."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path

from plantrack import __version__
from plantrack.errors import Failure
from plantrack.model.counting import Clock, Counts
from plantrack.model.days import Period, add_days, next_week, parse_week
from plantrack.model.filters import Filter, parse_filter
from plantrack.model.history import Deadline, Update, deadline_on, deadline_order, withdrawn
from plantrack.model.moments import end_of_day
from plantrack.model.record import NamedTuple
from plantrack.model.status import DeadlineState, Status
from plantrack.model.task import Task
from plantrack.model.text import natural_key, vi_key
from plantrack.model.views.progress import Progress
from plantrack.model.views.weekly import (
    DeadlineChange,
    Item,
    PlanChange,
    Proposal,
    Provenance,
    Silence,
    Weekly,
)
from plantrack.services.desk import Desk
from plantrack.services.plan.newer import newer_file
from plantrack.services.progress import tabled
from plantrack.services.reading import by_due, found_texts, settled
from plantrack.store import history, plans
from plantrack.store.scope import Scope, Span
from plantrack.store.tasks import When, tasks_before


class _Week(NamedTuple):
    """The week, with the tasks at its end."""

    desk: Desk
    period: Period
    after: Period
    #: Its days up to the as-of day, and its moments on the plan's clock.
    span: Span
    tasks: list[Task]
    #: Commands that do not count.
    gone: dict[int, int]

    def within(self, day: str | None) -> bool:
        """Say whether a day lies in the week."""
        return day is not None and self.period.first <= day <= self.period.last

    def recorded_in(self, moment: str) -> bool:
        """Say whether a moment lies in the week."""
        return self.span.after < moment <= self.span.until

    def belongs(self, on: str | None, recorded_at: str) -> bool:
        """Say whether a fact is news of the week: of a day in it, or of an earlier one and recorded in it."""
        if on is None or on < self.period.first:
            return self.recorded_in(recorded_at)
        return on <= self.desk.when.day

    def updates(self, scope: Scope) -> dict[str, list[Update]]:
        """Give the updates of a scope that count, by task, in order."""
        by_task: dict[str, list[Update]] = {}
        for update in history.updates_in(self.desk.db, scope):
            if update.command not in self.gone:
                by_task.setdefault(update.task, []).append(update)
        return by_task

    def last_updates(self, tasks: Iterable[Task], saying: history.Saying = "uid") -> dict[str, Update]:
        """Give the last update of each task that says something of a kind."""
        when = self.desk.when
        return history.last_updates(self.desk.db, [t.uid for t in tasks], saying, when.day, when.known_at)


def weekly(
    desk: Desk,
    args: Sequence[str] = (),
    week: str = "last",
    *,
    with_notes: bool = False,
    root: Path | None = None,
) -> Weekly:
    """Sum up a week; its state is that of its last day, or of the as-of day inside it.

    With the folder `root` of the workspace it says whether the plan's file is newer than what was applied.
    """
    period = parse_week(week, today=desk.when.day, year=desk.plan.year)
    if period.first > desk.when.day:
        raise Failure("week-not-begun", week=period.name, day=period.first, today=desk.when.day)
    desk = desk._replace(when=desk.when._replace(day=min(period.last, desk.when.day)))
    wanted = parse_filter(args, desk.names, desk.today, desk.when.day)
    there = settled(desk)
    state = _state(desk, period, sorted(_passing(desk, wanted, there), key=by_due))
    table = tabled(desk, state.tasks, "area", wanted.spelled())
    news = state.updates(Scope.of_news(state.span, desk.when.known_at))
    open_ones = [t for t in state.tasks if t.is_open]
    blocked = [t for t in open_ones if t.is_blocked]
    last = state.last_updates(open_ones)
    return Weekly(
        heading=desk.heading,
        period=period.name,
        first_day=period.first,
        last_day=period.last,
        next_first=state.after.first,
        next_last=state.after.last,
        progress=table,
        change=_change(desk, wanted, table, add_days(period.first, -1), there),
        results=_results(state, news, late=False),
        late_updates=_results(state, news, late=True),
        overdue=_items((t for t in open_ones if t.deadline_state is DeadlineState.OPEN_OVERDUE), last),
        due_on_closing_day=_items((t for t in open_ones if t.due == desk.when.day), last),
        due_soon=_items((t for t in open_ones if _soon(t, desk.when.day)), last),
        difficulties=_items(blocked, state.last_updates(blocked, "blocked")),
        next_week=_next_week(state, open_ones),
        proposals=tuple(_proposals(state)),
        silent_organisations=tuple(_silent(state, news)),
        stale=_items((t for t in open_ones if t.stale), last),
        deadline_changes=tuple(_deadline_changes(state)),
        plan_changes=tuple(_plan_changes(state)),
        provenance=_provenance(desk, root),
        with_notes=with_notes,
    )


def _state(desk: Desk, period: Period, tasks: list[Task]) -> _Week:
    zone = desk.plan.reporting.timezone
    after, until = end_of_day(add_days(period.first, -1), zone), end_of_day(period.last, zone)
    span = Span(period.first, desk.when.day, after, until)
    gone = withdrawn(history.withdrawals(desk.db), desk.when.known_at)
    return _Week(desk, period, next_week(period), span, tasks, gone)


def _passing(desk: Desk, wanted: Filter, tasks: Iterable[Task]) -> list[Task]:
    found = found_texts(desk, wanted)
    return [t for t in tasks if wanted.passes(t, found)]


def _change(
    desk: Desk, wanted: Filter, table: Progress, before: str, later: Sequence[Task]
) -> dict[str, Counts]:
    """Subtract the counts of the Sunday before, known by the same moment."""
    there = desk._replace(when=When(before, desk.when.known_at))
    clock = Clock.at(before, desk.plan.reporting)
    tasks = tasks_before(desk.db, desk.plan.id, there.when, clock, later)
    old = tabled(there, _passing(there, wanted, tasks), "area")
    counts = {row.key: row.counts for row in old.rows}
    change = {row.key or "": row.counts.minus(counts.get(row.key, Counts())) for row in table.rows}
    return {**change, "total": table.total.minus(old.total)}


def _results(week: _Week, news: dict[str, list[Update]], *, late: bool) -> tuple[Item, ...]:
    """Give the tasks with news, each with the last update that has a result (or the last), and the others."""
    items = []
    for task in week.tasks:
        mine = [u for u in news.get(task.uid, ()) if (u.on < week.period.first) == late]
        if mine:
            told = [u for u in mine if u.result] or mine
            others = tuple(u for u in reversed(mine) if u is not told[-1])
            items.append(Item(task, told[-1], others))
    return tuple(sorted(items, key=lambda i: (natural_key(i.task.heading), i.task.site, i.task.number)))


def _items(tasks: Iterable[Task], last: dict[str, Update]) -> tuple[Item, ...]:
    return tuple(Item(t, last.get(t.uid)) for t in tasks)


def _soon(task: Task, day: str) -> bool:
    """Due soon, but not on the closing day, which has a line of its own."""
    return task.deadline_state is DeadlineState.OPEN_DUE_SOON and task.due != day


def _next_week(week: _Week, open_ones: list[Task]) -> tuple[Item, ...]:
    """Give open work that goes on, has a next step, or starts or falls due in the week after."""
    first, last = week.after.first, week.after.last
    return tuple(
        i
        for i in _items(open_ones, week.last_updates(open_ones, "next_step"))
        if i.update is not None
        or i.task.status in (Status.IN_PROGRESS, Status.SUBMITTED)
        or any(day is not None and first <= day <= last for day in (i.task.start, i.task.due))
    )


def _proposals(week: _Week) -> Iterable[Proposal]:
    """Give what was proposed in the week, and what was before it and is not answered yet."""
    said = week.updates(Scope.of_proposals(week.desk.when.day, week.desk.when.known_at))
    for task in week.tasks:
        updates = said.get(task.uid, [])
        for i, update in enumerate(updates):
            if update.proposal is None:
                continue
            answered = next((u for u in updates[i:] if u.answered is not None), None)
            is_new = week.belongs(update.on, update.recorded_at)
            if is_new or answered is None:
                yield Proposal(task, update, is_new, answered)


def _silent(week: _Week, news: dict[str, list[Update]]) -> Iterable[Silence]:
    """Give the organisations that lead open tasks and said nothing of what they lead in the week."""
    led: dict[str, list[Task]] = {}
    spoke = {org for t in week.tasks if t.uid in news for org in t.lead}
    for task in week.tasks:
        for org in task.lead:
            led.setdefault(org, []).append(task)
    names = week.desk.names
    for org in sorted(led, key=lambda o: vi_key(names.party_label(o, "vi"))):
        open_ones = tuple(t for t in led[org] if t.is_open)
        if open_ones and org not in spoke and org in names.organisations:
            last = max((t.updated_on for t in led[org] if t.updated_on), default=None)
            yield Silence(names.organisations[org], open_ones, last)


def _deadline_changes(week: _Week) -> Iterable[DeadlineChange]:
    """Give what was extended from a day of the week, or recorded in it; the first due day is no change."""
    chains = _changed_deadlines(week)
    for task in week.tasks:
        chain = chains.get(task.uid, [])
        extensions = [d for d in chain if d.on is not None and d.on <= week.desk.when.day]
        nth = 0
        for d in sorted(extensions, key=deadline_order):
            before = deadline_on([x for x in chain if deadline_order(x) < deadline_order(d)], d.on or "").due
            kind = _kind(before, d.due)
            nth += kind == "extension"
            carried = (d.on or "") < task.opened_on  # with the task, from an earlier plan
            if before != d.due and not carried and week.belongs(d.on, d.recorded_at):
                yield DeadlineChange(
                    task, kind, nth if kind == "extension" else 0, before, d.due, d.on, d.reason
                )
        corrections = sorted((d for d in chain if d.on is None), key=deadline_order)
        for before_it, d in pairwise(corrections):
            if before_it.due != d.due and week.belongs(None, d.recorded_at):
                yield DeadlineChange(task, "correction", 0, before_it.due, d.due, None, d.reason)


def _kind(old: str | None, new: str | None) -> str:
    """Say what became of a deadline from a day on: an extension is to a later day."""
    if old is None:
        return "setting"
    if new is None:
        return "lifting"
    return "extension" if new > old else "shortening"


def _changed_deadlines(week: _Week) -> dict[str, list[Deadline]]:
    """Give all deadlines of the tasks of which one is news of the week."""
    scope = Scope.of_deadline_news(week.span, week.desk.when.known_at)
    chains: dict[str, list[Deadline]] = {}
    for deadline in history.deadlines_in(week.desk.db, scope):
        if deadline.command not in week.gone:
            chains.setdefault(deadline.task, []).append(deadline)
    return chains


def _plan_changes(week: _Week) -> Iterable[PlanChange]:
    for r in reversed(plans.revisions(week.desk.db, week.desk.plan.id, week.desk.when.known_at)):
        if r.revision > 1 and week.recorded_in(r.recorded_at):
            yield PlanChange(r.revision, r.recorded_at, r.author, r.git_commit, r.sha256, r.dirty)


def _provenance(desk: Desk, root: Path | None) -> Provenance:
    known = plans.revisions(desk.db, desk.plan.id, desk.when.known_at)
    r = (known or plans.revisions(desk.db, desk.plan.id)[-1:])[0]
    newer = newer_file(desk, root) if root else None
    return Provenance(r.revision, r.git_commit, r.dirty, r.sha256, __version__, newer)
