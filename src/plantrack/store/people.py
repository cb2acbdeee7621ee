"""People: what is said of each is a fact like others; where two have one name, their organisations tell them apart."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from plantrack.model.grouping import chunks, ends
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.people.hidden_name import is_hidden
from plantrack.model.people.person import Person
from plantrack.store.commands import Command
from plantrack.store.connection import Asked, Connection
from plantrack.store.scope import among
from plantrack.store.sealing.seals import add_fact_rows, add_facts


class PersonFact(NamedTuple):
    """What is said of a person from a command on: None of nothing, empty of what is no longer so."""

    uid: str
    command: str
    person: str
    recorded_at: str
    name: str | None = None
    sort_name: str | None = None
    organisation: str | None = None
    email: str | None = None
    login: str | None = None
    left_on: str | None = None
    #: The person that they turned out to be.
    merged_into: str | None = None


#: What is said of a person; and what tells them from others.
SAID = PersonFact._fields[4:]
_NAMING = ("name", "organisation")
_FACT = ", ".join(f"n.{field}" for field in PersonFact._fields)


class KnownPeople(NamedTuple):
    """Everybody who is known, in the order of their names, and who turned out to be whom."""

    people: list[Person]
    #: The uid of each who was merged, with that of whom they are now.
    merged: dict[str, str]
    #: The uids of those of whom nothing stands: the commands that said anything of them were taken back.
    forgotten: tuple[str, ...] = ()

    @property
    def labels(self) -> dict[str, str]:
        """Return the name by which each uid is known now."""
        own = {person.uid: person.name for person in self.people}
        return own | {uid: own[into] for uid, into in self.merged.items()}


def people(db: Connection, gone: Collection[str] | None = None) -> list[Person]:
    """Return everybody who is known, as `known_people` does, but for those who were merged into others."""
    return known_people(db, gone).people


def known_people(db: Connection, gone: Collection[str] | None = None) -> KnownPeople:
    """Return everybody who is known, by what stands of them.

    `gone`: the commands that do not count, where none that is kept of them is meant.
    """
    return ask_known_people(db, gone)()


def ask_known_people(db: Connection, gone: Collection[str] | None = None) -> Asked[KnownPeople]:
    """Ask for what `known_people` returns."""
    asked = db.ask(
        f"SELECT {_FACT}, w.command AS taken_back FROM person_fact AS n "
        "LEFT JOIN withdrawn_command AS w ON w.command = n.command ORDER BY n.recorded_at, n.uid"
    )

    def read() -> KnownPeople:
        rows = asked()
        said = [PersonFact._make(r[:-1]) for r in rows]
        return standing(db, said, {r[-1] for r in rows} if gone is None else gone)

    return read


def people_facts(db: Connection) -> list[PersonFact]:
    """Return all that was said of people, what was taken back too, in its order."""
    return ask_people_facts(db)()


def ask_people_facts(db: Connection) -> Asked[list[PersonFact]]:
    """Ask for what `people_facts` returns."""
    rows = db.ask(f"SELECT {_FACT} FROM person_fact AS n ORDER BY n.recorded_at, n.uid")
    return lambda: [PersonFact._make(r) for r in rows()]


def standing(db: Connection, said: Iterable[PersonFact], gone: Collection[str]) -> KnownPeople:
    """Return the people whom facts, in their order, make known: of each field the last value that counts.

    Who was ever given a role keeps the name that they came with, for the history names them; others are forgotten with
    all that was said of them.
    """
    found: dict[str, dict[str, str]] = {}
    called: dict[str, set[str]] = {}
    standing: set[str] = set()
    for fact in said:
        counts = fact.command not in gone
        if counts:
            standing |= {fact.person, fact.merged_into or fact.person}
        if fact.person not in found or counts:
            own = found.setdefault(fact.person, {})
            called.setdefault(fact.person, set()).add(fact.name or "")
            values = zip(SAID, fact[4:]) if counts else zip(_NAMING, (fact.name, fact.organisation))
            own.update((name, value) for name, value in values if value is not None)
    forgotten = _never_given_a_role(db, found.keys() - standing)
    found = {uid: own for uid, own in found.items() if uid not in forgotten}
    merged = ends({uid: own["merged_into"] for uid, own in found.items() if "merged_into" in own})
    there = {uid: own for uid, own in found.items() if uid not in merged}
    labels = _told_apart(
        db, {uid: (own.get("name", uid), own.get("organisation")) for uid, own in there.items()}
    )
    for uid, into in merged.items():
        called[into] |= called[uid]
    named = [_person(uid, labels[uid], own, called[uid]) for uid, own in there.items()]
    return KnownPeople(sorted(named, key=lambda person: person.name), merged, tuple(sorted(forgotten)))


def _never_given_a_role(db: Connection, uids: Collection[str]) -> set[str]:
    """Return who of some people has no role in any task, and never had one."""
    given: set[str] = set()
    for some in chunks(sorted(uids)):
        theirs, params = among("a.person", "p", some)
        given |= {
            r[0] for r in db.query(f"SELECT DISTINCT a.person FROM assignment AS a WHERE {theirs}", params)
        }
    return set(uids) - given


def _person(uid: str, label: str, own: Mapping[str, str], called: Collection[str]) -> Person:
    name = own.get("name", uid)
    known = {field: value for field, value in own.items() if not is_hidden(value)}
    rest = {field: known.get(field) or None for field in SAID if field in Person._fields and field != "name"}
    former = tuple(sorted(n for n in set(called) - {name, ""} if not is_hidden(n)))
    return Person(uid=uid, name=label, own_name=name, former=former, **rest)


def _told_apart(db: Connection, named: Mapping[str, tuple[str, str | None]]) -> dict[str, str]:
    """Return the names of people, with what tells two of one name apart: the organisation, else who came first."""
    times = Counter(name for name, _ in named.values())
    taken = {name for name in times if times[name] == 1}
    called = _called(db, {o for name, o in named.values() if o and times[name] > 1})
    out = {uid: name for uid, (name, _) in named.items()}
    for uid in in_order_of_coming(db, [uid for uid, (name, _) in named.items() if times[name] > 1]):
        name, organisation = named[uid]
        own = told_apart(name, called.get(organisation, organisation)) if organisation else name
        out[uid] = next(
            one for n in range(1, len(named) + len(taken) + 2) if (one := _nth(own, n)) not in taken
        )
        taken.add(out[uid])
    return out


def in_order_of_coming(db: Connection, uids: Collection[str]) -> list[str]:
    """Return some people in the order in which they came: in every database first those of the hub, then those of sites.

    So nobody at the hub is called otherwise because a bundle brings a namesake.
    """
    found = list[tuple[int, str, str]]()
    for some in chunks(uids):
        theirs, params = among("p.uid", "p", some)
        found += db.query(
            "SELECT CASE WHEN c.site = '' THEN 0 ELSE 1 END AS is_of_site, p.recorded_at, p.uid "
            f"FROM person AS p JOIN command AS c ON c.uid = p.command WHERE {theirs}",
            params,
        )
    return [uid for *_, uid in sorted(found)]


def _called(db: Connection, organisations: Collection[str]) -> dict[str, str]:
    """Return the names of some organisations for tables."""
    if not organisations:
        return {}
    theirs, params = among("id", "o", sorted(organisations))
    rows = db.query(f"SELECT id, COALESCE(short, name) AS title FROM organisation WHERE {theirs}", params)
    return {r[0]: r[1] for r in rows}


def told_apart(name: str, organisation: str) -> str:
    """Return a name with that of an organisation in brackets; lists of people are joined by commas, so without these."""
    return f"{name} ({organisation.replace(',', '')})"


def _nth(name: str, n: int) -> str:
    return name if n == 1 else f"{name} ({n})"


def person_of_login(db: Connection, login: str) -> Person | None:
    """Return the person whom the machine knows by a login; nobody has that of another."""
    return next((person for person in people(db) if person.login == login), None)


def add_people(db: Connection, new: Mapping[str, PersonFact]) -> None:
    """Make people known, each by a name that nobody has."""
    rows = [
        {"uid": fact.person, "command": fact.command, "recorded_at": fact.recorded_at, "label": label}
        for label, fact in new.items()
    ]
    add_fact_rows(db, "person", rows)
    insert_people_facts(db, [*new.values()])


def first_fact(person: Person, uid: str, by: Command) -> PersonFact:
    """Return what is said of a person who comes with a command."""
    return PersonFact(
        uid, by.uid, person.uid, by.recorded_at, person.own_name, organisation=person.organisation
    )


def insert_people_facts(db: Connection, facts: Sequence[PersonFact]) -> None:
    """Add what is said of people who are known; labels and tasks follow in the same transaction."""
    add_facts(db, "person_fact", PersonFact._fields, facts)


def kept_labels(db: Connection) -> dict[str, str]:
    """Return the name by which each uid is kept, of one who was merged that of whom they are."""
    rows = db.query(
        "SELECT p.uid, q.label FROM person AS p JOIN person AS q ON q.uid = COALESCE(p.merged_into, p.uid)"
    )
    return {r[0]: r[1] for r in rows}


def person_rows(known: KnownPeople) -> list[tuple[str, str, str | None]]:
    """Return what is derived of each: the uid, the label, and whom they are now.

    Nobody is called as the uid of somebody who was merged, or forgotten.
    """
    own = [(person.uid, person.name, None) for person in known.people]
    merged = ((uid, uid, into) for uid, into in known.merged.items())
    return [*own, *merged, *((uid, uid, None) for uid in known.forgotten)]


def derive_labels(db: Connection) -> None:
    """Bring the labels of people in line with what is said of them; the rows of their tasks are derived beside it."""
    kept = {*db.query("SELECT uid, label, merged_into FROM person")}
    changed = [row for row in person_rows(known_people(db)) if row not in kept]
    rows = [dict(zip(("uid", "label", "merged_into"), row, strict=True)) for row in changed]
    # First out of each other's way: no two may have one label, not even on the way.
    aside = [{**row, "label": f"{row['uid']} "} for row in rows]
    for each in (aside, rows):
        db.executemany("UPDATE person SET label = :label, merged_into = :merged_into WHERE uid = :uid", each)
