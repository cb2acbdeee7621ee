"""List tasks."""

from collections.abc import Sequence

from plantrack.errors import Failure
from plantrack.model.task import Task
from plantrack.model.views.milestones import MilestoneList
from plantrack.model.views.rows import made_by_chunks
from plantrack.model.views.tasks import NotedTask, TaskList
from plantrack.services.context import Context
from plantrack.services.plan_milestones import not_asked, passing_milestones
from plantrack.services.task_order import TaskOrder, in_order
from plantrack.services.task_query import (
    find_tasks,
    heading_with_unfinished,
    is_in_english_titles,
    near_words,
    read_filter,
)
from plantrack.store.connection import Asked
from plantrack.store.questions.task_counts import tally_of
from plantrack.store.questions.task_source import CLOSED, OPEN, TaskRows, TaskSource


def list_tasks(
    context: Context,
    args: Sequence[str],
    *,
    everything: bool = False,
    with_notes: bool = False,
    limit: int | None = None,
    order: TaskOrder | None = None,
    counted: bool = False,
) -> TaskList:
    """Return the tasks that pass a filter: open ones, unless all or a status is asked for; with `limit` the first ones.

    Without an order the best hits of free words come first, then they come by due day. With notes each has its last
    update, and how often its deadline was extended; `counted`: with the counts of all.

    Raises: those of `find_tasks`.
    """
    wanted, passing = find_tasks(context, args)
    shown = passing if everything or wanted.asks_status else passing.where(OPEN)
    tasks = in_order(shown, order, limit) if order else shown.rows(limit=limit)
    tasks.ask_which()
    closed_asked = _ask_closed(tasks, passing)
    total = tasks.total() if passing.is_ranked else None if tasks else 0
    closed = closed_asked()
    is_in_vain = not tasks and closed == 0
    return TaskList(
        heading=heading_with_unfinished(context),
        tasks=tasks,
        total=total,
        filter=wanted.spelled(),
        near=near_words(context, wanted) if is_in_vain else (),
        is_in_english=is_in_vain and is_in_english_titles(context, wanted),
        closed=closed,
        is_cut=tasks.is_cut,
        taken=wanted.taken,
        counts=tally_of(shown).counts if counted else None,
        is_ranked=passing.is_ranked or order is not None,
        noted=made_by_chunks(tasks, lambda some: _noted(context, some)) if with_notes else None,
    )


def list_milestones(context: Context, args: Sequence[str]) -> MilestoneList:
    """Return the milestones of the plan that pass a filter.

    Raises: milestones-filter; those of `read_filter`.
    """
    wanted = read_filter(context, args)
    if strange := not_asked(wanted):
        raise Failure("milestones-filter", term=strange[0])
    return MilestoneList(context.heading, passing_milestones(context.plan, wanted), wanted.spelled())


def _ask_closed(tasks: TaskRows, passing: TaskSource) -> Asked[int | None]:
    """Ask how many closed tasks are not shown; None: some, which are not counted for a page or over many hits."""
    if tasks.source is passing:
        return lambda: 0
    if tasks.limit is None and (passing.is_ranked or not tasks):
        in_all = passing.ask_size()
        return lambda: in_all() - len(tasks)
    some = passing.where(CLOSED).ask_some(1)
    return lambda: None if some() else 0


def _noted(context: Context, tasks: Sequence[Task]) -> list[NotedTask]:
    from plantrack.services.summary import ask_extended, ask_last_updates

    uids = [task.uid for task in tasks]
    last_asked, extensions_asked = ask_last_updates(context, uids), ask_extended(context, uids)
    last, extensions = last_asked(), extensions_asked()
    return [NotedTask(task, last.get(task.uid), extensions.get(task.uid, 0)) for task in tasks]
