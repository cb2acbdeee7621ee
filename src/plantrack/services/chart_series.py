"""The figures behind pictures: a plan's tasks over its year, week by week."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from plantrack.model.grouping import grouped
from plantrack.model.history import StateChange
from plantrack.model.status import DeadlineState
from plantrack.model.task import Task
from plantrack.model.views.chart_series import Speakers, WeeklySeries
from plantrack.model.views.progress import Progress
from plantrack.model.weekly_counts import (
    Life,
    Turns,
    Weeks,
    burn_up,
    open_in,
    turns_of,
    week_ends,
    weeks_heard,
)
from plantrack.services.context import Context
from plantrack.store import facts
from plantrack.store import weekly_events as store
from plantrack.store.scope import Scope

#: Who leads a task.
Leads = tuple[str, ...]
#: A day, and the status that closed a task on it.
Closing = tuple[str, str]


def series_of(context: Context, view: Progress) -> WeeklySeries:
    """Return the figures over the year behind a report, from the tasks of its progress table."""
    return series(context.on(view.heading.as_of), tuple(view.tasks))


def series(context: Context, tasks: Sequence[Task], *, with_speakers: bool = True) -> WeeklySeries:
    """Count the tasks of a report (those that passed its filter) over the plan's year.

    Without speakers it says nothing of weeks in which nobody spoke, and is twice as quick.
    """
    as_of = context.when.day
    first, last = _year(context, tasks)
    if not tasks or first > as_of:
        return WeeklySeries(as_of, (), (), (), 0)
    lives = _lives(context, tasks)
    weeks = Weeks(first, min(as_of, last) if with_speakers else "")
    return WeeklySeries(
        as_of,
        burn_up(lives, week_ends(first, max(as_of, last), as_of), as_of),
        tuple(weeks.names),
        tuple(_speakers(context, lives, weeks)) if weeks.names else (),
        sum(task.deadline_state is DeadlineState.OPEN_NO_DUE for task in tasks),
    )


def _year(context: Context, tasks: Sequence[Task]) -> tuple[str, str]:
    """Return the days between which the plan is drawn: its own, else from its first task to the year's end."""
    plan = context.plan
    first = plan.start or min((task.opened_on for task in tasks), default=f"{plan.year}-01-01")
    return first, plan.last_day


def _lives(context: Context, tasks: Sequence[Task]) -> list[Life]:
    """Return the turns of each task; its whole history is read only where the last closing is not enough."""
    when = context.when
    gone, found = context.withdrawn, store.closings(context.db, when.day, when.known_at)
    closings = grouped((uid, (on, status)) for uid, command, on, status in found if command not in gone)
    told = {task.uid: _told(task, closings[task.uid]) for task in tasks if task.uid in closings}
    steps = _steps(context, [uid for uid, turns in told.items() if turns is None])
    unclosed: Turns = ()
    turns = ((task, told.get(task.uid, unclosed)) for task in tasks)
    return [Life(t, turns_of(steps[t.uid], when.day) if own is None else own) for t, own in turns]


def _told(task: Task, closings: Sequence[Closing]) -> Turns | None:
    """Return the turns of a task that was closed once, or whose done work never was reopened."""
    first, status = min(closings) if len(closings) > 1 else closings[0]
    if status != task.status:
        return None
    if len(closings) == 1:
        return ((first, task.status),)
    is_one_run = first == task.completed_on and all(closing[1] == status for closing in closings)
    return ((first, task.status),) if is_one_run else None


def _steps(context: Context, uids: Sequence[str]) -> Mapping[str, list[StateChange]]:
    out: dict[str, list[StateChange]] = {}
    for some in facts.chunks(uids):
        scope = Scope.of(some, context.when.known_at)
        out.update((uid, facts.updates) for uid, facts in facts.facts_of(context.db, scope).items())
    return out


def _speakers(context: Context, lives: Sequence[Life], weeks: Weeks) -> Iterable[Speakers]:
    """Yield the updates of each week: of all, then of each organisation's tasks, by name."""
    led = grouped((life.task.lead, life) for life in lives)
    spoken = _spoken(context, {life.task.uid: life.task.lead for life in lives}, weeks)
    open_ones = {leads: open_in(own, weeks) for leads, own in led.items()}
    yield Speakers(None, None, weeks_heard(spoken.values(), open_ones.values(), len(weeks.names)))
    for org in context.names.in_order({org for leads in led for org in leads}):
        mine = [leads for leads in led if org in leads]
        updates = weeks_heard([spoken[m] for m in mine], [open_ones[m] for m in mine], len(weeks.names))
        yield Speakers(org, context.names.title_of(org), updates)


def _spoken(context: Context, leads: Mapping[str, Leads], weeks: Weeks) -> dict[Leads, list[int]]:
    """Count the updates that each week is spoken of in, by who leads; without those that do not count."""
    known, first, last = context.when.known_at, weeks.first, weeks.ends[-1]
    counts: Counter[tuple[Leads | None, str]] = Counter()
    for rows in store.days_spoken_of(context.db, sorted(leads), first, last, known):
        counts.update([(leads.get(uid), day) for uid, day in rows])
    for uid, day, moment in store.days_not_counted(context.db, context.withdrawn):
        if first <= day <= last and (known is None or moment <= known):
            counts[leads.get(uid), day] -= 1
    out: dict[Leads, list[int]] = {own: [0] * len(weeks.names) for own in leads.values()}
    for (own, day), n in counts.items():
        if own is not None:
            out[own][weeks.place(day)] += n
    return out
