"""The years of a programme side by side: a row for each of its plans, and each piece of work once in the total."""

from collections.abc import Sequence

from plantrack.errors import Failure
from plantrack.model.filters import Filter
from plantrack.model.plan import Plan
from plantrack.model.task import Task
from plantrack.model.text import fold
from plantrack.model.views.progress import Programme
from plantrack.services.context import Context, for_plan
from plantrack.services.progress_table import row_of, with_total
from plantrack.services.task_query import (
    filter_tasks,
    matching,
    read_filter,
    tasks_with_deadline_states,
)
from plantrack.store import plans
from plantrack.store.carry_over_links import links


def programme(context: Context, args: Sequence[str] = ()) -> Programme:
    """Count the tasks that pass a filter in each plan of the context's programme, all as of the same day.

    Fails with `filter-of-one-plan` when the filter says something else in another plan, or nothing.

    Raises: those of `contexts_of`, `same_question`.
    """
    contexts = contexts_of(context)
    wanted, own = filter_tasks(context, args)
    found = {
        at.plan.id: own if at is context else same_question(at, args, wanted, context) for at in contexts
    }
    day = context.when.day
    rows = [row_of(at.plan.id, at.plan.title, found[at.plan.id], day) for at in contexts]
    every = tuple(task for row in rows for task in row.tasks)
    went = links(context.db, day, context.when.known_at).went
    once = tuple(task for task in every if task.uid not in went or went[task.uid].plan not in found)
    view = with_total(context, context.heading, "programme", rows, once, wanted)
    return Programme(view, tuple(at.plan for at in contexts), len(every) - len(once))


def contexts_of(context: Context) -> list[Context]:
    """Return the context of each plan of the programme, by year; a plan that names none stands alone.

    Raises: those of `for_plan`.
    """
    name = _name(context.plan)
    known = plans.plan_years(context.db, context.when.known_at)
    others = [for_plan(context, plan) for plan, _ in known if plan != context.plan.id]
    same = [at for at in others if name and _name(at.plan) == name]
    return sorted([context, *same], key=lambda at: (at.plan.year, at.plan.id))


def _name(plan: Plan) -> str:
    title = plan.programme.title if plan.programme else None
    return fold(title.vi) if title else ""


def same_question(at: Context, args: Sequence[str], wanted: Filter, context: Context) -> list[Task]:
    """Filter the tasks of another plan, or of another day, by what is the same question there.

    Raises: filter-of-one-plan.
    """
    try:
        here = read_filter(at, args, context.when.day)
    except Failure:
        here = None
    if here is None or here.spelled() != wanted.spelled():
        raise Failure("filter-of-one-plan", filter=" ".join(args), plan=at.plan.id, own=context.plan.id)
    return matching(at, here, tasks_with_deadline_states(at, here.areas))
