"""List tasks."""

from collections.abc import Sequence

from plantrack.model.views.tasks import TaskList
from plantrack.services.context import Context
from plantrack.services.task_query import filter_tasks, heading_with_unfinished, is_ranked, near_words


def list_tasks(
    context: Context, args: Sequence[str], *, everything: bool = False, with_notes: bool = False
) -> TaskList:
    """Return the tasks that pass a filter: open ones, unless all or a status is asked for.

    With notes each has its last update, and how often its deadline was extended.
    """
    wanted, passing = filter_tasks(context, args)
    shown = passing if everything or wanted.asks_status else [t for t in passing if t.is_open]
    found = TaskList(
        heading=heading_with_unfinished(context),
        tasks=tuple(shown),
        filter=wanted.spelled(),
        near=() if passing else near_words(context, wanted),
        closed=len(passing) - len(shown),
        taken=wanted.taken,
        is_ranked=not wanted.texts or is_ranked(passing),
    )
    if not with_notes:
        return found
    from plantrack.services.summary import extended, last_updates

    last = last_updates(context, [task.uid for task in shown])
    return found._replace(with_notes=True, updates=last, extensions=extended(context, shown))
