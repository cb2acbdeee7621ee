"""The tasks and the news of a period, and the sections that a summary makes of them.

A week and a month differ in their days only. A section is a question to the store; `digest` asks those of some
of the period's tasks, so that a summary for each organisation is asked the same.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from plantrack import __version__
from plantrack.model.counting import Counts
from plantrack.model.days import Period, add_days
from plantrack.model.filters import Filter
from plantrack.model.grouping import chunks, grouped
from plantrack.model.history import Deadline, Update, answer_to, deadline_on, fact_order
from plantrack.model.moments import end_of_day
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.plan_diff import differences
from plantrack.model.task import Task
from plantrack.model.text import natural_key
from plantrack.model.views.header import ViewHeader
from plantrack.model.views.progress import Progress
from plantrack.model.views.rows import Rows, made_by_chunks
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
from plantrack.services.plan_milestones import passing_milestones
from plantrack.services.progress_table import tabled
from plantrack.services.task_query import heading_with_unfinished, matching, read_filter, sought
from plantrack.store import facts, plans
from plantrack.store.checks.quick_look import quick_look
from plantrack.store.connection import Asked
from plantrack.store.questions import task_news
from plantrack.store.questions.task_counts import LEAD, of_key, tallies
from plantrack.store.questions.task_source import OPEN, TaskRows, TaskSource
from plantrack.store.scope import NewsPeriod, Saying, Scope
from plantrack.store.sealing.history_check import head_of


class SummaryData(NamedTuple):
    """A period, and the tasks that a summary is of."""

    context: Context
    heading: ViewHeader
    period: Period
    after: Period
    wanted: Filter
    span: NewsPeriod
    #: The tasks that pass the filter as they stood at its end, and on the day before it, known by the same moment.
    tasks: TaskSource
    before: TaskSource
    #: Whether all that was told in it is of interest, or the last result of each task and what was recorded late.
    every_update: bool
    #: Revisions of the plan that were applied in it.
    plan_changes: tuple[PlanChange, ...]

    def narrowed(self, narrow: Callable[[TaskSource], TaskSource]) -> "SummaryData":
        """Return the same of some of the tasks."""
        return self._replace(tasks=narrow(self.tasks), before=narrow(self.before))


def read_period(
    context: Context, args: Sequence[str], period: Period, after: Period, *, every_update: bool = True
) -> SummaryData:
    """Read a period as it stood at its end, or on the as-of day inside it.

    Raises: those of `read_filter`.
    """
    context = context.on(min(period.last, context.when.day))
    wanted, span = read_filter(context, args), _span(context, period)
    texts = sought(context, wanted) if wanted.texts else None
    return SummaryData(
        context=context,
        heading=heading_with_unfinished(context, period.last)._replace(faults=tuple(quick_look(context.db))),
        period=period,
        after=after,
        wanted=wanted,
        span=span,
        tasks=matching(context, wanted, texts),
        before=matching(context.on(add_days(period.first, -1)), wanted, texts),
        every_update=every_update,
        plan_changes=tuple(_plan_changes(context, span)),
    )


def _span(context: Context, period: Period) -> NewsPeriod:
    zone = context.plan.reporting.timezone
    after, until = end_of_day(add_days(period.first, -1), zone), end_of_day(period.last, zone)
    return NewsPeriod(period.first, context.when.day, after, until)


def last_updates(context: Context, uids: Sequence[str], saying: Saying = "uid") -> dict[str, Update]:
    """Return the last update of each task that has a value in a field."""
    return facts.last_updates(context.db, uids, saying, context.when.day)


def digest(data: SummaryData, *, with_notes: bool = False, root: Path | None = None) -> Weekly:
    """Make the summary of a period.

    With the folder `root` of the workspace it says whether the plan's file is newer than what was applied.
    """
    context, period, after = data.context, data.period, data.after
    table = tabled(context, data.heading, data.tasks, "area", data.wanted)
    return Weekly(
        heading=data.heading,
        period=period.name,
        first_day=period.first,
        last_day=period.last,
        next_first=after.first,
        next_last=after.last,
        progress=table,
        change=_change(context, table, add_days(period.first, -1), data.before),
        results=results_of(data, task_news.spoken_of(data.tasks, data.span)),
        late_updates=results_of(data, task_news.told_late(data.tasks, data.span), late=True),
        overdue=open_with_last_words(context, task_news.overdue(data.tasks)),
        due_on_closing_day=open_with_last_words(context, task_news.due_today(data.tasks)),
        due_soon=open_with_last_words(context, task_news.due_soon(data.tasks)),
        difficulties=open_with_last_words(context, task_news.blocked(data.tasks), "blocked"),
        next_week=open_with_last_words(context, task_news.going_on(data.tasks, after), "next_step"),
        proposals=tuple(_proposals(data)),
        silent_organisations=tuple(_silent(data)),
        stale=open_with_last_words(context, task_news.stale(data.tasks)),
        deadline_changes=tuple(_deadline_changes(data)),
        plan_changes=data.plan_changes,
        provenance=_provenance(context, root),
        with_notes=with_notes,
        milestones=tuple(
            m for m in passing_milestones(context.plan, data.wanted) if period.first <= m.day <= after.last
        ),
    )


def _change(context: Context, table: Progress, day: str, before: TaskSource) -> dict[str, Counts]:
    """Subtract the counts of the day before the first."""
    old = tabled(context.on(day), table.heading, before, "area")
    counts = {row.key: row.counts for row in old.rows}
    change = {row.key or "": row.counts.minus(counts.get(row.key, Counts())) for row in table.rows}
    return {**change, "total": table.total.minus(old.total)}


def results_of(data: SummaryData, tasks: TaskSource, *, late: bool = False) -> Rows[SummaryItem]:
    """Return tasks with news, each with the last update that has a result (or the last), and the others."""
    rows = TaskRows(tasks, lambda: _ask_by_place(tasks))
    return made_by_chunks(rows, lambda some: news_of(data, some, late=late))


def _ask_by_place(tasks: TaskSource) -> Asked[list[str]]:
    """Ask for the uids of tasks in the order of their activities, or areas, and labels."""
    asked = task_news.ask_places(tasks)

    def read() -> list[str]:
        found = asked()
        places = {code: natural_key(code) for code in {row[1] for row in found}}
        return [row[0] for row in sorted(found, key=lambda row: (places[row[1]], row[2], row[3]))]

    return read


def news_of(data: SummaryData, tasks: Sequence[Task], *, late: bool) -> Iterator[SummaryItem]:
    """Yield each of some tasks with its news of the period's days, or (`late`) of earlier ones; without any, alone."""
    news = _news(data, [task.uid for task in tasks], late=late)
    for task in tasks:
        mine = news.get(task.uid, [])
        told = ([u for u in mine if u.result] or mine)[-1:]
        others = tuple(u for u in reversed(mine) if u not in told)
        yield SummaryItem(task, told[0] if told else None, others)


