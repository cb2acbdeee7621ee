"""What the history tells of commands besides tasks: revisions, indicators, saved filters, people, organisations, restores."""

from collections.abc import Sequence

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

#: A field, what it meant before, and what it means.
Meaning = tuple[str, str | None, str | None]


class PlanFacts(NamedTuple):
    """What is told of a plan besides its tasks."""

    revisions: dict[str, Revision]
    #: How parties were called when something was written.
    named: PartyName
    #: By command what it measured of indicators: the old value, the new one, the day.
    measured: dict[str, list[tuple[str | None, str, str]]]
    #: By command the filter that it kept or gave up, or the login whose role it said: the old meaning, and the new one.
    meant: dict[str, Meaning]
    #: By command the backup that it put in place of the database, and what keeps that; or what came with a bundle.
    of_database: dict[str, list[tuple[str, str]]]
    #: By command what it said of people and organisations.
    parties: dict[str, list[PartyChange]]


def plan_facts(context: Context, *, besides: bool) -> PlanFacts:
    """Read what is told of a plan; `besides`: also what changed none of its tasks."""
    db = context.db
    revisions = {r.command: r for r in plans.revisions(db, context.plan.id, context.when.known_at)}
    named = names_then(db)
    if not besides:
        return PlanFacts(revisions, named, {}, {}, {}, {})
    meant, of_database = _filters(context) | _members(context), _restored(context) | _arrived(context)
    return PlanFacts(revisions, named, _measured(context), meant, of_database, party_changes(db, named))


def _restored(context: Context) -> dict[str, list[tuple[str, str]]]:
    found = all_restorations(context.db)
    return grouped(
        (r.command, (field, name))
        for r in found
        for field, name in (("restored", r.file), ("kept", r.kept))
        if name
    )


def _arrived(context: Context) -> dict[str, list[tuple[str, str]]]:
    """Return of each command that took in a bundle from where how many commands came: `HN:3`, of the hub `:3`."""
    found = commands.arrivals(context.db)
    return {by: [("bundle", f"{site}:{n}") for site, n in own.items()] for by, own in found.items()}


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


def _members(context: Context) -> dict[str, Meaning]:
    facts = member_facts(context.db)
    of = {fact.uid: f" ({fact.organisation})" if fact.organisation else "" for fact in facts}
    said = ((f, f"{f.login}: {f.server_role}{of[f.uid]}" if f.server_role else None) for f in facts)
    return _meanings(context, "member", [(fact.command, fact.login, meaning) for fact, meaning in said])


def _filters(context: Context) -> dict[str, Meaning]:
    kept = saved_filters.all_filters(context.db)
    said = ((f, f"{f.typed}: {f.spelled()}" if f.terms else None) for f in kept)
    return _meanings(context, "filter", [(f.command, match_key(f.name), meaning) for f, meaning in said])


def _meanings(
    context: Context, field: str, said: Sequence[tuple[str, str, str | None]]
) -> dict[str, Meaning]:
    """Return by command what a name means from then on, and meant before; those that were taken back do not count."""
    gone, last = commands.undone_by(context.db, {each[0] for each in said}), dict[str, str | None]()
    told = dict[str, Meaning]()
    for command, name, meaning in said:
        told[command] = field, last.get(name), meaning
        if command not in gone:
            last[name] = meaning
    return told
