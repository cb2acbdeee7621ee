"""The years of a programme side by side: a row for each of its plans, and each piece of work once in the total."""

from collections.abc import Sequence

from plantrack.errors import Failure
from plantrack.model.counting import count
from plantrack.model.filters import Filter
from plantrack.model.plan import Plan
from plantrack.model.task import Task
from plantrack.model.text import fold
from plantrack.model.views.progress import Programme, Progress, ProgressRow
from plantrack.services.context import Context, for_plan
from plantrack.services.task_query import (
    filter_tasks,
    matching,
    near_words,
    read_filter,
    tasks_with_deadline_states,
)
from plantrack.store import plans
from plantrack.store.carry_over_links import links


def programme(context: Context, args: Sequence[str] = ()) -> Programme:
    """Count the tasks that pass a filter in each plan of the context's programme, all as of the same day.

    Fails with `filter-of-one-plan` when the filter says something else in another plan, or nothing.
    """
    contexts = contexts_of(context)
    wanted, own = filter_tasks(context, args)
    found = {
        at.plan.id: own if at is context else same_question(at, args, wanted, context) for at in contexts
    }
    rows = tuple(
        ProgressRow(at.plan.id, at.plan.title, tuple(own), count(own, context.when.day))
        for at in contexts
        for own in [found[at.plan.id]]
    )
    every = tuple(task for row in rows for task in row.tasks)
    went = links(context.db, context.when.day, context.when.known_at).went
    once = tuple(task for task in every if task.uid not in went or went[task.uid].plan not in found)
    total = count(once, context.when.day)
    view = Progress(context.heading, "programme", rows, total, once, wanted.spelled(), None, wanted.taken)
    view = view if once else view._replace(near=near_words(context, wanted))
    return Programme(view, tuple(at.plan for at in contexts), len(every) - len(once))


def contexts_of(context: Context) -> list[Context]:
    """Return the context of each plan of the programme, by year; a plan that names none stands alone."""
    name = _name(context.plan)
    known = plans.plan_years(context.db, context.when.known_at)
    others = [for_plan(context, plan) for plan, _ in known if plan != context.plan.id]
    same = [at for at in others if name and _name(at.plan) == name]
    return sorted([context, *same], key=lambda at: (at.plan.year, at.plan.id))


def _name(plan: Plan) -> str:
    title = plan.programme.title if plan.programme else None
    return fold(title.vi) if title else ""


def same_question(at: Context, args: Sequence[str], wanted: Filter, context: Context) -> list[Task]:
    """Filter the tasks of another plan, or of another day, by what is the same question there."""
    try:
        here = read_filter(at, args, context.when.day)
    except Failure:
        here = None
    if here is None or here.spelled() != wanted.spelled():
        raise Failure("filter-of-one-plan", filter=" ".join(args), plan=at.plan.id, own=context.plan.id)
    return matching(at, here, tasks_with_deadline_states(at, here.areas))
