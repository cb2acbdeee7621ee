"""What is said of people, for tests: an address, a login, that somebody has left."""

from datetime import UTC, datetime

from plantrack.model.uid import UidMaker
from plantrack.store import commands, people
from plantrack.store.connection import SQLite
from plantrack.store.people import PersonFact

NOW = datetime(2024, 7, 1, 3, tzinfo=UTC)
make_uid = UidMaker()


def say_of(db: SQLite, name: str, **said: str) -> None:
    """Record something of a person: `email`, `login`, `left_on`."""
    ((uid,),) = db.query("SELECT uid FROM person WHERE label = :name", {"name": name})
    with db.atomic():
        by = commands.record(db, "person set", "Người thử", NOW)
        people.insert_facts(db, [PersonFact(make_uid(NOW), by.uid, uid, by.recorded_at, **said)])
