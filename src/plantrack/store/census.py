"""How much there is in a database."""

from plantrack.model.record import NamedTuple
from plantrack.store.connection import Connection


class Census(NamedTuple):
    """Numbers of rows, withdrawn and removed ones too."""

    tasks: int
    updates: int
    commands: int
    first_moment: str | None
    last_moment: str | None


def census(db: Connection) -> Census:
    """Count."""
    (row,) = db.query(
        "SELECT (SELECT COUNT(*) FROM task), (SELECT COUNT(*) FROM status_update), COUNT(*), "
        "MIN(recorded_at), MAX(recorded_at) FROM command"
    )
    return Census._make(row)
