"""Work that a plan left behind when it ended: neither finished nor carried over, and in no table of another plan."""

from collections.abc import Iterator

from plantrack.model.views.header import Heading, UnfinishedPlan
from plantrack.services.context import Desk
from plantrack.store import plans, tasks


def heading_with_unfinished(desk: Desk, last_day: str | None = None) -> Heading:
    """Return what a report says of itself, with the work of other plans that ended before its last day.

    `last_day` is that of the period asked about (default: the as-of day); the work is as it stood on the as-of day.
    """
    return desk.heading._replace(unfinished=tuple(_unfinished(desk, last_day or desk.when.day)))


def _unfinished(desk: Desk, last_day: str) -> Iterator[UnfinishedPlan]:
    known = desk.when.known_at
    for other, year in plans.plan_years(desk.db, known):
        if other == desk.plan.id or f"{year:04}" > last_day[:4]:
            continue
        plan = plans.load_plan(desk.db, other, known)
        tasks_left = tasks.count_open(desk.db, other, desk.when) if plan.last_day < last_day else 0
        if tasks_left:
            yield UnfinishedPlan(plan, tasks_left)
