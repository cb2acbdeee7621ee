"""How much there is in a database, and the values that describe it as a whole."""

from plantrack.model.named_tuple import NamedTuple
from plantrack.store.connection import Connection, insert


class DatabaseStats(NamedTuple):
    """Numbers of rows, withdrawn and removed ones too."""

    tasks: int
    updates: int
    commands: int
    first_moment: str | None
    last_moment: str | None


def database_stats(db: Connection) -> DatabaseStats:
    """Count."""
    (row,) = db.query(
        "SELECT (SELECT COUNT(*) FROM task), (SELECT COUNT(*) FROM status_update), COUNT(*), "
        "MIN(recorded_at), MAX(recorded_at) FROM command"
    )
    return DatabaseStats._make(row)


def get(db: Connection, name: str) -> str | None:
    """Return a note, if there is one."""
    rows = db.query("SELECT value FROM meta WHERE name = :name", {"name": name})
    return rows[0][0] if rows else None


def put(db: Connection, name: str, value: str) -> None:
    """Keep a note."""
    insert(db, "meta", [{"name": name, "value": value}], key="name")
