"""The tasks and the news of a period, and the sections that a summary makes of them.

A week and a month differ in their days only. A section is a question to the store; `digest` asks those of some
of the period's tasks, so that a summary for each organisation is asked the same.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

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
from plantrack.services.progress_table import ask_tabled
from plantrack.services.task_query import heading_to_pass_on, matching, read_filter, sought
from plantrack.store import commands, facts, plans
from plantrack.store.connection import Asked
from plantrack.store.questions import task_news
from plantrack.store.questions.task_counts import LEAD, ask_tallies, of_key
from plantrack.store.questions.task_source import OPEN, ReadRows, TaskSource, ask_together
from plantrack.store.scope import NewsPeriod, Saying, Scope
from plantrack.store.sealing.history_check import ask_head

Fact = TypeVar("Fact")


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
        heading=heading_to_pass_on(context, period.last),
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
    arrivals = commands.arrivals_since(context.db, after)
    return NewsPeriod(period.first, context.when.day, after, until, arrivals)


def last_updates(context: Context, uids: Sequence[str], saying: Saying = "uid") -> dict[str, Update]:
    """Return what `ask_last_updates` asks."""
    return ask_last_updates(context, uids, saying)()


def ask_last_updates(
    context: Context, uids: Sequence[str], saying: Saying = "uid"
) -> Asked[dict[str, Update]]:
    """Ask for the last update of each task that has a value in a field."""
    return facts.ask_last_updates(context.db, uids, saying, context.when.day)


def digest(
    data: SummaryData, *, with_notes: bool = False, root: Path | None = None, is_part: bool = False
) -> Weekly:
    """Make the summary of a period.

    With the folder `root` of the workspace it says whether the plan's file is newer than what was applied. `is_part`:
    of many, so that none is held before it is read.
    """
    context, period, after = data.context, data.period, data.after
    table_asked = ask_tabled(context, data.heading, data.tasks, "area", data.wanted)
    old_asked = ask_tabled(context.on(add_days(period.first, -1)), data.heading, data.before, "area")
    provenance, silent = _ask_provenance(context, root), _ask_silent(data)
    moved, proposing = _moved(data), _proposing(data)
    sections = _sections(data)
    ask_together(context.db, [moved, proposing, *([] if is_part else sections.values())])
    table = table_asked()
    return Weekly(
        heading=data.heading,
        period=period.name,
        first_day=period.first,
        last_day=period.last,
        next_first=after.first,
        next_last=after.last,
        progress=table,
        change=_change(table, old_asked()),
        results=sections["results"],
        late_updates=sections["late_updates"],
        overdue=sections["overdue"],
        due_on_closing_day=sections["due_on_closing_day"],
        due_soon=sections["due_soon"],
        difficulties=sections["difficulties"],
        next_week=sections["next_week"],
        stale=sections["stale"],
        proposals=tuple(proposal for pair in proposing for proposal in _proposed(data, *pair)),
        silent_organisations=silent(),
        deadline_changes=tuple(change for pair in moved for change in _changes_of(data, *pair)),
        plan_changes=data.plan_changes,
        provenance=provenance(),
        with_notes=with_notes,
        milestones=tuple(
            m for m in passing_milestones(context.plan, data.wanted) if period.first <= m.day <= after.last
        ),
    )


def _sections(data: SummaryData) -> dict[str, ReadRows[SummaryItem]]:
    """Return the tasks of each section, to be read when they are needed."""
    context, tasks = data.context, data.tasks
    return {
        "results": results_of(data, task_news.spoken_of(tasks, data.span)),
        "late_updates": results_of(data, task_news.told_late(tasks, data.span), late=True),
        "overdue": open_with_last_words(context, task_news.overdue(tasks)),
        "due_on_closing_day": open_with_last_words(context, task_news.due_today(tasks)),
        "due_soon": open_with_last_words(context, task_news.due_soon(tasks)),
        "difficulties": open_with_last_words(context, task_news.blocked(tasks), "blocked"),
        "next_week": open_with_last_words(context, task_news.going_on(tasks, data.after), "next_step"),
        "stale": open_with_last_words(context, task_news.stale(tasks)),
    }


def _change(table: Progress, old: Progress) -> dict[str, Counts]:
    """Subtract the counts of the day before the first."""
    counts = {row.key: row.counts for row in old.rows}
    change = {row.key or "": row.counts.minus(counts.get(row.key, Counts())) for row in table.rows}
    return {**change, "total": table.total.minus(old.total)}


def results_of(data: SummaryData, tasks: TaskSource, *, late: bool = False) -> ReadRows[SummaryItem]:
    """Return tasks with news, each with the last update that has a result (or the last), and the others."""

    def ask(uids: Sequence[str]) -> Asked[list[SummaryItem]]:
        found, news = tasks.ask_read(uids), ask_news(data, uids, late=late)
        return lambda: with_news(found(), news())

    return ReadRows(lambda: _ask_by_place(tasks), ask)


def _ask_by_place(tasks: TaskSource) -> Asked[list[str]]:
    """Ask for the uids of tasks in the order of their activities, or areas, and labels."""
    asked = task_news.ask_places(tasks)

    def read() -> list[str]:
        found = asked()
        places = {code: natural_key(code) for code in {row[1] for row in found}}
        return [row[0] for row in sorted(found, key=lambda row: (places[row[1]], row[2], row[3]))]

    return read


def with_news(tasks: Sequence[Task], news: Mapping[str, Sequence[Update]]) -> list[SummaryItem]:
    """Return each of some tasks with its news; without any, alone."""
    items = []
    for task in tasks:
        mine = news.get(task.uid, [])
        told = ([u for u in mine if u.result] or mine)[-1:]
        others = tuple(u for u in reversed(mine) if u not in told)
        items.append(SummaryItem(task, told[0] if told else None, others))
    return items


def ask_news(data: SummaryData, uids: Sequence[str], *, late: bool) -> Asked[dict[str, list[Update]]]:
    """Ask for the news of tasks of the period's days, or (`late`) of earlier ones.

    Every update, or of each task its last result, else its last update.
    """
    db, span = data.context.db, data.span
    scope = Scope.of_late_news(span) if late else Scope.of_spoken(span)
    if late or data.every_update:
        every = facts.ask_updates(db, scope.among_tasks(uids).standing())
        return lambda: grouped((update.task, update) for update in every())
    last = facts.ask_last_updates(db, uids, "result", data.context.when.day)

    def read() -> dict[str, list[Update]]:
        results = {uid: [update] for uid, update in last().items() if update.on >= span.first}
        rest = scope.among_tasks([uid for uid in uids if uid not in results]).standing()
        found = grouped((update.task, update) for update in facts.updates_in(db, rest))
        return {uid: news[-1:] for uid, news in found.items()} | results

    return read


def open_with_last_words(
    context: Context, tasks: TaskSource, saying: Saying = "uid"
) -> ReadRows[SummaryItem]:
    """Return tasks by due day, open ones with the last update that says something of a kind."""

    def ask(uids: Sequence[str]) -> Asked[list[SummaryItem]]:
        found = tasks.ask_read(uids)
        words = facts.ask_last_updates(context.db, uids, saying, context.when.day)

        def read() -> list[SummaryItem]:
            last = words()
            return [SummaryItem(task, last.get(task.uid) if task.is_open else None, ()) for task in found()]

        return read

    return tasks.rows().made(ask)


def _proposing(data: SummaryData) -> ReadRows[tuple[Task, list[Update]]]:
    """Return the tasks of which something was proposed, or answered, each with the updates that did."""
    tasks, scope = task_news.with_proposals(data.tasks), Scope.of_proposals(data.context.when.day)

    def ask(uids: Sequence[str]) -> Asked[list[tuple[Task, list[Update]]]]:
        found = tasks.ask_read(uids)
        said = facts.ask_updates(data.context.db, scope.among_tasks(uids).standing())
        return lambda: _with_own(found(), grouped((update.task, update) for update in said()))

    return tasks.rows().made(ask)


def _with_own(tasks: Sequence[Task], facts: Mapping[str, list[Fact]]) -> list[tuple[Task, list[Fact]]]:
    return [(task, facts.get(task.uid, [])) for task in tasks]


def _proposed(data: SummaryData, task: Task, updates: Sequence[Update]) -> Iterator[Proposal]:
    """Yield what was proposed in it, and what was before it and is not answered yet."""
    for i, update in enumerate(updates):
        if update.proposal is None:
            continue
        answered = answer_to(updates, i)
        is_new = data.span.has(update.on, update.command, update.recorded_at)
        if is_new or answered is None:
            yield Proposal(task, update, is_new, answered)


def _ask_silent(data: SummaryData) -> Asked[tuple[Silence, ...]]:
    """Ask for the organisations that lead open tasks and said nothing of what they lead."""
    names, every = data.context.names, data.context.tasks
    open_ones = data.tasks.where(OPEN)
    led_asked = ask_tallies(open_ones, LEAD)
    # Of whatever tasks it spoke, a filter makes nobody silent.
    spoke_asked = ask_tallies(task_news.with_news(every, data.span), LEAD)

    def read() -> tuple[Silence, ...]:
        led, spoke = led_asked(), spoke_asked()
        ids = [
            org
            for org in names.in_order(org for org in led if org is not None)
            if org not in spoke and org in names.organisations
        ]
        last = [task_news.ask_last_spoken(of_key(every, LEAD, org)) for org in ids]
        theirs = [of_key(open_ones, LEAD, org).rows() for org in ids]
        ask_together(data.context.db, theirs)
        said = zip(ids, theirs, last, strict=True)
        return tuple(Silence(names.organisations[org], rows, asked()) for org, rows, asked in said)

    return read


def _moved(data: SummaryData) -> ReadRows[tuple[Task, list[Deadline]]]:
    """Return the tasks of which a deadline is news, each with all its deadlines."""
    tasks = task_news.with_deadline_news(data.tasks, data.span)

    def ask(uids: Sequence[str]) -> Asked[list[tuple[Task, list[Deadline]]]]:
        found, chains = tasks.ask_read(uids), _ask_chains(data.context, uids)
        return lambda: _with_own(found(), chains())

    return tasks.rows().made(ask)


def _changes_of(data: SummaryData, task: Task, chain: Sequence[Deadline]) -> Iterator[DeadlineChange]:
    """Yield what was extended from a day in it, or recorded in it; the first due day is no change."""
    by = {d.recorded_at: d.command for d in chain}
    for change in extensions(task, chain, data.context.when.day):
        carried = (change.on or "") < task.opened_on  # with the task, from an earlier plan
        if not carried and data.span.has(change.on, by[change.recorded], change.recorded):
            yield change
    corrections = sorted((d for d in chain if d.on is None), key=fact_order)
    for before, d in pairwise(corrections):
        if before.due != d.due and data.span.has(None, d.command, d.recorded_at):
            yield DeadlineChange(task, "correction", 0, before.due, d.due, None, d.reason, d.recorded_at)


def _ask_chains(context: Context, uids: Sequence[str]) -> Asked[dict[str, list[Deadline]]]:
    """Ask for all deadlines of some tasks that were not taken back."""
    found = facts.ask_deadlines(context.db, Scope.of(uids).standing())
    return lambda: grouped((deadline.task, deadline) for deadline in found())


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


def ask_extended(context: Context, uids: Sequence[str]) -> Asked[dict[str, int]]:
    """Ask how often each of some tasks was extended, up to the as-of day; of those that never were, nothing."""
    asked = [_ask_chains(context, some) for some in chunks(uids)]

    def read() -> dict[str, int]:
        chains = (pair for some in asked for pair in some().items())
        counted = {uid: count_extensions(chain, context.when.day) for uid, chain in chains}
        return {uid: n for uid, n in counted.items() if n}

    return read


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
        if r.revision > 1 and span.covers(r.command, r.recorded_at):
            asked = [plans.ask_revision(context.db, r.plan, n) for n in (r.revision - 1, r.revision)]
            old, new = (each() for each in asked)
            if parts := differences(old, new):
                yield PlanChange(
                    r.revision, r.recorded_at, r.author, r.git_commit, r.sha256, r.dirty, parts, old, new
                )


def _ask_provenance(context: Context, root: Path | None) -> Asked[Provenance]:
    known = plans.ask_revisions(context.db, context.plan.id, context.when.known_at)
    sealed = ask_head(context.db, context.when.known_at)

    def read() -> Provenance:
        r = (known() or plans.revisions(context.db, context.plan.id)[-1:])[0]
        newer = newer_file(context, root) if root else None
        return Provenance(r.revision, r.git_commit, r.dirty, r.sha256, __version__, sealed(), newer)

    return read
