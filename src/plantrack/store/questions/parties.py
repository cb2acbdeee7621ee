"""Who may have a role, people and organisations alike: by which name each is known, kept and meant."""

from collections.abc import Collection

from plantrack.store import organisations, people
from plantrack.store.connection import Asked, Connection
from plantrack.store.scope import among


def kept_names(db: Connection) -> dict[str, str]:
    """Return the name by which each party is kept: of the uid of a person, of the id of an organisation that is another's."""
    others = db.query("SELECT id, same_as FROM organisation WHERE same_as IS NOT NULL")
    return {**people.kept_labels(db), **dict(others)}


def meant_names(db: Connection, gone: Collection[str] | None = None) -> dict[str, str]:
    """Return the name by which each party is to be known, as the facts give it; `gone`: as of `known_people`."""
    return {**people.known_people(db, gone).labels, **organisations.recorded(db, gone).same_as}


def ask_are_said_of(db: Connection, commands: Collection[str]) -> Asked[bool]:
    """Ask whether some commands say anything of a party."""
    theirs, params = among("command", "c", commands)
    asked = f"SELECT person FROM person_fact WHERE {theirs} UNION ALL SELECT organisation FROM organisation_fact WHERE {theirs}"
    rows = db.ask(f"{asked} LIMIT :n", {**params, "n": 1})
    return lambda: bool(rows())
