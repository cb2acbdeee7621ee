"""People: what each is called is a fact like others; where two have one name, their organisations tell them apart."""

from collections import Counter
from collections.abc import Collection, Sequence

from plantrack.model.named_tuple import NamedTuple
from plantrack.store.connection import Connection, insert


class Person(NamedTuple):
    """A person as they are known at a moment; no two have the same name."""

    uid: str
    name: str
    sort_name: str | None
    organisation: str | None


class PersonName(NamedTuple):
    """What a person is called from a command on."""

    uid: str
    command: str
    person: str
    recorded_at: str
    name: str
    sort_name: str | None = None
    organisation: str | None = None


_NAME = ", ".join(f"n.{field}" for field in PersonName._fields)


def people(db: Connection, gone: Collection[str] | None = None) -> list[Person]:
    """Return everybody who is known, each by the name that stands, in the order of these names.

    `gone`: the commands that do not count, where none that is kept of them is meant.
    """
    rows = db.query(
        f"SELECT {_NAME}, COALESCE(o.short, n.organisation), w.command AS taken_back FROM person_name AS n "
        "LEFT JOIN organisation AS o ON o.id = n.organisation "
        "LEFT JOIN withdrawn_command AS w ON w.command = n.command ORDER BY n.recorded_at, n.uid"
    )
    names = [(PersonName._make(r[:-2]), r[-2]) for r in rows]
    gone = {r[-1] for r in rows} if gone is None else gone
    standing: dict[str, tuple[PersonName, str | None]] = {}
    for name, organisation in names:
        if name.person not in standing or name.command not in gone:
            standing[name.person] = name, organisation
    labels = _told_apart([(name.name, organisation) for name, organisation in standing.values()])
    found = [
        Person(name.person, label, name.sort_name, name.organisation)
        for (name, _), label in zip(standing.values(), labels, strict=True)
    ]
    return sorted(found, key=lambda person: person.name)


def _told_apart(named: Sequence[tuple[str, str | None]]) -> list[str]:
    """Return the names of people, with what tells two of one name apart: the organisation, else who came first."""
    times = Counter(name for name, _ in named)
    taken = {name for name in times if times[name] == 1}
    out = []
    for name, organisation in named:
        label = name
        if times[name] > 1:
            own = f"{name} ({organisation.replace(',', '')})" if organisation else name
            label = next(
                one for n in range(1, len(named) + len(taken) + 2) if (one := _nth(own, n)) not in taken
            )
            taken.add(label)
        out.append(label)
    return out


def _nth(name: str, n: int) -> str:
    return name if n == 1 else f"{name} ({n})"


def person_of_login(db: Connection, login: str) -> Person | None:
    """Return the person whom the machine knows by a login; nothing tells yet whose a login is."""
    return None


def add_people(db: Connection, names: Sequence[PersonName]) -> None:
    """Make people known, each by a name that nobody has."""
    rows = [
        {"uid": n.person, "command": n.command, "recorded_at": n.recorded_at, "label": n.name} for n in names
    ]
    insert(db, "person", rows)
    insert(db, "person_name", [name._asdict() for name in names])


def derive_labels(db: Connection) -> None:
    """Bring the labels of people in line with their names; the rows of their tasks are to be derived after it."""
    kept: dict[str, str] = dict(db.query("SELECT uid, label FROM person"))
    changed = [{"uid": p.uid, "label": p.name} for p in people(db) if kept[p.uid] != p.name]
    # First out of each other's way: no two may have one label, not even on the way.
    for rows in ([{**row, "label": row["uid"]} for row in changed], changed):
        db.executemany("UPDATE person SET label = :label WHERE uid = :uid", rows)
