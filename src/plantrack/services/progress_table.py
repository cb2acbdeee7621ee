"""The rows of the progress table: counts by area, activity, organisation, person or month, each with its tasks."""

from collections.abc import Callable, Iterable, Sequence

from plantrack.model.counting import count
from plantrack.model.filters import EVERYTHING, Filter
from plantrack.model.grouping import grouped
from plantrack.model.plan import Text
from plantrack.model.task import Task
from plantrack.model.text import vi_key
from plantrack.model.views.header import ViewHeader
from plantrack.model.views.progress import Progress, ProgressRow
from plantrack.services.context import Context
from plantrack.services.task_query import near_words
from plantrack.store import plans

#: What rows may be by, with the rows that a task belongs to; without any it is in the last one.
BY: dict[str, Callable[[Task], tuple[str, ...]]] = {
    "area": lambda task: (task.area,),
    "activity": lambda task: (task.activity,) if task.activity else (),
    "org": lambda task: task.lead,
    "person": lambda task: task.in_charge,
    "month": lambda task: (task.due[:7],) if task.due else (),
}


def tabled(
    context: Context, heading: ViewHeader, tasks: Sequence[Task], by: str, wanted: Filter = EVERYTHING
) -> Progress:
    """Count tasks by what rows are by, in the order given."""
    return with_total(context, heading, by, _rows(context, tasks, by), tasks, wanted)


def with_total(
    context: Context,
    heading: ViewHeader,
    by: str,
    rows: Iterable[ProgressRow],
    tasks: Sequence[Task],
    wanted: Filter,
) -> Progress:
    """Return the table of some rows; the total counts each of the tasks once."""
    return Progress(
        heading=heading,
        by=by,
        rows=tuple(rows),
        total=count(tasks, context.when.day),
        tasks=tuple(tasks),
        filter=wanted.spelled(),
        taken=wanted.taken,
        near=() if tasks else near_words(context, wanted),
    )


def _rows(context: Context, tasks: Sequence[Task], by: str) -> list[ProgressRow]:
    day, led = context.when.day, by == "org"
    own = grouped((key, task) for task in tasks for key in BY[by](task) or (None,))
    shared = grouped((org, task) for task in tasks if led for org in task.coordinating or (None,))
    titles = _titles(context, [key for key in {**own, **shared} if key is not None], by)
    rows: list[tuple[str | None, Text | None]] = [*titles.items(), *([(None, None)] if None in own else [])]
    table = [row_of(key, title, own.get(key, ()), day) for key, title in rows]
    if not led:
        return table
    both = [(row, shared.get(row.key, [])) for row in table]
    return [row._replace(coordinated=tuple(mine), coordinating=count(mine, day)) for row, mine in both]


def row_of(key: str | None, title: Text | None, tasks: Sequence[Task], day: str) -> ProgressRow:
    """Return a row with its tasks and their counts on a day."""
    return ProgressRow(key, title, tuple(tasks), count(tasks, day))


def _titles(context: Context, found: Iterable[str], by: str) -> dict[str, Text]:
    """Return the title of each row in order; areas and activities of the plan have one without tasks too."""
    names = context.names
    if by == "area":
        titles = {code: Text(title) for code, title in plans.former_areas(context.db, context.plan.id)}
        titles.update((a.code, a.short or a.title) for a in context.plan.areas)
        return {code: titles.get(code, Text(code)) for code in (*names.areas, *found)}
    if by == "activity":
        return {code: names.activity_title(code) for code in (*names.activities, *sorted(found))}
    if by == "org":
        return {org: names.title_of(org) for org in names.in_order(found)}
    return {key: Text(key) for key in sorted(found, key=vi_key)}
