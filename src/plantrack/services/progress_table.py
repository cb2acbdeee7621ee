"""The rows of the progress table: counts by area, activity, organisation, person or month, each with its tasks."""

from collections.abc import Iterable
from functools import reduce

from plantrack.model.counting import Tally
from plantrack.model.filters import EVERYTHING, Filter
from plantrack.model.plan import Text
from plantrack.model.task import Task
from plantrack.model.text import vi_key
from plantrack.model.views.header import ViewHeader
from plantrack.model.views.progress import Progress, ProgressRow
from plantrack.model.views.rows import Rows
from plantrack.services.context import Context
from plantrack.services.plan_milestones import passing_milestones
from plantrack.services.task_query import near_words
from plantrack.store import plans
from plantrack.store.questions.task_counts import (
    ACTIVITY,
    AREA,
    COORDINATING,
    LEAD,
    MONTH,
    PERSON,
    Grouping,
    of_key,
    tallies,
    tally_of,
    with_key,
)
from plantrack.store.questions.task_source import TaskSource

#: What rows may be by, with what tasks are counted by for it.
BY: dict[str, Grouping] = {"area": AREA, "activity": ACTIVITY, "org": LEAD, "person": PERSON, "month": MONTH}


def tabled(
    context: Context, heading: ViewHeader, tasks: TaskSource, by: str, wanted: Filter = EVERYTHING
) -> Progress:
    """Count tasks by what rows are by, in the order given."""
    found = tallies(tasks, BY[by])
    total = tally_of(tasks) if BY[by].is_shared else reduce(Tally.plus, found.values(), Tally())
    shared = tallies(tasks, COORDINATING) if by == "org" else {}
    titles = _titles(context, [key for key in {**found, **shared} if key is not None], by)
    rows = [
        _row(tasks, by, key, title, found, shared)
        for key, title in (*titles.items(), *([(None, None)] if None in found else []))
    ]
    table = with_total(context, heading, by, rows, tasks.rows(), total, wanted)
    table = table._replace(milestones=passing_milestones(context.plan, wanted))
    if by != "org":
        return table
    coordinated = tally_of(with_key(tasks, COORDINATING))
    return table._replace(total_row=table.total_row._replace(coordinating=coordinated.counts))


def with_total(
    context: Context,
    heading: ViewHeader,
    by: str,
    rows: Iterable[ProgressRow],
    tasks: Rows[Task],
    total: Tally,
    wanted: Filter,
) -> Progress:
    """Return the table of some rows, with all the tasks that they are of and their numbers."""
    return Progress(
        heading=heading,
        by=by,
        rows=tuple(rows),
        total_row=row_of(None, None, tasks, total),
        open_due_today=total.open_due_today,
        filter=wanted.spelled(),
        taken=wanted.taken,
        near=() if total.counts.total else near_words(context, wanted),
    )


def _row(
    tasks: TaskSource,
    by: str,
    key: str | None,
    title: Text | None,
    found: dict[str | None, Tally],
    shared: dict[str | None, Tally],
) -> ProgressRow:
    row = row_of(key, title, of_key(tasks, BY[by], key).rows(), found.get(key, Tally()))
    if by != "org":
        return row
    coordinated = of_key(tasks, COORDINATING, key).rows()
    return row._replace(coordinated=coordinated, coordinating=shared.get(key, Tally()).counts)


def row_of(key: str | None, title: Text | None, tasks: Rows[Task], tally: Tally) -> ProgressRow:
    """Return a row with its tasks and their numbers."""
    return ProgressRow(key, title, tasks, tally.counts, in_progress_overdue=tally.in_progress_overdue)


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
