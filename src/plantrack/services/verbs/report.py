"""The report of a month, quarter, half, nine months or year: a digest with what a longer period asks for."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from plantrack.errors import Failure
from plantrack.model.counting import Counts, count
from plantrack.model.days import CIVIL, Period, civil_period, closed_period, shifted
from plantrack.model.plan import Reporting, Text
from plantrack.model.status import Status
from plantrack.model.task import Task
from plantrack.model.text import natural_key, nearest
from plantrack.model.typed_days import parse_period
from plantrack.model.views.indicator import IndicatorList
from plantrack.model.views.report import Compared, Matrix, MatrixRow, PeriodReport
from plantrack.model.views.weekly import SummaryItem, Weekly
from plantrack.services.context import Context
from plantrack.services.summary import SummaryData, digest, extended, read_period
from plantrack.services.verbs.indicator import list_indicators
from plantrack.services.verbs.programme import contexts_of, same_question
from plantrack.store.tasks import AsOf

#: The last day of a month by the decree on reports (14), or on the wall.
CALENDARS = ("official", "civil")


def report(
    context: Context,
    args: Sequence[str] = (),
    period: str = "last",
    calendar: str = "official",
    *,
    with_notes: bool = False,
    root: Path | None = None,
) -> PeriodReport:
    """Report a period as it stood on its last day, or on the as-of day inside it; one not begun is refused."""
    closing_day = closing_of(context.plan.reporting, calendar)
    asked = asked_period(context, period, calendar)
    if asked.first > context.when.day:
        raise Failure("report-not-begun", period=asked.name, day=asked.first, today=context.when.day)
    after = closed_period(shifted(asked.name, 1), closing_day)
    window = read_period(context, args, asked, after, every_update=False)
    view = digest(window, with_notes=with_notes, root=root)
    day = window.context.when.day
    finished = _finished(view)
    return PeriodReport(
        digest=view,
        calendar=calendar,
        closing_day=closing_day,
        is_closed=asked.last <= day,
        finished=finished,
        going_on=tuple(i for i in view.results if i.update and i.update.result and not _is_finished(i.task, view)),
        finished_counts=count([i.task for i in finished], day),
        opened=_opened(window.tasks, asked),
        extensions=extended(window.context, window.tasks),
        before=_before(window, args, closing_day),
        last_year=_compared(window, args, "last_year", _year_before(asked.name), closing_day),
        matrix=matrix(window.context, window.tasks),
        indicators=_indicators(window, context),
    )  # fmt: skip


def asked_period(context: Context, period: str, calendar: str) -> Period:
    """Read the period that was typed."""
    closing_day = closing_of(context.plan.reporting, calendar)
    return parse_period(period, today=context.when.day, closing_day=closing_day)


def closing_of(reporting: Reporting, calendar: str) -> int:
    """Return the day on which months close by a calendar."""
    if calendar not in CALENDARS:
        raise Failure("unknown-calendar", calendar=calendar, near=nearest(calendar, CALENDARS))
    return CIVIL if calendar == "civil" else reporting.closing_day


def _finished(view: Weekly) -> tuple[SummaryItem, ...]:
    """Return the tasks that were finished in the period, each with its last result."""
    told = {item.task.uid: item for item in (*view.late_updates, *view.results)}
    done = [t for t in view.progress.tasks if _is_finished(t, view)]
    return tuple(told.get(task.uid) or SummaryItem(task, None) for task in sorted(done, key=_by_completion))


def _is_finished(task: Task, view: Weekly) -> bool:
    return task.status is Status.DONE and view.first_day <= (task.completed_on or "") <= view.last_day


def _by_completion(task: Task) -> tuple[str, str, int]:
    return task.completed_on or "", task.site, task.number


def _opened(tasks: Iterable[Task], period: Period) -> int:
    return sum(period.first <= task.opened_on <= period.last for task in tasks)


def _indicators(window: SummaryData, context: Context) -> IndicatorList | None:
    """Return the indicators, unless a filter asks for some tasks: what is measured is of the whole plan.

    A period is measured when it is over, and so after its figures are closed: what is known at the context counts.
    """
    if window.wanted.spelled():
        return None
    named = civil_period(window.period.name) or window.period
    found = list_indicators(context, until=named.last)
    return found if found.lines else None


# --- other periods ---


def _year_before(name: str) -> str:
    return f"{int(name[:4]) - 1:04}{name[4:]}"


def _before(window: SummaryData, args: Sequence[str], closing_day: int) -> Compared | None:
    """Compare with the period before, unless that is the same one of last year."""
    name = shifted(window.period.name, -1)
    if name == _year_before(window.period.name):
        return None
    return _compared(window, args, "before", name, closing_day)


def _compared(window: SummaryData, args: Sequence[str], kind: str, name: str, closing_day: int) -> Compared:
    """Count another period: of the programme's plan of its year, where there is another, else of the same plan."""
    period = closed_period(name, closing_day)
    nothing = Compared(kind, name, period.first, period.last)
    if period.end == window.period.first and name[:4] == window.period.name[:4]:  # read already
        return _counted(nothing, window.context, window.before)
    when = AsOf(period.last, window.context.when.known_at)
    at = _plan_of(window, int(name[:4]))._replace(when=when)
    try:
        return _counted(nothing, at, same_question(at, args, window.wanted, window.context))
    except Failure:
        return nothing._replace(other_filter=True)


