"""The years of a programme side by side: a row for each of its plans, and each piece of work once in the total."""

from collections.abc import Sequence
from functools import reduce

from plantrack.errors import Failure
from plantrack.model.counting import Tally
from plantrack.model.filters import Filter
from plantrack.model.plan import Plan
from plantrack.model.text import fold
from plantrack.model.views.progress import Programme
from plantrack.model.views.rows import JoinedRows
from plantrack.services.context import Context, for_plan
from plantrack.services.progress_table import row_of, with_total
from plantrack.services.task_query import find_tasks, matching, read_filter
from plantrack.store.carry_over_links import not_carried_into
from plantrack.store.questions.task_counts import tally_of
from plantrack.store.questions.task_source import TaskSource


def programme(context: Context, args: Sequence[str] = ()) -> Programme:
    """Count the tasks that pass a filter in each plan of the context's programme, all as of the same day.

    Fails with `filter-of-one-plan` when the filter says something else in another plan, or nothing.

    Raises: those of `contexts_of`, `same_question`.
    """
    contexts = contexts_of(context)
    wanted, own = find_tasks(context, args)
    found = [own if at is context else same_question(at, args, wanted, context) for at in contexts]
    rows = [
        row_of(at.plan.id, at.plan.title, tasks.rows(), tally_of(tasks))
        for at, tasks in zip(contexts, found, strict=True)
    ]
    once = [tasks.where(*not_carried_into([at.plan.id for at in contexts])) for tasks in found]
    total = reduce(Tally.plus, map(tally_of, once), Tally())
    every = sum(row.counts.total for row in rows)
    all_tasks = JoinedRows(*(tasks.rows() for tasks in once))
    view = with_total(context, context.heading, "programme", rows, all_tasks, total, wanted)
    return Programme(view, tuple(at.plan for at in contexts), every - total.counts.total)


def contexts_of(context: Context) -> list[Context]:
    """Return the context of each plan of the programme, by year; a plan that names none stands alone.

    Raises: those of `for_plan`.
    """
    name = _name(context.plan)
    known = context.years
    others = [for_plan(context, plan) for plan, _ in known if plan != context.plan.id]
    same = [at for at in others if name and _name(at.plan) == name]
    return sorted([context, *same], key=lambda at: (at.plan.year, at.plan.id))


def _name(plan: Plan) -> str:
    title = plan.programme.title if plan.programme else None
    return fold(title.vi) if title else ""


def same_question(at: Context, args: Sequence[str], wanted: Filter, context: Context) -> TaskSource:
    """Filter the tasks of another plan, or of another day, by what is the same question there.

    Raises: filter-of-one-plan; those of `terms_named`.
    """
    try:
        here = read_filter(at, args, context.when.day)
    except Failure:
        here = None
    if here is None or here.spelled() != wanted.spelled():
        raise Failure("filter-of-one-plan", filter=" ".join(args), plan=at.plan.id, own=context.plan.id)
    return matching(at, here)
