"""What every read shares: the tasks as they stood, with deadline states and filtered, and the heading."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from itertools import chain

from plantrack.errors import Failure
from plantrack.model.filters import FIELDS, PLAIN_FLAGS, Filter, parse_filter
from plantrack.model.history import TaskRevision
from plantrack.model.people.hidden_name import is_hidden
from plantrack.model.search import MOST_RANKED
from plantrack.model.status import parse_status
from plantrack.model.task import Task
from plantrack.model.text import nearest
from plantrack.model.views.header import UnfinishedPlan, ViewHeader
from plantrack.services.context import Context
from plantrack.store import plans
from plantrack.store.checks.quick_look import quick_look
from plantrack.store.questions import search
from plantrack.store.questions.search import SearchPlace, Sought
from plantrack.store.questions.task_source import OPEN, TaskSource


def find_tasks(context: Context, args: Sequence[str]) -> tuple[Filter, TaskSource]:
    """Read a filter, and return the tasks that pass it, closed ones too.

    Raises: those of `read_filter`.
    """
    wanted = read_filter(context, args)
    return wanted, matching(context, wanted)


def read_filter(context: Context, args: Sequence[str], day: str | None = None) -> Filter:
    """Read a filter against the context's plan, on the context's day unless another is given.

    Raises: those of `parse_filter`, `terms_named`.
    """
    named = partial(_terms_named, context)
    return parse_filter(args, context.names, day or context.when.day, context.languages, named)


def _terms_named(context: Context, name: str) -> Sequence[str]:
    """Return what the name of a filter stands for; few filters have one."""
    from plantrack.services.saved_filters import terms_named

    return terms_named(context, name)


def sought(context: Context, wanted: Filter) -> Sought:
    """Decide how the texts of a filter are looked for, the same on every day that is compared."""
    return search.look_for(context.db, _place(context, wanted), wanted.texts)


def _place(context: Context, wanted: Filter) -> SearchPlace:
    is_now = context.db.shown is None  # the index is of what is known now
    english = "en" in wanted.languages
    people = [person.name for person in context.names.known.values() if not is_hidden(person.own_name)]
    return SearchPlace(context.plan.id, context.when.day, people, english=english, indexed=is_now)


def matching(context: Context, wanted: Filter, texts: Sought | None = None) -> TaskSource:
    """Return the tasks of a context that pass a filter: best hits of the words first, then by due day (no day last).

    `texts`: how its texts are looked for, where that was decided for another day.
    """
    tasks = context.tasks
    source = tasks.passing(wanted)
    if not wanted.texts:
        return source
    texts = texts or sought(context, wanted)
    hits = source.meeting(texts.condition)._replace(is_named=texts.is_named)
    if not hits.is_named:  # found by walking the tasks, which is done once
        is_common = texts.is_common and not wanted.terms
        uids = [] if is_common else hits.some_uids(MOST_RANKED + 1)
        if is_common or len(uids) > MOST_RANKED:
            return hits._replace(is_ranked=False)
        hits = tasks.among(uids)
    return hits._replace(
        ask_ranks=partial(search.ask_ranks, context.db, _place(context, wanted), wanted.texts)
    )


def heading_with_unfinished(context: Context, last_day: str | None = None) -> ViewHeader:
    """Return the heading of a report, with the work of other plans that ended before its last day.

    `last_day` is that of the period asked about (default: the as-of day); the work is as it stood on the as-of day.
    """
    return context.heading._replace(unfinished=tuple(_unfinished(context, last_day or context.when.day)))


def heading_to_pass_on(context: Context, last_day: str) -> ViewHeader:
    """Return the heading of a report that others read: it also says what its figures may be wrong for."""
    heading = heading_with_unfinished(context, last_day)
    return heading._replace(faults=tuple(quick_look(context.db)), elsewhere=context.db.told.elsewhere)


def _unfinished(context: Context, last_day: str) -> Iterator[UnfinishedPlan]:
    known = context.when.known_at
    for other, year in context.years:
        if other == context.plan.id or f"{year:04}" > last_day[:4]:
            continue
        plan = plans.load_plan(context.db, other, known)
        left = context.tasks_of(plan).where(OPEN)
        if plan.last_day < last_day and (tasks_left := left.size()):
            yield UnfinishedPlan(plan, tasks_left)


def near_words(context: Context, wanted: Filter) -> tuple[str, ...]:
    """Return what the texts of a filter that found nothing are near to: flags, fields, states, names of the plan."""
    names = context.names
    known = [*names.areas, *names.activities, *names.short_names().values(), *names.people]
    typed = (*wanted.texts, " ".join(wanted.texts))
    found = [near for text in typed for near in nearest(text, [*PLAIN_FLAGS, *FIELDS, *known])]
    return tuple(dict.fromkeys([*chain(*map(_states, typed)), *found]))[:3]


def is_in_english_titles(context: Context, wanted: Filter) -> bool:
    """Return whether texts that were not found stand in the English titles, where these were not searched."""
    if not wanted.texts or "en" in wanted.languages:
        return False
    return not matching(context, wanted._replace(languages=(*wanted.languages, "en"))).is_empty()


def _states(text: str) -> list[str]:
    """Return the filter of a state that stands in the tables by this name: by itself it is a text."""
    with suppress(Failure):
        return [f"status:{parse_status(text)}"]
    return []


def revisions(context: Context, of: Iterable[Task]) -> dict[str, TaskRevision]:
    """Return by uid how often tasks were touched, as known at the context's moment; only a calendar asks for it."""
    from plantrack.store.revisions import revisions_of

    return revisions_of(context.db, [task.uid for task in of])