def _plan_of(window: SummaryData, year: int) -> Context:
    """Return the context of the plan of another year of the programme, else the one where the report is made."""
    others = [at for at in contexts_of(window.context) if at.plan.year == year]
    return others[0] if others and year != int(window.period.name[:4]) else window.context


def _counted(compared: Compared, context: Context, tasks: Sequence[Task]) -> Compared:
    """Return the numbers of a period; none where there were no tasks yet."""
    if not tasks:
        return compared
    first, last = compared.first_day, compared.last_day
    finished = sum(t.status is Status.DONE and first <= (t.completed_on or "") <= last for t in tasks)
    here = sum(first <= t.opened_on <= last for t in tasks)
    return compared._replace(plan=context.plan, counts=count(tasks, last), finished=finished, opened=here)


# --- activities by organisations ---

Cell = tuple[str | None, str | None]


def matrix(context: Context, tasks: Sequence[Task]) -> Matrix:
    """Count tasks by activity and lead organisation; one that several lead is in the cell of each."""
    day, cells = context.when.day, _cells(tasks)
    by_activity: dict[str | None, list[Task]] = {}
    for task in tasks:
        by_activity.setdefault(task.activity, []).append(task)
    names = context.names
    led = {org for _, org in cells if org is not None}
    ordered = names.in_order(led)
    organisations = (*ordered, *([None] if any(org is None for _, org in cells) else []))
    counts = {cell: count(own, day) for cell, own in cells.items()}
    rows = [
        MatrixRow(
            activity,
            _title(context, activity),
            {org: counts[activity, org] for org in organisations if (activity, org) in counts},
            count(by_activity[activity], day),
        )
        for activity in _order(context, by_activity)
    ]
    totals = {org: _sum(row.cells[org] for row in rows if org in row.cells) for org in organisations}
    return Matrix(organisations, tuple(rows), totals, count(tasks, day))


def _cells(tasks: Iterable[Task]) -> dict[Cell, list[Task]]:
    cells: dict[Cell, list[Task]] = {}
    for task in tasks:
        for org in task.lead or (None,):
            cells.setdefault((task.activity, org), []).append(task)
    return cells


def _order(context: Context, found: dict[str | None, list[Task]]) -> list[str | None]:
    """Return the activities in the plan's order, then those that left it, then none."""
    known = [code for code in context.names.activities if code in found]
    gone = sorted((c for c in found if c is not None and c not in context.names.activities), key=natural_key)
    return [*known, *gone, *([None] if None in found else [])]


def _title(context: Context, activity: str | None) -> Text | None:
    if activity is None:
        return None
    known = context.names.activities.get(activity)
    return known.title if known else Text(activity)


def _sum(counts: Iterable[Counts]) -> Counts:
    """Add up counts: a task has one activity, so an organisation's cells hold it once."""
    return Counts(*map(sum, zip(*counts, strict=True)))
