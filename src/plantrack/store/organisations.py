"""What is recorded of organisations beside the plans: those that no plan has yet, addresses, and ids of the same one."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from plantrack.model.grouping import ends
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.plan import Organisation, Text
from plantrack.store.connection import Asked, Connection, insert
from plantrack.store.sealing.seals import add_facts


class OrganisationFact(NamedTuple):
    """What is said of an organisation from a command on: None of nothing, empty of what is no longer so."""

    uid: str
    command: str
    #: Its id.
    organisation: str
    recorded_at: str
    name: str | None = None
    short: str | None = None
    level: str | None = None
    place: str | None = None
    email: str | None = None
    #: The id that it has in the plan: both are one organisation.
    same_as: str | None = None


#: What is said of an organisation.
SAID = OrganisationFact._fields[4:]
_FACT = ", ".join(f"n.{field}" for field in OrganisationFact._fields)


class RecordedOrganisations(NamedTuple):
    """What is recorded of organisations."""

    #: Those that were added, whether or not a plan has them by now.
    added: dict[str, Organisation]
    #: The address of each that has one.
    emails: dict[str, str]
    #: The ids that are others of an organisation, each with the one that it is known by.
    same_as: dict[str, str]

    def beside(self, plan: Iterable[Organisation]) -> tuple[Organisation, ...]:
        """Return the organisations that were added and that a plan with some others does not have."""
        there = {organisation.id for organisation in plan}
        return tuple(o for id, o in self.added.items() if id not in there and id not in self.same_as)


def recorded(db: Connection, gone: Collection[str] | None = None) -> RecordedOrganisations:
    """Return what stands of organisations, in the order in which it was recorded; `gone`: as of `known_people`."""
    return ask_recorded(db, gone)()


def ask_recorded(db: Connection, gone: Collection[str] | None = None) -> Asked[RecordedOrganisations]:
    """Ask for what `recorded` returns."""
    facts = _ask_facts(db)
    return lambda: _recorded(facts(), gone)


def _recorded(
    facts: Iterable[tuple[OrganisationFact, bool]], gone: Collection[str] | None
) -> RecordedOrganisations:
    own = _folded(
        fact for fact, taken_back in facts if not (taken_back if gone is None else fact.command in gone)
    )
    return RecordedOrganisations(
        {id: _organisation(id, said) for id, said in own.items() if said.get("name")},
        {id: said["email"] for id, said in own.items() if said.get("email")},
        ends({id: said["same_as"] for id, said in own.items() if said.get("same_as")}),
    )


def organisation_facts(db: Connection) -> list[OrganisationFact]:
    """Return all that was said of organisations, what was taken back too, in its order."""
    return ask_organisation_facts(db)()


def ask_organisation_facts(db: Connection) -> Asked[list[OrganisationFact]]:
    """Ask for what `organisation_facts` returns."""
    facts = _ask_facts(db)
    return lambda: [fact for fact, _ in facts()]


def named(db: Connection) -> list[OrganisationFact]:
    """Return what stands and gives an organisation a name, in its order."""
    return [fact for fact, taken_back in _facts(db) if not taken_back and fact.name]


def added_only_by(db: Connection, command: str) -> list[str]:
    """Return the organisations that are known by what one command says, and would not be without it."""
    facts = named(db)
    others = {fact.organisation for fact in facts if fact.command != command}
    return [fact.organisation for fact in facts if fact.organisation not in others]


def _facts(db: Connection) -> list[tuple[OrganisationFact, bool]]:
    """Return all that was said, in its order, each with whether it was taken back."""
    return _ask_facts(db)()


def _ask_facts(db: Connection) -> Asked[list[tuple[OrganisationFact, bool]]]:
    rows = db.ask(
        f"SELECT {_FACT}, w.command AS taken_back FROM organisation_fact AS n "
        "LEFT JOIN withdrawn_command AS w ON w.command = n.command ORDER BY n.recorded_at, n.uid"
    )
    return lambda: [(OrganisationFact._make(r[:-1]), r[-1] is not None) for r in rows()]


def _folded(facts: Iterable[OrganisationFact]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for fact in facts:
        own = found.setdefault(fact.organisation, {})
        own.update((name, value) for name, value in zip(SAID, fact[4:]) if value is not None)
    return found


def _organisation(id: str, said: Mapping[str, str]) -> Organisation:
    short = said.get("short")
    return Organisation(
        id, Text(said["name"]), Text(short) if short else None, level=said.get("level") or None,
        place=said.get("place") or None,
    )  # fmt: skip


def insert_organisation_facts(db: Connection, facts: Sequence[OrganisationFact]) -> None:
    """Add what is said of organisations; one that no plan ever had gets its row first."""
    add_rows(db, facts)
    add_facts(db, "organisation_fact", OrganisationFact._fields, facts)


def add_rows(db: Connection, facts: Iterable[OrganisationFact]) -> None:
    """Let there be the organisations that facts name, for others to name them too."""
    rows = {fact.organisation: _row(fact.organisation, fact.name, fact.short) for fact in facts if fact.name}
    insert(db, "organisation", [*rows.values()], key="id", where=_RECORDED_ONLY)


#: What a plan has is the plan's.
_RECORDED_ONLY = "organisation.in_plan = 0"


def _row(id: str, name: str, short: str | None) -> dict[str, object]:
    """Return the row of an organisation that no plan ever had."""
    return {
        "id": id, "name": name, "short": short or None, "valid_from": None, "valid_to": None, "in_plan": 0,
        "parent": None,
    }  # fmt: skip


def rows_beside(db: Connection, gone: Collection[str] | None = None) -> list[dict[str, object]]:
    """Return the rows of the organisations that were ever added: with what stands, else with what was taken back."""
    facts, stands = _facts(db), recorded(db, gone).added
    last = {
        id: _organisation(id, said) for id, said in _folded(f for f, _ in facts).items() if said.get("name")
    }
    return [_row(o.id, o.name.vi, o.short and o.short.vi) for o in (last | stands).values()]


def derive_rows(db: Connection) -> None:
    """Bring the rows of organisations in line with what is recorded of them; their tasks are derived beside it."""
    insert(db, "organisation", rows_beside(db), key="id", where=_RECORDED_ONLY)
    kept: dict[str, str] = dict(db.query("SELECT id, same_as FROM organisation WHERE same_as IS NOT NULL"))
    meant = recorded(db).same_as
    changed = [{"id": id, "same_as": meant.get(id)} for id in kept | meant if kept.get(id) != meant.get(id)]
    db.executemany("UPDATE organisation SET same_as = :same_as WHERE id = :id", changed)