def _news(data: SummaryData, uids: Sequence[str], *, late: bool) -> dict[str, list[Update]]:
    """Return the news of tasks: every update, or of each its last result, else its last update."""
    context, span, every = data.context, data.span, late or data.every_update
    results = {} if every else last_updates(context, uids, "result")
    results = {uid: update for uid, update in results.items() if update.on >= span.first}
    scope = Scope.of_late_news(span) if late else Scope.of_spoken(span)
    rest = scope.among_tasks([uid for uid in uids if uid not in results]).standing()
    found = grouped((update.task, update) for update in facts.updates_in(context.db, rest))
    if not every:
        found = {uid: news[-1:] for uid, news in found.items()}
    return found | {uid: [update] for uid, update in results.items()}


def open_with_last_words(context: Context, tasks: TaskSource, saying: Saying = "uid") -> Rows[SummaryItem]:
    """Return tasks by due day, open ones with the last update that says something of a kind."""

    def items(some: Sequence[Task]) -> Iterator[SummaryItem]:
        last = last_updates(context, [task.uid for task in some if task.is_open], saying)
        return (SummaryItem._make((task, last.get(task.uid), ())) for task in some)

    return made_by_chunks(tasks.rows(), items)


def _proposals(data: SummaryData) -> Iterator[Proposal]:
    """Yield what was proposed in it, and what was before it and is not answered yet."""
    scope = Scope.of_proposals(data.context.when.day)
    for some in task_news.with_proposals(data.tasks).rows().chunks():
        found = facts.updates_in(data.context.db, scope.among_tasks([task.uid for task in some]).standing())
        said = grouped((update.task, update) for update in found)
        for task in some:
            yield from _proposed(data, task, said.get(task.uid, []))


