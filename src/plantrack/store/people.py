"""People: one display name each, never split."""

from collections.abc import Iterable

from plantrack.model.named_tuple import NamedTuple
from plantrack.store.connection import Connection


class Person(NamedTuple):
    """A person as the database has them."""

    name: str
    sort_name: str | None
    organisation: str | None


def people(db: Connection, known_at: str | None = None) -> list[Person]:
    """Return everybody who was known at a moment, in the order of the database."""
    rows = db.query(
        "SELECT name, sort_name, organisation FROM person WHERE CAST(:known AS TEXT) IS NULL "
        "OR name IN (SELECT person FROM assignment WHERE recorded_at <= :known) ORDER BY name",
        {"known": known_at},
    )
    return [Person(*r) for r in rows]


def add_people(db: Connection, names: Iterable[str]) -> None:
    """Make people known; those who are stay as they are."""
    db.executemany(
        "INSERT INTO person (name) VALUES (:name) ON CONFLICT (name) DO NOTHING", [{"name": n} for n in names]
    )
