"""Indicators of the plan: record what was measured, list targets and actuals."""

from collections.abc import Iterator, Sequence

from plantrack.errors import Failure
from plantrack.model.days import Period, civil_period, period_last_day
from plantrack.model.indicator import Measured, parse_amount, standing
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.plan import Activity, Indicator
from plantrack.model.text import clean_line, clean_text, nearest, spoken
from plantrack.model.typed_days import unreadable
from plantrack.model.typed_periods import latest_period
from plantrack.model.views.indicator import IndicatorLine, IndicatorList
from plantrack.services.command_writer import Written, writing, written
from plantrack.services.context import Desk
from plantrack.store import indicators


class Measurement(NamedTuple):
    """A value as a person typed it."""

    indicator: str
    value: str
    period: str
    labels: tuple[str, ...] = ()
    on: str | None = None
    told_by: str | None = None
    note: str | None = None


class Recorded(NamedTuple):
    """What `indicator record` did."""

    written: Written
    indicator: Indicator
    value: Measured
    #: The value that it takes the place of.
    old: Measured | None


def record(desk: Desk, typed: Measurement) -> Recorded:
    """Record what was measured of an indicator for a period; a value for the same period and labels takes its place."""
    indicator = _find(desk, typed.indicator)[1]
    period = measured_period(desk, typed.period).name
    labels = tuple(sorted({clean_line(label, what="label", limit=60) for label in typed.labels}))
    with writing(desk, "indicator record") as pen:
        day = pen.day(typed.on)
        old = next((v for v in _standing(desk, day) if _key(v) == (indicator.id, period, labels)), None)
        value = Measured(
            pen.uid(), pen.command.number, desk.plan.id, indicator.id, period, labels, day, pen.command.recorded_at,
            desk.author, parse_amount(typed.value),
            clean_line(typed.told_by, what="told_by", limit=200) if typed.told_by else None,
            clean_text(typed.note, what="note") if typed.note else None,
        )  # fmt: skip
        indicators.insert_value(desk.db, value)
        now = next(v for v in _standing(desk, desk.today) if _key(v) == _key(value))
        if now.uid != value.uid:
            pen.note("later-number-stands", day=now.on)
    return Recorded(written(pen), indicator, value, old)


def _key(value: Measured) -> tuple[str, str, tuple[str, ...]]:
    return value.indicator, value.period, value.labels


def _standing(desk: Desk, day: str) -> list[Measured]:
    return standing(indicators.values_of(desk.db, desk.plan.id, desk.when.known_at), day)


def _all(desk: Desk) -> Iterator[tuple[Activity, Indicator]]:
    yield from ((activity, i) for activity in desk.names.activities.values() for i in activity.indicators)


def _find(desk: Desk, text: str) -> tuple[Activity, Indicator]:
    """Find an indicator by its id or its title, without tones."""
    there = list(_all(desk))
    if not there:
        raise Failure("no-indicators", plan=desk.plan.id)
    wanted = spoken(text)
    found = [
        pair for pair in there if wanted in (spoken(pair[1].id), *map(spoken, filter(None, pair[1].title)))
    ]
    if len(found) != 1:
        ids = [indicator.id for _, indicator in there]
        raise Failure("unknown-indicator", indicator=text, near=nearest(text, ids))
    return found[0]


def measured_period(desk: Desk, text: str) -> Period:
    """Read the period that was measured: it has begun."""
    try:
        period = latest_period(text, today=desk.today, of=civil_period)
    except Failure as failure:
        raise Failure("not-a-period", text=text) from failure
    if period is None:
        raise unreadable(text, "not-a-period")
    if period.first > desk.today:
        raise Failure("period-not-begun", period=period.name, day=period.first, today=desk.today)
    return period


def list_indicators(
    desk: Desk, chosen: Sequence[str] = (), *, all_periods: bool = False, until: str | None = None
) -> IndicatorList:
    """Give the indicators of the plan, or those of some ids, activities or areas, with what counts on the as-of day.

    With `until`, only periods that have ended by that day: what a report of such a period may show.
    """
    wanted = [_wanted(desk, text) for text in chosen]
    standing_now = _standing(desk, desk.when.day)
    values = [v for v in standing_now if until is None or _last_day(v) <= until]
    lines = [
        _line(activity, indicator, [v for v in values if v.indicator == indicator.id])
        for activity, indicator in _all(desk)
        if not wanted or any(_is_meant(code, activity, indicator) for code in wanted)
    ]
    return IndicatorList(desk.heading, tuple(lines), all_periods)


def _wanted(desk: Desk, text: str) -> str:
    """Read an indicator's id, else the code of an activity or an area."""
    try:
        return _find(desk, text)[1].id
    except Failure:
        return desk.names.activity(text).code if "." in text else desk.names.area(text).code


def _is_meant(code: str, activity: Activity, indicator: Indicator) -> bool:
    return code in (indicator.id, activity.code, activity.code.rpartition(".")[0])


def _line(activity: Activity, indicator: Indicator, values: Sequence[Measured]) -> IndicatorLine:
    in_all = [v for v in values if not v.labels]
    # Of periods that end on one day the longest: the target is for the year, and not for its last quarter.
    last = max(map(_last_day, in_all), default="")
    actual = min((v for v in in_all if _last_day(v) == last), key=_first_day, default=None)
    ordered = sorted(values, key=lambda v: (_last_day(v), v.period, v.labels))
    return IndicatorLine(activity, indicator, actual, tuple(ordered))


def _last_day(value: Measured) -> str:
    return period_last_day(value.period) or ""


def _first_day(value: Measured) -> str:
    period = civil_period(value.period)
    return period.first if period else ""
