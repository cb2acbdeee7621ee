"""People for tests: known by their names alone; with an address, a login; who have left."""

from datetime import UTC, datetime

from plantrack.model.people.person import Person
from plantrack.model.uid import UidMaker
from plantrack.store import commands, people
from plantrack.store.people import PersonFact
from plantrack.store.sealing.seals import seal
from plantrack.store.sqlite.connection import SQLite

NOW = datetime(2024, 7, 1, 3, tzinfo=UTC)
make_uid = UidMaker()


def say_of(db: SQLite, name: str, **said: str) -> None:
    """Record something of a person: `email`, `login`, `left_on`."""
    ((uid,),) = db.query("SELECT uid FROM person WHERE label = :name", {"name": name})
    with db.atomic():
        by = commands.record(db, "person set", "Người thử", NOW)
        people.insert_people_facts(db, [PersonFact(make_uid(NOW), by.uid, uid, by.recorded_at, **said)])
        seal(db, by.uid)


def people_called(*names: str) -> list[Person]:
    """Return people with some names."""
    return [Person(f"{n:026}", name, name) for n, name in enumerate(names)]
