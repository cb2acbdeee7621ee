"""The report of a month, quarter, half, nine months or year: a digest with what a longer period asks for."""

from collections.abc import Collection, Sequence
from pathlib import Path

from plantrack.errors import Failure
from plantrack.model.days import CIVIL, Period, civil_period, closed_period, shifted
from plantrack.model.plan import Reporting
from plantrack.model.text import natural_key, nearest
from plantrack.model.typed.days import parse_period
from plantrack.model.typed.vietnamese_names import CALENDARS, name_meant
from plantrack.model.views.indicator import IndicatorList
from plantrack.model.views.money import MoneyTable
from plantrack.model.views.report import Compared, Matrix, MatrixRow, PeriodReport
from plantrack.model.views.weekly import SummaryItem, Weekly
from plantrack.services.context import Context
from plantrack.services.money_table import money_table
from plantrack.services.summary import (
    SummaryData,
    ask_extended,
    ask_news,
    digest,
    read_period,
    results_of,
    with_news,
)
from plantrack.services.table_rows import counted_by
from plantrack.services.verbs.indicator import list_indicators
from plantrack.services.verbs.programme import contexts_of, same_question
from plantrack.store.connection import Asked
from plantrack.store.questions import task_news
from plantrack.store.questions.task_counts import ACTIVITY, ask_cross_tallies, ask_tallies, ask_tally
from plantrack.store.questions.task_source import BY_COMPLETION, ReadRows, TaskSource, ask_together


def report(
    context: Context,
    args: Sequence[str] = (),
    period: str = "last",
    calendar: str = "official",
    *,
    roll_up: bool = False,
    with_notes: bool = False,
    root: Path | None = None,
) -> PeriodReport:
    """Report a period as it stood on its last day, or on the as-of day inside it; one not begun is refused.

    `roll_up`: the table by organisation takes them together by their parents.

    Raises: report-not-begun; those of `list_indicators`, `asked_period`, `contexts_of`, `same_question`.
    """
    closing_day = closing_of(context.plan.reporting, calendar)
    asked = asked_period(context, period, calendar)
    if asked.first > context.when.day:
        raise Failure("report-not-begun", period=asked.name, day=asked.first, today=context.when.day)
    after = closed_period(shifted(asked.name, 1), closing_day)
    data = read_period(context, args, asked, after, every_update=False)
    view = digest(data, with_notes=with_notes, root=root)
    day = data.context.when.day
    finished = task_news.finished_in(data.tasks, asked)
    going_on = task_news.not_finished_in(task_news.with_results(data.tasks, data.span), asked)
    results = _finished(data, finished), results_of(data, going_on)
    counted, opened = ask_tally(finished), task_news.opened_in(data.tasks, asked).ask_size()
    extended, matrix = _ask_extended(data), ask_matrix(data.context, data.tasks, roll_up=roll_up)
    ask_together(data.context.db, results)
    return PeriodReport(
        digest=view,
        calendar=calendar,
        closing_day=closing_day,
        is_closed=asked.last <= day,
        finished=results[0],
        going_on=results[1],
        finished_counts=counted().counts,
        opened=opened(),
        extensions=extended(),
        before=_before(data, args, closing_day),
        last_year=_compared(data, args, "last_year", _year_before(asked.name), closing_day),
        matrix=matrix(),
        indicators=_indicators(data, context),
        money=_money(data, view),
    )  # fmt: skip


def _ask_extended(data: SummaryData) -> Asked[dict[str, int]]:
    """Ask which tasks were extended, and then how often each was."""
    extended = task_news.extended(data.tasks).rows()
    extended.ask_which()
    return lambda: ask_extended(data.context, extended.uids)()


def asked_period(context: Context, period: str, calendar: str) -> Period:
    """Read the period that was typed.

    Raises: those of `parse_period`.
    """
    closing_day = closing_of(context.plan.reporting, calendar)
    return parse_period(period, today=context.when.day, closing_day=closing_day)


def read_calendar(typed: str) -> str:
    """Read by which calendar months close, in either language.

    Raises: unknown-calendar.
    """
    if calendar := name_meant(typed, CALENDARS):
        return calendar
    raise Failure("unknown-calendar", calendar=typed, near=nearest(typed, [*CALENDARS, *CALENDARS.values()]))


def closing_of(reporting: Reporting, calendar: str) -> int:
    """Return the day on which months close by a calendar."""
    return CIVIL if calendar == "civil" else reporting.closing_day


