"""What every read shares: the tasks as they stood, settled against the day, and filtered."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from itertools import chain

from plantrack.errors import Failure
from plantrack.model.counting import Cutoffs
from plantrack.model.filters import FIELDS, PLAIN_FLAGS, Filter, parse_filter
from plantrack.model.history import TaskRevision
from plantrack.model.search import rank_of
from plantrack.model.status import parse_status
from plantrack.model.task import Task
from plantrack.model.text import nearest
from plantrack.services.context import Context
from plantrack.store import facts, tasks


def tasks_with_deadline_states(context: Context, areas: Sequence[str] = ()) -> list[Task]:
    """Return the plan's tasks as they stood, with their deadline states; of other areas perhaps none."""
    clock = Cutoffs.at(context.when.day, context.plan.reporting)
    return tasks.tasks_on(context.db, context.plan.id, context.when, clock, areas)


def filter_tasks(context: Context, args: Sequence[str]) -> tuple[Filter, list[Task]]:
    """Return the tasks that pass a filter, closed ones too, in the order of `matching`."""
    wanted = read_filter(context, args)
    return wanted, matching(context, wanted, tasks_with_deadline_states(context, wanted.areas))


def read_filter(context: Context, args: Sequence[str], day: str | None = None) -> Filter:
    """Read a filter against the context's plan, on the context's day unless another is given."""
    return parse_filter(args, context.names, day or context.when.day, context.languages)


def matching(context: Context, wanted: Filter, there: Iterable[Task]) -> list[Task]:
    """Return the tasks that pass: those where the words that are sought stand best first, then by due day."""
    found = {text: _found(context, text) for text in wanted.texts}
    ranked = [(t, rank) for t in there if (rank := wanted.rank(t, found)) is not None]
    ranked.sort(key=lambda hit: by_due(hit[0]))
    if found:
        ranked.sort(key=lambda hit: hit[1])
    return [task for task, _ in ranked]


def near_words(context: Context, wanted: Filter) -> tuple[str, ...]:
    """Return what the texts of a filter that found nothing may have meant: flags, fields, states, names of the plan."""
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


def by_due(task: Task) -> tuple[str, str, int]:
    """Order tasks by due day (none last), then number."""
    return task.due or "9999", task.site, task.number


def _found(context: Context, text: str) -> dict[str, int]:
    """Find a free text in the updates that count: by uid, the rank of the best hit."""
    gone = facts.withdrawn_commands(context.db, context.when.known_at)
    ranks: dict[str, int] = {}
    for task, said, command in facts.found_in_updates(
        context.db, text, context.when.day, context.when.known_at
    ):
        rank = None if command in gone else rank_of(text, said)
        if rank is not None:
            ranks[task] = min(rank, ranks.get(task, rank))
    return ranks
