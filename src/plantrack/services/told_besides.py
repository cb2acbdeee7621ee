"""What the history tells of commands besides tasks: revisions, indicators, saved filters, people, organisations, restores."""

from collections.abc import Mapping, Sequence

from plantrack.model.grouping import grouped
from plantrack.model.indicator import Measured, written_out
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.text import match_key
from plantrack.model.views.filter import SavedFilter
from plantrack.services.context import Context
from plantrack.services.told_parties import PartyChange, party_changes
from plantrack.store import commands, indicators, organisations, people, plans, saved_filters
from plantrack.store.connection import Asked
from plantrack.store.exchange.restorations import Restoration, ask_all_restorations
from plantrack.store.facts import PartyName
from plantrack.store.organisations import OrganisationFact
from plantrack.store.plans import Revision
from plantrack.store.questions.names_then import names_then
from plantrack.store.server.members import MemberFact, ask_member_facts

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
    return ask_plan_facts(context, besides=besides)()


def ask_plan_facts(context: Context, *, besides: bool) -> Asked[PlanFacts]:
    """Ask for what `plan_facts` returns."""
    db = context.db
    revisions_asked = plans.ask_revisions(db, context.plan.id, context.when.known_at)
    people_asked, more_asked = people.ask_people_facts(db), _ask_besides(context) if besides else None

    def read() -> PlanFacts:
        revisions = {r.command: r for r in revisions_asked()}
        said, more = people_asked(), more_asked() if more_asked else None
        undone_asked = commands.ask_undos_of(db, {fact.command for fact in said})
        gone_asked = (
            commands.ask_undone_by(db, {f.command for own in (said, *more.facts) for f in own})
            if more
            else dict
        )
        named, gone = names_then(db, said, undone_asked()), gone_asked()
        if more is None:
            return PlanFacts(revisions, named, {}, {}, {}, {})
        meant = {**_filters(more.filters, gone), **_members(more.members, gone)}
        parties = party_changes(said, more.organisations, gone, named)
        return PlanFacts(revisions, named, _measured(more.values, gone), meant, more.of_database, parties)

    return read


class _Besides(NamedTuple):
    """What changed no task of a plan."""

    filters: list[SavedFilter]
    members: list[MemberFact]
    values: list[Measured]
    organisations: list[OrganisationFact]
    of_database: dict[str, list[tuple[str, str]]]

    @property
    def facts(self) -> tuple[Sequence[SavedFilter | MemberFact | Measured | OrganisationFact], ...]:
        """Return the facts of commands that may be taken back."""
        return self.filters, self.members, self.values, self.organisations


def _ask_besides(context: Context) -> Asked[_Besides]:
    db = context.db
    filters, members = saved_filters.ask_all_filters(db), ask_member_facts(db)
    values, of_organisations = (
        indicators.ask_all_values(db, context.plan.id),
        organisations.ask_organisation_facts(db),
    )
    restored, arrived = ask_all_restorations(db), commands.ask_arrivals(db)
    return lambda: _Besides(
        filters(), members(), values(), of_organisations(), _restored(restored()) | _arrived(arrived())
    )


def _restored(found: Sequence[Restoration]) -> dict[str, list[tuple[str, str]]]:
    return grouped(
        (r.command, (field, name))
        for r in found
        for field, name in (("restored", r.file), ("kept", r.kept))
        if name
    )


def _arrived(found: Mapping[str, Mapping[str, int]]) -> dict[str, list[tuple[str, str]]]:
    """Return of each command that took in a bundle from where how many commands came: `HN:3`, of the hub `:3`."""
    return {by: [("bundle", f"{site}:{n}") for site, n in own.items()] for by, own in found.items()}


def _measured(
    values: Sequence[Measured], gone: Mapping[str, int]
) -> dict[str, list[tuple[str | None, str, str]]]:
    last, told = dict[tuple[object, ...], str](), []
    for v in values:
        key = (v.indicator, v.period, v.labels)
        label = f" ({', '.join(v.labels)})" if v.labels else ""
        text = f"{v.indicator} {v.period}{label}: {written_out(v.value)}"
        told.append((v.command, (last.get(key), text, v.on)))
        if v.command not in gone:
            last[key] = text
    return grouped(told)


def _members(facts: Sequence[MemberFact], gone: Mapping[str, int]) -> dict[str, Meaning]:
    of = {fact.uid: f" ({fact.organisation})" if fact.organisation else "" for fact in facts}
    said = ((f, f"{f.login}: {f.server_role}{of[f.uid]}" if f.server_role else None) for f in facts)
    return _meanings("member", [(fact.command, fact.login, meaning) for fact, meaning in said], gone)


def _filters(kept: Sequence[SavedFilter], gone: Mapping[str, int]) -> dict[str, Meaning]:
    said = ((f, f"{f.typed}: {f.spelled()}" if f.terms else None) for f in kept)
    return _meanings("filter", [(f.command, match_key(f.name), meaning) for f, meaning in said], gone)


def _meanings(
    field: str, said: Sequence[tuple[str, str, str | None]], gone: Mapping[str, int]
) -> dict[str, Meaning]:
    """Return by command what a name means from then on, and meant before; those that were taken back do not count."""
    last, told = dict[str, str | None](), dict[str, Meaning]()
    for command, name, meaning in said:
        told[command] = field, last.get(name), meaning
        if command not in gone:
            last[name] = meaning
    return told