def _proposed(data: SummaryData, task: Task, updates: Sequence[Update]) -> Iterator[Proposal]:
    for i, update in enumerate(updates):
        if update.proposal is None:
            continue
        answered = answer_to(updates, i)
        is_new = data.span.has(update.on, update.recorded_at)
        if is_new or answered is None:
            yield Proposal(task, update, is_new, answered)


def _silent(data: SummaryData) -> Iterator[Silence]:
    """Yield the organisations that lead open tasks and said nothing of what they lead."""
    names, every = data.context.names, data.context.tasks
    open_ones = data.tasks.where(OPEN)
    led = tallies(open_ones, LEAD)
    # Of whatever tasks it spoke, a filter makes nobody silent.
    spoke = tallies(task_news.with_news(every, data.span), LEAD)
    for org in names.in_order(org for org in led if org is not None):
        if org not in spoke and org in names.organisations:
            last = task_news.last_spoken(of_key(every, LEAD, org))
            yield Silence(names.organisations[org], of_key(open_ones, LEAD, org).rows(), last)


def _deadline_changes(data: SummaryData) -> Iterator[DeadlineChange]:
    """Yield what was extended from a day in it, or recorded in it; the first due day is no change."""
    for some in task_news.with_deadline_news(data.tasks, data.span).rows().chunks():
        chains = _chains(data.context, [task.uid for task in some])
        for task in some:
            yield from _changes_of(data, task, chains.get(task.uid, []))


def _changes_of(data: SummaryData, task: Task, chain: Sequence[Deadline]) -> Iterator[DeadlineChange]:
    for change in extensions(task, chain, data.context.when.day):
        carried = (change.on or "") < task.opened_on  # with the task, from an earlier plan
        if not carried and data.span.has(change.on, change.recorded):
            yield change
    corrections = sorted((d for d in chain if d.on is None), key=fact_order)
    for before, d in pairwise(corrections):
        if before.due != d.due and data.span.has(None, d.recorded_at):
            yield DeadlineChange(task, "correction", 0, before.due, d.due, None, d.reason, d.recorded_at)


def _chains(context: Context, uids: Sequence[str]) -> dict[str, list[Deadline]]:
    """Return all deadlines of some tasks that were not taken back."""
    found = facts.deadlines_in(context.db, Scope.of(uids).standing())
    return grouped((deadline.task, deadline) for deadline in found)


def extensions(task: Task, chain: Sequence[Deadline], day: str) -> Iterator[DeadlineChange]:
    """Yield every change of a deadline from a day on, up to `day`; an extension is to a later day, and counted."""
    nth = 0
    for before, d in _moves(chain, day):
        kind = _kind(before, d.due)
        nth += kind == "extension"
        number = nth if kind == "extension" else 0
        yield DeadlineChange(task, kind, number, before, d.due, d.on, d.reason, d.recorded_at)


def count_extensions(chain: Sequence[Deadline], day: str) -> int:
    """Count how often a deadline was moved to a later day, up to `day`."""
    return sum(_kind(before, d.due) == "extension" for before, d in _moves(chain, day))


def _moves(chain: Sequence[Deadline], day: str) -> Iterator[tuple[str | None, Deadline]]:
    """Yield what moved a deadline from a day on, up to `day`, each after the due day before it."""
    for d in sorted((d for d in chain if d.on is not None and d.on <= day), key=fact_order):
        before = deadline_on([x for x in chain if fact_order(x) < fact_order(d)], d.on or "").due
        if before != d.due:
            yield before, d


def extended(context: Context, uids: Sequence[str]) -> dict[str, int]:
    """Count the extensions of each of some tasks that has any, up to the as-of day."""
    chains = (pair for some in chunks(uids) for pair in _chains(context, some).items())
    counted = {uid: count_extensions(chain, context.when.day) for uid, chain in chains}
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
    seal = head_of(context.db, context.when.known_at)
    return Provenance(r.revision, r.git_commit, r.dirty, r.sha256, __version__, seal, newer)
