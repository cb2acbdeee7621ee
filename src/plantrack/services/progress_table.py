"""The rows of the progress table: counts by area, activity, organisation, person or month, each with its tasks."""

from collections.abc import Callable, Iterable, Sequence

from plantrack.model.counting import count
from plantrack.model.filters import EVERYTHING, Filter
from plantrack.model.plan import Text
from plantrack.model.task import Task
from plantrack.model.text import vi_key
from plantrack.model.views.header import ViewHeader
from plantrack.model.views.progress import Progress, ProgressRow
from plantrack.services.context import Context
from plantrack.services.task_query import near_words
from plantrack.store import plans

Rows = list[ProgressRow]


def tabled(
    context: Context, heading: ViewHeader, tasks: Sequence[Task], by: str, wanted: Filter = EVERYTHING
) -> Progress:
    """Count settled tasks by what rows are by, in the order given; the total counts each task once."""
    day = context.when.day
    rows = BY[by](context, tasks, day)
    view = Progress(heading, by, tuple(rows), count(tasks, day), tuple(tasks), wanted.spelled())
    return view._replace(taken=wanted.taken, near=() if tasks else near_words(context, wanted))


def _row(key: str | None, title: Text | None, tasks: Iterable[Task], day: str) -> ProgressRow:
    mine = tuple(tasks)
    return ProgressRow(key, title, mine, count(mine, day))


def _by_area(context: Context, tasks: Sequence[Task], day: str) -> Rows:
    """One row an area of the plan, and one for each area that left it and still has tasks."""
    by_code: dict[str, list[Task]] = {area.code: [] for area in context.plan.areas}
    titles = {a.code: a.short or a.title for a in context.plan.areas}
    former = dict(plans.former_areas(context.db, context.plan.id))
    for task in tasks:
        by_code.setdefault(task.area, []).append(task)
    return [_row(c, titles.get(c) or Text(former.get(c, c)), own, day) for c, own in by_code.items()]


def _by_activity(context: Context, tasks: Sequence[Task], day: str) -> Rows:
    titles = {a.code: a.title for a in context.names.activities.values()}
    gone = sorted({t.activity for t in tasks if t.activity and t.activity not in titles})
    rows = [
        _row(c, titles.get(c, Text(c)), (t for t in tasks if t.activity == c), day) for c in [*titles, *gone]
    ]
    return rows + _rest(tasks, lambda t: t.activity is None, day)


def _by_org(context: Context, tasks: Sequence[Task], day: str) -> Rows:
    """One row an organisation as assigned, lead and coordinating apart; the last row has tasks with none."""
    used = {o for t in tasks for o in (*t.lead, *t.coordinating)}
    rows = []
    for org in context.names.in_order(used):
        rows.append(
            _led(
                _row(org, context.names.title_of(org), (t for t in tasks if org in t.lead), day),
                tasks,
                org,
                day,
            )
        )
    rest = _row(None, None, (t for t in tasks if not t.lead), day)
    if rest.tasks:
        rows.append(_led(rest, tasks, None, day))
    return rows


def _led(row: ProgressRow, tasks: Sequence[Task], org: str | None, day: str) -> ProgressRow:
    """Add to what an organisation leads what it coordinates."""
    coordinated = tuple(t for t in tasks if (org in t.coordinating if org else not t.coordinating))
    return row._replace(coordinated=coordinated, coordinating=count(coordinated, day))


def _by_person(_context: Context, tasks: Sequence[Task], day: str) -> Rows:
    people = sorted({p for t in tasks for p in t.in_charge}, key=vi_key)
    rows = [_row(p, Text(p), (t for t in tasks if p in t.in_charge), day) for p in people]
    return rows + _rest(tasks, lambda t: not t.in_charge, day)


def _by_month(_context: Context, tasks: Sequence[Task], day: str) -> Rows:
    months = sorted({t.due[:7] for t in tasks if t.due})
    rows = [_row(m, Text(m), (t for t in tasks if t.due and t.due[:7] == m), day) for m in months]
    return rows + _rest(tasks, lambda t: t.due is None, day)


def _rest(tasks: Sequence[Task], is_rest: Callable[[Task], bool], day: str) -> Rows:
    rest = [t for t in tasks if is_rest(t)]
    return [_row(None, None, rest, day)] if rest else []


BY: dict[str, Callable[[Context, Sequence[Task], str], Rows]] = {
    "area": _by_area,
    "activity": _by_activity,
    "org": _by_org,
    "person": _by_person,
    "month": _by_month,
}
