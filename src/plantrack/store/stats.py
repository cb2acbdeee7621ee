"""How much there is in a database, and the values that describe it as a whole."""

import json
from typing import Any

from plantrack.errors import Failure
from plantrack.store.connection import Asked, Connection, Row
from plantrack.store.sealing.seals import insert_apart


def database_stats(db: Connection) -> Row:
    """Count tasks, updates and commands, withdrawn and removed ones too, and return the first and last moment."""
    (row,) = db.query(
        "SELECT (SELECT COUNT(*) FROM task), (SELECT COUNT(*) FROM status_update), COUNT(*), "
        "MIN(recorded_at), MAX(recorded_at) FROM command"
    )
    return row


def get(db: Connection, name: str) -> str | None:
    """Return a note, if there is one."""
    return ask(db, name)()


def ask(db: Connection, name: str) -> Asked[str | None]:
    """Ask for a note."""
    asked = db.ask("SELECT value FROM meta WHERE name = :name", {"name": name})

    def read() -> str | None:
        rows = asked()
        return rows[0][0] if rows else None

    return read


def get_told(db: Connection, name: str) -> dict[str, Any] | None:
    """Return what a note tells by names, if there is one; fails with `database-damaged` where it cannot be read."""
    if (note := get(db, name)) is None:
        return None
    try:
        told = json.loads(note)
    except ValueError:
        told = None
    if not isinstance(told, dict):
        raise Failure("database-damaged", file=db.name, reason=f"meta {name}")
    return told


def put_told(db: Connection, name: str, **told: object) -> None:
    """Keep a note that tells something by names."""
    put(db, name, json.dumps(told))


def put(db: Connection, name: str, value: str) -> None:
    """Keep a note."""
    insert_apart(db, "meta", [{"name": name, "value": value}], key="name")
