"""What commands said of people and organisations, for the history: field by field, with what it was before."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from plantrack.model.grouping import grouped
from plantrack.model.named_tuple import NamedTuple
from plantrack.store import organisations, people
from plantrack.store.facts import PartyName
from plantrack.store.organisations import OrganisationFact
from plantrack.store.people import PersonFact


class PartyChange(NamedTuple):
    """What a command said of a person or an organisation in one field."""

    #: The name of the person when it was said, or the id of the organisation.
    party: str
    field: str
    old: str | None
    new: str | None


def party_changes(
    of_people: Sequence[PersonFact],
    of_organisations: Sequence[OrganisationFact],
    gone: Mapping[str, int],
    named: PartyName,
) -> dict[str, list[PartyChange]]:
    """Return what each command said of parties; with what a person came is said where they are assigned.

    `gone`: the commands that do not count.
    """
    came: dict[str, str] = {}
    for fact in of_people:
        came.setdefault(fact.person, fact.uid)
    told = [
        *_changes(((f.person, f.uid != came[f.person], f) for f in of_people), people.SAID, gone, named),
        *_changes(((f.organisation, True, f) for f in of_organisations), organisations.SAID, gone, named),
    ]
    return grouped(told)


def _changes(
    facts: Iterable[tuple[str, bool, PersonFact | OrganisationFact]],
    fields: Iterable[str],
    gone: Mapping[str, int],
    named: PartyName,
) -> Iterator[tuple[str, PartyChange]]:
    """Yield what facts, in their order, say of parties in some fields; the flag tells whether it is news."""
    fields, last = tuple(fields), dict[tuple[str, str], str]()
    for party, is_news, fact in facts:
        for field in fields:
            value = getattr(fact, field)
            if value is None:
                continue
            if is_news:
                old = last.get((party, field))
                yield fact.command, _change(fact, party, field, None if old == value else old, named)
            if fact.command not in gone or not is_news:
                last[party, field] = value


def _change(
    fact: PersonFact | OrganisationFact, party: str, field: str, old: str | None, named: PartyName
) -> PartyChange:
    """Name a person as they were called before it."""
    before, new = named(party, _before(fact.recorded_at)) or party, getattr(fact, field)
    if field == "merged_into":
        new = named(new, _before(fact.recorded_at))
    return PartyChange(before, field, old or None, new or None)


def _before(moment: str) -> str:
    """Return what stands before a moment, and after every earlier one."""
    return moment.removesuffix("Z")
