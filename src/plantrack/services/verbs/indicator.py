"""Indicators of the plan: record what was measured, list targets and actuals."""

from collections.abc import Sequence

from plantrack.errors import Failure
from plantrack.model.days import Period, civil_period, period_last_day
from plantrack.model.indicator import Measured, parse_amount, standing
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.plan import Activity, Indicator
from plantrack.model.text import clean_line, clean_text, match_key, nearest
from plantrack.model.typed.days import read_as
from plantrack.model.typed.periods import latest_period
from plantrack.model.views.indicator import IndicatorLine, IndicatorList
from plantrack.services.context import Context
from plantrack.services.writing.command_rules import CommandResult
from plantrack.services.writing.command_writer import CommandWriter
from plantrack.services.writing.run_command import run_command
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

    written: CommandResult
    indicator: Indicator
    value: Measured
    #: The value that it takes the place of.
    old: Measured | None


class ParsedMeasurement(NamedTuple):
    """A value, understood."""

    indicator: Indicator
    period: str
    labels: tuple[str, ...]
    on: str
    value: float
    told_by: str | None
    note: str | None


def parse_measurement(writer: CommandWriter, typed: Measurement) -> ParsedMeasurement:
    """Understand what was typed of a value.

    Raises: no-indicators, unknown-indicator; those of `measured_period`, `CommandWriter.day`, `clean_line`,
    `clean_text`, `parse_amount`.
    """
    return ParsedMeasurement(
        indicator=_find(writer.context, typed.indicator)[1],
        period=measured_period(writer.context, typed.period).name,
        labels=tuple(sorted({clean_line(label, what="label", limit=60) for label in typed.labels})),
        on=writer.day(typed.on),
        value=parse_amount(typed.value),
        told_by=clean_line(typed.told_by, what="told_by", limit=200) if typed.told_by else None,
        note=clean_text(typed.note, what="note") if typed.note else None,
    )


def measured(writer: CommandWriter, parsed: ParsedMeasurement) -> Measured:
    """Return a value as it is recorded under the command."""
    by = writer.command
    return Measured(
        uid=writer.uid(), command=by.uid, plan=writer.context.plan.id, indicator=parsed.indicator.id,
        period=parsed.period, labels=parsed.labels, on=parsed.on, recorded_at=by.recorded_at, author=by.author,
        number=by.number, value=parsed.value, told_by=parsed.told_by, note=parsed.note,
    )  # fmt: skip


def record(context: Context, typed: Measurement) -> Recorded:
    """Record what was measured of an indicator for a period; a value for the same period and labels takes its place.

    Raises: those of `parse_measurement`, `run_command`.
    """
    found: list[tuple[Indicator, Measured, Measured | None]] = []

    def body(writer: CommandWriter) -> None:
        parsed = parse_measurement(writer, typed)
        known = indicators.values_of(context.db, context.plan.id)
        value = measured(writer, parsed)
        old = next((v for v in standing(known, value.on) if _key(v) == _key(value)), None)
        indicators.insert_values(context.db, [value])
        now = next(v for v in standing([*known, value], context.today) if _key(v) == _key(value))
        if now.uid != value.uid:
            writer.note("later-number-stands", day=now.on)
        found[:] = [(parsed.indicator, value, old)]

    done = run_command(context, "indicator record", body)
    ((indicator, value, old),) = found
    return Recorded(done, indicator, value, old)


def _key(value: Measured) -> tuple[str, str, tuple[str, ...]]:
    return value.indicator, value.period, value.labels


def _standing(context: Context, day: str) -> list[Measured]:
    return standing(indicators.values_of(context.db, context.plan.id), day)


def _all(context: Context) -> list[tuple[Activity, Indicator]]:
    return [(activity, i) for activity in context.names.activities.values() for i in activity.indicators]


def _find(context: Context, text: str) -> tuple[Activity, Indicator]:
    """Find an indicator by its id or its title, without tones."""
    there = _all(context)
    if not there:
        raise Failure("no-indicators", plan=context.plan.id)
    wanted = match_key(text)
    found = [
        (activity, i) for activity, i in there if wanted in map(match_key, (i.id, *filter(None, i.title)))
    ]
    if len(found) != 1:
        ids = [indicator.id for _, indicator in there]
        raise Failure("unknown-indicator", indicator=text, near=nearest(text, ids))
    return found[0]


def measured_period(context: Context, text: str) -> Period:
    """Read the period that was measured: it has begun.

    Raises: not-a-period, period-not-begun; those of `latest_period`, `read_as`.
    """
    today = context.today
    period = read_as("not-a-period", lambda: latest_period(text, today=today, of=civil_period), text=text)
    if period.first > context.today:
        raise Failure("period-not-begun", period=period.name, day=period.first, today=context.today)
    return period


def list_indicators(
    context: Context, chosen: Sequence[str] = (), *, all_periods: bool = False, until: str | None = None
) -> IndicatorList:
    """Return the indicators of the plan, or those of some ids, activities or areas, with what counts on the as-of day.

    With `until`, only periods that have ended by that day: what a report of such a period may show.

    Raises: no-indicators, unknown-indicator.
    """
    wanted = {_wanted(context, text) for text in chosen}
    found = _standing(context, context.when.day)
    values = [value for value in found if until is None or _last_day(value) <= until]
    lines = [
        _line(activity, indicator, [v for v in values if v.indicator == indicator.id])
        for activity, indicator in _all(context)
        if not wanted or {indicator.id, activity.code, activity.code.rpartition(".")[0]} & wanted
    ]
    return IndicatorList(context.heading, tuple(lines), all_periods)


def _wanted(context: Context, text: str) -> str:
    """Read an indicator's id, else the code of an activity or an area."""
    try:
        return _find(context, text)[1].id
    except Failure:
        return context.names.activity(text).code if "." in text else context.names.area(text).code


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