def _finished(data: SummaryData, tasks: TaskSource) -> ReadRows[SummaryItem]:
    """Return the tasks that were finished in the period, each with its last result, or what was told late."""

    def ask(uids: Sequence[str]) -> Asked[list[SummaryItem]]:
        found, news = tasks.ask_read(uids), [ask_news(data, uids, late=late) for late in (False, True)]

        def read() -> list[SummaryItem]:
            some = found()
            told, late = (with_news(some, asked()) for asked in news)
            return [own if own.update else other for own, other in zip(told, late, strict=True)]

        return read

    return tasks.rows(BY_COMPLETION).made(ask)


def _indicators(data: SummaryData, context: Context) -> IndicatorList | None:
    """Return the indicators, unless a filter asks for some tasks: what is measured is of the whole plan.

    A period is measured when it is over, and so after its figures are closed: what is known at the context counts.
    """
    if data.wanted.spelled():
        return None
    named = civil_period(data.period.name) or data.period
    found = list_indicators(context, until=named.last)
    return found if found.lines else None


def _money(data: SummaryData, view: Weekly) -> MoneyTable | None:
    titles = {row.key: row.title for row in view.progress.rows if row.key is not None and row.title}
    return money_table(data.context.names, titles, data.tasks, is_filtered=bool(data.wanted.spelled()))


def _year_before(name: str) -> str:
    return f"{int(name[:4]) - 1:04}{name[4:]}"


def _before(data: SummaryData, args: Sequence[str], closing_day: int) -> Compared | None:
    """Compare with the period before, unless that is the same one of last year."""
    name = shifted(data.period.name, -1)
    if name == _year_before(data.period.name):
        return None
    return _compared(data, args, "before", name, closing_day)


def _compared(data: SummaryData, args: Sequence[str], kind: str, name: str, closing_day: int) -> Compared:
    """Count another period: of the programme's plan of its year, where there is another, else of the same plan."""
    period = closed_period(name, closing_day)
    nothing = Compared(kind, name, period.first, period.last)
    if period.end == data.period.first and name[:4] == data.period.name[:4]:
        return _counted(nothing, data.context, data.before, period)
    at = _plan_of(data, int(name[:4])).on(period.last)
    try:
        return _counted(nothing, at, same_question(at, args, data.wanted, data.context), period)
    except Failure:
        return nothing._replace(other_filter=True)


def _plan_of(data: SummaryData, year: int) -> Context:
    """Return the context of the plan of another year of the programme, else the one where the report is made."""
    others = [at for at in contexts_of(data.context) if at.plan.year == year]
    return others[0] if others and year != int(data.period.name[:4]) else data.context


def _counted(compared: Compared, context: Context, tasks: TaskSource, period: Period) -> Compared:
    """Return the numbers of a period, without counts where there were no tasks yet."""
    counted, finished = ask_tally(tasks), task_news.finished_in(tasks, period).ask_size()
    opened, counts = task_news.opened_in(tasks, period).ask_size(), counted().counts
    if not counts.total:
        return compared
    return compared._replace(plan=context.plan, counts=counts, finished=finished(), opened=opened())


def ask_matrix(context: Context, tasks: TaskSource, *, roll_up: bool = False) -> Asked[Matrix]:
    """Ask for the tasks counted by activity and lead organisation; one that several lead is in the cell of each."""
    names = context.names
    lead, _ = counted_by(names, "org", roll_up=roll_up)
    by_activity_asked, led_asked = ask_tallies(tasks, ACTIVITY), ask_tallies(tasks, lead)
    cells_asked, total_asked = ask_cross_tallies(tasks, ACTIVITY, lead), ask_tally(tasks)

    def read() -> Matrix:
        by_activity, led, cells = by_activity_asked(), led_asked(), cells_asked()
        organisations = (
            *names.in_order(org for org in led if org is not None),
            *([None] if None in led else []),
        )
        rows = [
            MatrixRow(
                activity,
                None if activity is None else names.activity_title(activity),
                {org: cells[activity, org].counts for org in organisations if (activity, org) in cells},
                by_activity[activity].counts,
            )
            for activity in _order(context, by_activity)
        ]
        totals = {org: led[org].counts for org in organisations}
        return Matrix(organisations, tuple(rows), totals, total_asked().counts, rolled_up=roll_up)

    return read


def _order(context: Context, found: Collection[str | None]) -> list[str | None]:
    """Return the activities in the plan's order, then those that left it, then None."""
    known = [code for code in context.names.activities if code in found]
    gone = sorted((c for c in found if c is not None and c not in known), key=natural_key)
    return [*known, *gone, *([None] if None in found else [])]
