"""What the history tells of commands besides tasks: revisions, indicators, saved filters, people, organisations, restores."""

from plantrack.model.grouping import grouped
from plantrack.model.indicator import written_out
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.text import match_key
from plantrack.services.context import Context
from plantrack.services.told_parties import PartyChange, party_changes
from plantrack.store import commands, indicators, plans, saved_filters
from plantrack.store.exchange.restorations import all_restorations
from plantrack.store.facts import PartyName
from plantrack.store.plans import Revision
from plantrack.store.questions.names_then import names_then
from plantrack.store.server.members import member_facts


class PlanFacts(NamedTuple):
    """What is told of a plan besides its tasks."""

    revisions: dict[str, Revision]
    #: How parties were called when something was written.
    named: PartyName
    #: By command what it measured of indicators: the old value, the new one, the day.
    measured: dict[str, list[tuple[str | None, str, str]]]
    #: By command the filter that it kept or gave up: the old meaning of its name, and the new one.
    filters: dict[str, tuple[str | None, str | None]]
    #: By command the backup that it put in place of the database, and what keeps that.
    restored: dict[str, list[tuple[str, str]]]
    #: By command what it said of people and organisations.
    parties: dict[str, list[PartyChange]]
    #: By command what it said of a member: the old role of a login, and the new one.
    members: dict[str, tuple[str | None, str | None]]


def plan_facts(context: Context, *, besides: bool) -> PlanFacts:
    """Read what is told of a plan; `besides`: also what changed none of its tasks."""
    db = context.db
    revisions = {r.command: r for r in plans.revisions(db, context.plan.id, context.when.known_at)}
    named = names_then(db)
    if not besides:
        return PlanFacts(revisions, named, {}, {}, {}, {}, {})
    filters, restored = _filters(context), _restored(context)
    parties = party_changes(db, named)
    return PlanFacts(revisions, named, _measured(context), filters, restored, parties, _members(context))


def _restored(context: Context) -> dict[str, list[tuple[str, str]]]:
    found = all_restorations(context.db)
    return grouped(
        (r.command, (field, name))
        for r in found
        for field, name in (("restored", r.file), ("kept", r.kept))
        if name
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


def _members(context: Context) -> dict[str, tuple[str | None, str | None]]:
    facts = member_facts(context.db)
    gone, last = commands.undone_by(context.db, {f.command for f in facts}), dict[str, str | None]()
    told = dict[str, tuple[str | None, str | None]]()
    for f in facts:
        role = f"{f.login}: {f.server_role}{f' ({f.organisation})' if f.organisation else ''}"
        told[f.command] = last.get(f.login), role if f.server_role else None
        if f.command not in gone:
            last[f.login] = told[f.command][1]
    return told


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
