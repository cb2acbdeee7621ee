"""The tasks and the news of a period, and the sections that a summary makes of them.

A week and a month differ in their days only: everything is read once, into `SummaryData`; `digest` makes the
sections for some of its tasks, so that a summary for each organisation costs no more reading.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

from plantrack import __version__
from plantrack.model.counting import Counts
from plantrack.model.days import Period, add_days
from plantrack.model.filters import Filter
from plantrack.model.grouping import grouped
from plantrack.model.history import Deadline, Update, answer_to, deadline_on, fact_order
from plantrack.model.moments import end_of_day
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.plan_diff import differences
from plantrack.model.status import DeadlineState, Status
from plantrack.model.task import Task
from plantrack.model.text import natural_key
from plantrack.model.views.header import ViewHeader
from plantrack.model.views.progress import Progress
from plantrack.model.views.weekly import (
    DeadlineChange,
    PlanChange,
    Proposal,
    Provenance,
    Silence,
    SummaryItem,
    Weekly,
)
from plantrack.services.context import Context
from plantrack.services.plan_files import newer_file
from plantrack.services.progress_table import tabled
from plantrack.services.task_query import (
    heading_with_unfinished,
    matching,
    read_filter,
    tasks_with_deadline_states,
)
from plantrack.store import facts, plans
from plantrack.store.scope import NewsPeriod, Scope
from plantrack.store.tasks import tasks_before

Updates = dict[str, list[Update]]
_Fact = TypeVar("_Fact", Update, Deadline)


class SummaryData(NamedTuple):
    """A period with all that was read of it: its tasks that pass the filter, and their facts by uid."""

    context: Context
    heading: ViewHeader
    period: Period
    after: Period
    wanted: Filter
    span: NewsPeriod
    #: As they stood at its end, in the order of `matching`, and on the day before it, known by the same moment.
    tasks: list[Task]
    before: list[Task]
    #: All tasks at its end, whatever the filter.
    there: list[Task]
    news: Updates
    #: Updates that propose or answer something.
    said: Updates
    #: All deadlines of the tasks of which one changed.
    chains: dict[str, list[Deadline]]
    #: The last update of open tasks: any, one with an obstacle, one with a next step.
    last: dict[str, Update]
    last_blocked: dict[str, Update]
    last_next: dict[str, Update]
    #: Revisions of the plan that were applied in it.
    plan_changes: tuple[PlanChange, ...]


def read_period(
    context: Context, args: Sequence[str], period: Period, after: Period, *, every_update: bool = True
) -> SummaryData:
    """Read a period as it stood at its end, or on the as-of day inside it.

    With `every_update` all that was told in it is read; else the last result of each task, and what was
    recorded late: of a year that is a tenth.
    """
    context = context.on(min(period.last, context.when.day))
    wanted = read_filter(context, args)
    there = tasks_with_deadline_states(context)
    tasks = matching(context, wanted, there)
    span = _span(context, period)
    open_ones = [t.uid for t in tasks if t.is_open]
    blocked = [t.uid for t in tasks if t.is_blocked]
    known = context.when.known_at
    return SummaryData(
        context=context,
        heading=heading_with_unfinished(context, period.last),
        period=period,
        after=after,
        wanted=wanted,
        span=span,
        tasks=tasks,
        before=_before(context, wanted, add_days(period.first, -1), there),
        there=there,
        news=_news(context, span, every_update=every_update),
        said=_updates(context, Scope.of_proposals(context.when.day, known)),
        chains=_deadlines(context, Scope.of_deadline_news(span, known)),
        last=last_updates(context, open_ones),
        last_blocked=last_updates(context, blocked, "blocked"),
        last_next=last_updates(context, open_ones, "next_step"),
        plan_changes=tuple(_plan_changes(context, span)),
    )


def _span(context: Context, period: Period) -> NewsPeriod:
    zone = context.plan.reporting.timezone
    after, until = end_of_day(add_days(period.first, -1), zone), end_of_day(period.last, zone)
    return NewsPeriod(period.first, context.when.day, after, until)


def _before(context: Context, wanted: Filter, day: str, later: Sequence[Task]) -> list[Task]:
    """Return the tasks as they stood on an earlier day, as known at the same moment."""
    there = context.on(day)
    return matching(there, wanted, tasks_before(there.db, there.plan.id, there.when, there.cutoffs, later))


def _updates(context: Context, scope: Scope) -> Updates:
    return _counting(context, facts.updates_in(context.db, scope))


def _deadlines(context: Context, scope: Scope) -> dict[str, list[Deadline]]:
    return _counting(context, facts.deadlines_in(context.db, scope))


def _counting(context: Context, found: Iterable[_Fact]) -> dict[str, list[_Fact]]:
    """Return the facts that were not taken back, by task, in order."""
    withdrawn = context.withdrawn
    return grouped((fact.task, fact) for fact in found if fact.command not in withdrawn)


def _news(context: Context, span: NewsPeriod, *, every_update: bool) -> Updates:
    """Return every update, or those recorded late and the last result of each other task (or its last update)."""
    known = context.when.known_at
    if every_update:
        return _updates(context, Scope.of_news(span, known))
    news = _updates(context, Scope.of_late_news(span, known))
    spoken = facts.spoken_of(context.db, context.plan.id, span, known)
    results = last_updates(context, spoken, "result")
    results = {uid: update for uid, update in results.items() if update.on >= span.first}
    rest = last_updates(context, [uid for uid in spoken if uid not in results])
    for uid, update in (results | rest).items():
        news.setdefault(uid, []).append(update)
    return news


def last_updates(context: Context, uids: Sequence[str], saying: facts.Saying = "uid") -> dict[str, Update]:
    """Return the last update of each task that has a value in a field."""
    return facts.last_updates(context.db, uids, saying, context.when.day, context.when.known_at)


Keep = Callable[[Task], bool]


def digest(
    data: SummaryData, keep: Keep | None = None, *, with_notes: bool = False, root: Path | None = None
) -> Weekly:
    """Make the summary of a period, or of those of its tasks that are to be kept.

    With the folder `root` of the workspace it says whether the plan's file is newer than what was applied.
    """
    context, period, after = data.context, data.period, data.after
    tasks = [t for t in data.tasks if keep is None or keep(t)]
    before = [t for t in data.before if keep is None or keep(t)]
    table = tabled(context, data.heading, tasks, "area", data.wanted)
    open_ones = [t for t in tasks if t.is_open]
    return Weekly(
        heading=data.heading,
        period=period.name,
        first_day=period.first,
        last_day=period.last,
        next_first=after.first,
        next_last=after.last,
        progress=table,
        change=_change(context, table, add_days(period.first, -1), before),
        results=_results(data, tasks, late=False),
        late_updates=_results(data, tasks, late=True),
        overdue=_items((t for t in open_ones if t.deadline_state is DeadlineState.OPEN_OVERDUE), data.last),
        due_on_closing_day=_items((t for t in open_ones if t.due == context.when.day), data.last),
        due_soon=_items((t for t in open_ones if _soon(t, context.when.day)), data.last),
        difficulties=_items((t for t in open_ones if t.is_blocked), data.last_blocked),
        next_week=_next_steps(data, open_ones),
        proposals=tuple(_proposals(data, tasks)),
        silent_organisations=tuple(_silent(data, tasks)),
        stale=_items((t for t in open_ones if t.stale), data.last),
        deadline_changes=tuple(_deadline_changes(data, tasks)),
        plan_changes=data.plan_changes,
        provenance=_provenance(context, root),
        with_notes=with_notes,
    )


def _change(context: Context, table: Progress, day: str, before: Sequence[Task]) -> dict[str, Counts]:
    """Subtract the counts of the day before the first."""
    old = tabled(context.on(day), table.heading, before, "area")
    counts = {row.key: row.counts for row in old.rows}
    change = {row.key or "": row.counts.minus(counts.get(row.key, Counts())) for row in table.rows}
    return {**change, "total": table.total.minus(old.total)}


def _results(data: SummaryData, tasks: Iterable[Task], *, late: bool) -> tuple[SummaryItem, ...]:
    """Return the tasks with news, each with the last update that has a result (or the last), and the others."""
    items = []
    for task in tasks:
        mine = [u for u in data.news.get(task.uid, ()) if (u.on < data.period.first) == late]
        if mine:
            told = [u for u in mine if u.result] or mine
            others = tuple(u for u in reversed(mine) if u is not told[-1])
            items.append(SummaryItem(task, told[-1], others))
    places = {code: natural_key(code) for code in {item.task.heading for item in items}}
    return tuple(sorted(items, key=lambda i: (places[i.task.heading], i.task.site, i.task.number)))


def _items(tasks: Iterable[Task], last: dict[str, Update]) -> tuple[SummaryItem, ...]:
    return tuple(SummaryItem(t, last.get(t.uid)) for t in tasks)


def _soon(task: Task, day: str) -> bool:
    """Due soon, but not on the closing day, which has a line of its own."""
    return task.deadline_state is DeadlineState.OPEN_DUE_SOON and task.due != day


def _next_steps(data: SummaryData, open_ones: list[Task]) -> tuple[SummaryItem, ...]:
    """Return open work that goes on, has a next step, or starts or falls due in the period after."""
    return tuple(
        i
        for i in _items(open_ones, data.last_next)
        if i.update is not None
        or i.task.status in (Status.IN_PROGRESS, Status.SUBMITTED)
        or data.after.holds(i.task.start)
        or data.after.holds(i.task.due)
    )


def _proposals(data: SummaryData, tasks: Iterable[Task]) -> Iterable[Proposal]:
    """Yield what was proposed in it, and what was before it and is not answered yet."""
    for task in tasks:
        updates = data.said.get(task.uid, [])
        for i, update in enumerate(updates):
            if update.proposal is None:
                continue
            answered = answer_to(updates, i)
            is_new = data.span.has(update.on, update.recorded_at)
            if is_new or answered is None:
                yield Proposal(task, update, is_new, answered)


def _silent(data: SummaryData, tasks: Iterable[Task]) -> Iterable[Silence]:
    """Yield the organisations that lead open tasks and said nothing of what they lead."""
    led = grouped((org, task) for task in tasks for org in task.lead)
    # Of whatever tasks it spoke, a filter makes nobody silent.
    spoke = {org for t in data.there if t.uid in data.news for org in t.lead}
    names = data.context.names
    for org in names.in_order(led):
        open_ones = tuple(t for t in led[org] if t.is_open)
        if open_ones and org not in spoke and org in names.organisations:
            own = (t for t in data.there if org in t.lead)
            last = max((day for t in own if (day := _spoken_on(t))), default=None)
            yield Silence(names.organisations[org], open_ones, last)


def _spoken_on(task: Task) -> str | None:
    """Return the day of the last update of a task; what a carry-over wrote does not count."""
    if task.status is Status.CARRIED_OVER or (task.carried_from and task.updated_on == task.opened_on):
        return None
    return task.updated_on


def _deadline_changes(data: SummaryData, tasks: Iterable[Task]) -> Iterable[DeadlineChange]:
    """Yield what was extended from a day in it, or recorded in it; the first due day is no change."""
    for task in tasks:
        chain = data.chains.get(task.uid, [])
        for change in extensions(task, chain, data.context.when.day):
            carried = (change.on or "") < task.opened_on  # with the task, from an earlier plan
            if not carried and data.span.has(change.on, change.recorded):
                yield change
        corrections = sorted((d for d in chain if d.on is None), key=fact_order)
        for before, d in pairwise(corrections):
            if before.due != d.due and data.span.has(None, d.recorded_at):
                yield DeadlineChange(task, "correction", 0, before.due, d.due, None, d.reason, d.recorded_at)


def extensions(task: Task, chain: Sequence[Deadline], day: str) -> Iterable[DeadlineChange]:
    """Yield every change of a deadline from a day on, up to `day`; an extension is to a later day, and counted."""
    nth = 0
    for d in sorted((d for d in chain if d.on is not None and d.on <= day), key=fact_order):
        before = deadline_on([x for x in chain if fact_order(x) < fact_order(d)], d.on or "").due
        kind = _kind(before, d.due)
        nth += kind == "extension"
        if before != d.due:
            number = nth if kind == "extension" else 0
            yield DeadlineChange(task, kind, number, before, d.due, d.on, d.reason, d.recorded_at)


def extended(context: Context, tasks: Iterable[Task]) -> dict[str, int]:
    """Count the extensions of each task that has any, up to the as-of day."""
    chains = _deadlines(context, Scope.of_extended(context.plan.id, context.when.known_at))
    counted = {
        t.uid: max((c.nth for c in extensions(t, chains[t.uid], context.when.day)), default=0)
        for t in tasks
        if t.uid in chains
    }
    return {uid: n for uid, n in counted.items() if n}


def _kind(old: str | None, new: str | None) -> str:
    """Return the kind of a change of a deadline: an extension is to a later day."""
    if old is None:
        return "setting"
    if new is None:
        return "lifting"
    return "extension" if new > old else "shortening"


def _plan_changes(context: Context, span: NewsPeriod) -> Iterable[PlanChange]:
    """Yield the revisions that were applied in a period and changed the plan, each with what it changed."""
    for r in reversed(plans.revisions(context.db, context.plan.id, context.when.known_at)):
        if r.revision > 1 and span.covers(r.recorded_at):
            old, new = (plans.load_revision(context.db, r.plan, n) for n in (r.revision - 1, r.revision))
            if parts := differences(old, new):
                yield PlanChange(
                    r.revision, r.recorded_at, r.author, r.git_commit, r.sha256, r.dirty, parts, old, new
                )


def _provenance(context: Context, root: Path | None) -> Provenance:
    known = plans.revisions(context.db, context.plan.id, context.when.known_at)
    r = (known or plans.revisions(context.db, context.plan.id)[-1:])[0]
    newer = newer_file(context, root) if root else None
    return Provenance(r.revision, r.git_commit, r.dirty, r.sha256, __version__, newer)
