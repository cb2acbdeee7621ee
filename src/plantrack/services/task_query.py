"""What every read shares: the tasks as they stood, with deadline states and filtered, and the heading."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import chain

from plantrack.errors import Failure
from plantrack.model.filters import FIELDS, PLAIN_FLAGS, Filter, parse_filter
from plantrack.model.history import TaskRevision
from plantrack.model.search import MOST_RANKED, ranks_of
from plantrack.model.status import parse_status
from plantrack.model.task import Task
from plantrack.model.text import nearest
from plantrack.model.views.header import UnfinishedPlan, ViewHeader
from plantrack.services.context import Context
from plantrack.store import facts, plans, search, tasks
from plantrack.store.commands import commands_by_task
from plantrack.store.filter_fields import asks_commands, passes
from plantrack.store.scope import Scope


def tasks_with_deadline_states(context: Context, areas: Sequence[str] = ()) -> list[Task]:
    """Return the plan's tasks as they stood, with their deadline states; those of other areas may be left out."""
    return tasks.tasks_on(context.db, context.plan.id, context.when, context.cutoffs, areas)


def filter_tasks(context: Context, args: Sequence[str]) -> tuple[Filter, list[Task]]:
    """Return the tasks that pass a filter, closed ones too, in the order of `matching`."""
    wanted = read_filter(context, args)
    return wanted, matching(context, wanted, tasks_with_deadline_states(context, wanted.areas))


def read_filter(context: Context, args: Sequence[str], day: str | None = None) -> Filter:
    """Read a filter against the context's plan, on the context's day unless another is given.

    Raises: those of `parse_filter`.
    """
    return parse_filter(args, context.names, day or context.when.day, context.languages)


def matching(context: Context, wanted: Filter, there: Iterable[Task]) -> list[Task]:
    """Return the tasks that pass: best hits of the words first, then by due day (no day last) and label."""
    there = [*there]
    by = commands_by_task(context.db, context.plan.id, *context.when) if asks_commands(wanted) else {}
    passing = [task for task in there if passes(wanted, task, by.get(task.uid, ()))]
    ranks = _ranks(context, wanted, there, passing) if wanted.texts else {task.uid: 0 for task in passing}
    hits = [task for task in passing if task.uid in ranks]
    hits.sort(key=lambda task: (ranks[task.uid], task.due or "9999", task.site, task.number))
    return hits


def is_ranked(hits: Sequence[Task]) -> bool:
    """Return whether the best hits of a text come first: there are not too many."""
    return len(hits) <= MOST_RANKED


def _ranks(
    context: Context, wanted: Filter, there: Sequence[Task], passing: Sequence[Task]
) -> Mapping[str, int]:
    """Return those of the tasks that pass in which the texts of a filter are found, with their ranks."""
    english = "en" in wanted.languages
    if context.when.known_at is not None:
        return _ranks_as_known(wanted.texts, _texts_as_known(context, there, english=english))
    place = search.SearchPlace(context.plan.id, context.when.day, context.names.people, english=english)
    found = search.found(context.db, place, wanted.texts)
    hits = [task for task in passing if task.uid in found]
    if not is_ranked(hits):
        return {task.uid: 0 for task in hits}
    return search.ranks(context.db, place, wanted.texts, [task.uid for task in hits])


def _ranks_as_known(texts: Iterable[str], own: Mapping[str, Iterable[str]]) -> dict[str, int]:
    of_each = [ranks_of(text, own) for text in texts]
    return {uid: max(ranks[uid] for ranks in of_each) for uid in own if all(uid in r for r in of_each)}


def _texts_as_known(context: Context, there: Sequence[Task], *, english: bool) -> dict[str, list[str]]:
    """Return the titles of tasks, who is in charge, and what was said of them, as known at the context's moment."""
    own = {
        task.uid: [*filter(None, task.title if english else task.title[:1]), *task.in_charge]
        for task in there
    }
    gone, scope = context.withdrawn, Scope.of_plan(context.plan.id, context.when.known_at)
    for update in facts.updates_in(context.db, scope):
        if update.command not in gone and update.on <= context.when.day and update.task in own:
            own[update.task] += search.texts_of(update)
    return own


def heading_with_unfinished(context: Context, last_day: str | None = None) -> ViewHeader:
    """Return the heading of a report, with the work of other plans that ended before its last day.

    `last_day` is that of the period asked about (default: the as-of day); the work is as it stood on the as-of day.
    """
    return context.heading._replace(unfinished=tuple(_unfinished(context, last_day or context.when.day)))


def _unfinished(context: Context, last_day: str) -> Iterator[UnfinishedPlan]:
    known = context.when.known_at
    for other, year in plans.plan_years(context.db, known):
        if other == context.plan.id or f"{year:04}" > last_day[:4]:
            continue
        plan = plans.load_plan(context.db, other, known)
        tasks_left = tasks.count_open(context.db, other, context.when) if plan.last_day < last_day else 0
        if tasks_left:
            yield UnfinishedPlan(plan, tasks_left)


def near_words(context: Context, wanted: Filter) -> tuple[str, ...]:
    """Return what the texts of a filter that found nothing are near to: flags, fields, states, names of the plan."""
    names = context.names
    known = [*names.areas, *names.activities, *names.short_names().values(), *names.people]
    typed = (*wanted.texts, " ".join(wanted.texts))
    found = [near for text in typed for near in nearest(text, [*PLAIN_FLAGS, *FIELDS, *known])]
    return tuple(dict.fromkeys([*chain(*map(_states, typed)), *found]))[:3]


def _states(text: str) -> list[str]:
    """Return the filter of a state that stands in the tables by this name: by itself it is a text."""
    with suppress(Failure):
        return [f"status:{parse_status(text)}"]
    return []


def revisions(context: Context, of: Iterable[Task]) -> dict[str, TaskRevision]:
    """Return by uid how often tasks were touched, as known at the context's moment; only a calendar asks for it."""
    from plantrack.store.revisions import revisions_of

    return revisions_of(context.db, [task.uid for task in of], context.when.known_at)
