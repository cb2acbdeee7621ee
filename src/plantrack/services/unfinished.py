"""Work that a plan left behind when it ended: neither finished nor carried over, and in no table of another plan."""

from collections.abc import Iterator

from plantrack.model.views.header import UnfinishedPlan, ViewHeader
from plantrack.services.context import Context
from plantrack.store import plans, tasks


def heading_with_unfinished(context: Context, last_day: str | None = None) -> ViewHeader:
    """Return what a report says of itself, with the work of other plans that ended before its last day.

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
