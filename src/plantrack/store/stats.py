"""How much there is in a database, and the values that describe it as a whole."""

from plantrack.store.connection import Connection, Row
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
    rows = db.query("SELECT value FROM meta WHERE name = :name", {"name": name})
    return rows[0][0] if rows else None


def put(db: Connection, name: str, value: str) -> None:
    """Keep a note."""
    insert_apart(db, "meta", [{"name": name, "value": value}], key="name")
