"""What the database knows of itself."""

from plantrack.store.connection import Connection


def get(db: Connection, name: str) -> str | None:
    """Give a note, if there is one."""
    rows = db.query("SELECT value FROM meta WHERE name = :name", {"name": name})
    return rows[0][0] if rows else None


def put(db: Connection, name: str, value: str) -> None:
    """Keep a note."""
    db.execute(
        "INSERT INTO meta (name, value) VALUES (:name, :value) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        {"name": name, "value": value},
    )
