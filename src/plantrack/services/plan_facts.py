"""What the history of a plan tells besides its tasks: revisions, what was measured, saved filters."""

from plantrack.model.grouping import grouped
from plantrack.model.indicator import written_out
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.text import match_key
from plantrack.services.context import Context
from plantrack.store import commands, indicators, plans, saved_filters
from plantrack.store.plans import Revision


class PlanFacts(NamedTuple):
    """What is told of a plan besides its tasks."""

    revisions: dict[str, Revision]
    #: By command what it measured of indicators: the old value, the new one, the day.
    measured: dict[str, list[tuple[str | None, str, str]]]
    #: By command the filter that it kept or gave up: the old meaning of its name, and the new one.
    filters: dict[str, tuple[str | None, str | None]]


def plan_facts(context: Context, *, besides: bool) -> PlanFacts:
    """Read what is told of a plan; `besides`: more than its revisions."""
    revisions = plans.revisions(context.db, context.plan.id, context.when.known_at)
    return PlanFacts(
        {r.command: r for r in revisions},
        _measured(context) if besides else {},
        _filters(context) if besides else {},
    )


def _measured(context: Context) -> dict[str, list[tuple[str | None, str, str]]]:
    values, last = indicators.all_values(context.db, context.plan.id), dict[tuple[object, ...], str]()
    gone, told = commands.undone_by(context.db, {v.command for v in values}), []
    for v in values:
        key = (v.indicator, v.period, v.labels)
        label = f" ({', '.join(v.labels)})" if v.labels else ""
        text = f"{v.indicator} {v.period}{label}: {written_out(v.value)}"
        told.append((v.command, (last.get(key), text, v.on)))
        if v.command not in gone:
            last[key] = text
    return grouped(told)


def _filters(context: Context) -> dict[str, tuple[str | None, str | None]]:
    kept = saved_filters.all_filters(context.db)
    gone, last = commands.undone_by(context.db, {f.command for f in kept}), dict[str, str | None]()
    told = dict[str, tuple[str | None, str | None]]()
    for f in kept:
        key, meaning = match_key(f.name), f"{f.typed}: {f.spelled()}" if f.terms else None
        told[f.command] = last.get(key), meaning
        if f.command not in gone:
            last[key] = meaning
    return told
