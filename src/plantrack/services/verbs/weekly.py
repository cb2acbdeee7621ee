"""The weekly summary: an internal digest of one ISO week, also one for each organisation."""

from collections.abc import Sequence
from pathlib import Path

from plantrack.errors import Failure
from plantrack.model.days import Period, week_of
from plantrack.model.typed.days import parse_week
from plantrack.model.views.weekly import OrganisationWeek, Weekly, WeeklyByOrg
from plantrack.services.context import Context
from plantrack.services.summary import SummaryData, digest, open_with_last_words, read_period
from plantrack.store.questions.task_counts import COORDINATING, LEAD, of_key, tallies


def weekly(
    context: Context,
    args: Sequence[str] = (),
    week: str = "last",
    *,
    with_notes: bool = False,
    root: Path | None = None,
) -> Weekly:
    """Sum up a week; its state is that of its last day, or of the as-of day inside it.

    With the folder `root` of the workspace it says whether the plan's file is newer than what was applied.

    Raises: week-not-begun; those of `terms_named`.
    """
    return digest(_week(context, args, week), with_notes=with_notes, root=root)


def weekly_by_org(
    context: Context,
    args: Sequence[str] = (),
    week: str = "last",
    *,
    with_notes: bool = False,
    root: Path | None = None,
) -> WeeklyByOrg:
    """Sum up a week as a whole, and for each organisation what it leads and what it coordinates.

    Raises: week-not-begun; those of `terms_named`.
    """
    data = _week(context, args, week)
    names = data.context.names
    used = {
        org
        for role in (LEAD, COORDINATING)
        for org in tallies(data.tasks, role)
        if org in names.organisations
    }
    parts = tuple(_part(data, org, with_notes=with_notes) for org in names.in_order(used))
    without = of_key(of_key(data.tasks, LEAD, None), COORDINATING, None).rows()
    return WeeklyByOrg(digest(data, with_notes=with_notes, root=root), parts, without)


def _part(data: SummaryData, org: str, *, with_notes: bool) -> OrganisationWeek:
    led = digest(data.narrowed(lambda tasks: of_key(tasks, LEAD, org)), with_notes=with_notes, is_part=True)
    # Not of others, nor of itself when only another that leads with it was silent.
    silent = tuple(s for s in led.silent_organisations if s.organisation.id == org)
    return OrganisationWeek(
        data.context.names.organisations[org],
        led._replace(silent_organisations=silent, plan_changes=(), milestones=()),
        open_with_last_words(data.context, of_key(data.tasks, COORDINATING, org)),
    )


def asked_week(context: Context, week: str) -> Period:
    """Read the week that was typed.

    Raises: those of `parse_week`.
    """
    return parse_week(week, today=context.when.day)


def _week(context: Context, args: Sequence[str], week: str) -> SummaryData:
    """Read a week; one that has not begun is refused."""
    period = asked_week(context, week)
    if period.first > context.when.day:
        raise Failure("week-not-begun", week=period.name, day=period.first, today=context.when.day)
    return read_period(context, args, period, week_of(period.end))
