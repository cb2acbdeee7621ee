"""The figures behind pictures: a plan's tasks over its year, week by week."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from plantrack.model.grouping import chunks, grouped
from plantrack.model.history import StateChange
from plantrack.model.status import STATUSES, Status
from plantrack.model.views.chart_series import Speakers, WeeklySeries
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
from plantrack.services.task_query import matching, read_filter
from plantrack.store import facts
from plantrack.store.connection import Asked
from plantrack.store.questions import task_news, weekly_events
from plantrack.store.questions.task_source import TaskSource
from plantrack.store.scope import Scope

#: A day, and the status that closed a task on it.
Closing = tuple[str, Status]


def series_of(context: Context, args: Sequence[str], as_of: str) -> WeeklySeries:
    """Return the figures over the year behind a report of a day.

    Raises: those of `read_filter`.
    """
    context = context.on(as_of)
    return series(context, matching(context, read_filter(context, args)))


def series(context: Context, tasks: TaskSource, *, with_speakers: bool = True) -> WeeklySeries:
    """Count the tasks of a report (those that passed its filter) over the plan's year.

    Without speakers it says nothing of weeks in which nobody spoke, and is twice as quick.
    """
    lives_asked, without_due = _ask_lives(context, tasks), task_news.without_due(tasks).ask_size()
    as_of, lives = tasks.clock.as_of, lives_asked()
    first, last = _year(context, lives)
    if not lives or first > as_of:
        return WeeklySeries(as_of, (), (), (), 0)
    weeks = Weeks(first, min(as_of, last) if with_speakers else "")
    return WeeklySeries(
        as_of,
        burn_up(lives, week_ends(first, max(as_of, last), as_of), as_of),
        tuple(weeks.names),
        tuple(_speakers(context, tasks, lives, weeks)) if weeks.names else (),
        without_due(),
    )


def _year(context: Context, lives: Sequence[Life]) -> tuple[str, str]:
    """Return the days between which the plan is drawn: its own, else from its first task to the year's end."""
    plan = context.plan
    first = plan.start or min((life.opened_on for life in lives), default=f"{plan.year}-01-01")
    return first, plan.last_day


def _ask_lives(context: Context, tasks: TaskSource) -> Asked[list[Life]]:
    """Ask for the turns of each task; its whole history is read only where the last closing is not enough."""
    closings_asked = weekly_events.ask_closings(context.db, tasks.clock.as_of)
    spans_asked, leads_asked = weekly_events.ask_spans(tasks), weekly_events.ask_leads(tasks)

    def read() -> list[Life]:
        closings = grouped((uid, (on, STATUSES[status])) for uid, on, status in closings_asked())
        rows, leads = spans_asked(), grouped(leads_asked())
        told = {
            uid: _told(STATUSES[status], completed_on, closings[uid])
            for uid, _, _, status, completed_on in rows
            if uid in closings
        }
        steps = _steps(context, [uid for uid, turns in told.items() if turns is None])
        unclosed: Turns = ()
        lives = []
        for uid, opened_on, due, *_ in rows:
            turns = told.get(uid, unclosed)
            if turns is None:
                turns = turns_of(steps[uid], tasks.clock.as_of)
            lives.append(Life(opened_on, due, tuple(leads.get(uid, ())), turns))
        return lives

    return read


def _told(status: Status, completed_on: str | None, closings: Sequence[Closing]) -> Turns | None:
    """Return the turns of a task that was closed once, or whose done work never was reopened."""
    first, closed = min(closings) if len(closings) > 1 else closings[0]
    if closed != status:
        return None
    if len(closings) == 1:
        return ((first, status),)
    is_one_run = first == completed_on and all(closing[1] == closed for closing in closings)
    return ((first, status),) if is_one_run else None


def _steps(context: Context, uids: Sequence[str]) -> Mapping[str, list[StateChange]]:
    out: dict[str, list[StateChange]] = {}
    for some in chunks(uids):
        out.update((uid, own.updates) for uid, own in facts.facts_of(context.db, Scope.of(some)).items())
    return out


def _speakers(context: Context, tasks: TaskSource, lives: Sequence[Life], weeks: Weeks) -> Iterator[Speakers]:
    """Yield the updates of each week: of all, then of each organisation's tasks, by name."""
    first, last = weeks.first, weeks.ends[-1]
    everybody = _spoken(weekly_events.spoken(tasks, first, last), weeks)[None]
    yield Speakers(None, None, weeks_heard(everybody, open_in(lives, weeks)))
    told = _spoken(weekly_events.spoken_by_lead(tasks, first, last), weeks)
    led = grouped((org, life) for life in lives for org in life.lead)
    for org in context.names.in_order(led):
        updates = weeks_heard(told[org], open_in(led[org], weeks))
        yield Speakers(org, context.names.title_of(org), updates)


def _spoken(found: Iterable[tuple[str | None, str, int]], weeks: Weeks) -> dict[str | None, list[int]]:
    """Sum up updates by week, from how many there were of each day."""
    out: dict[str | None, list[int]] = defaultdict(lambda: [0] * len(weeks.names))
    for key, day, n in found:
        out[key][weeks.place(day)] += n
    return out
