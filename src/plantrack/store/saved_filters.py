"""Saved filters: each command adds what a name means from then on."""

from plantrack.model.views.filter import SavedFilter
from plantrack.store.connection import Asked, Connection
from plantrack.store.scope import stands
from plantrack.store.sealing.seals import add_fact_rows

_KEPT = (
    "SELECT f.name, f.terms, f.uid, f.command, f.recorded_at, c.author, c.number "
    "FROM saved_filter AS f JOIN command AS c ON c.uid = f.command"
)
#: What is no column of a filter.
_ELSEWHERE = ("author", "number")


def kept_filters(db: Connection) -> list[SavedFilter]:
    """Return what was kept and not taken back, the oldest first."""
    return _ask_filters(db, f" WHERE {stands()}")()


def ask_all_filters(db: Connection) -> Asked[list[SavedFilter]]:
    """Ask for all that was ever kept, what was taken back too, the oldest first."""
    return _ask_filters(db, "")


def _ask_filters(db: Connection, condition: str) -> Asked[list[SavedFilter]]:
    rows = db.ask(_KEPT + condition)

    def read() -> list[SavedFilter]:
        found = [SavedFilter._make((row[0], tuple(row[1].splitlines()), *row[2:])) for row in rows()]
        return sorted(found, key=lambda one: (one.recorded_at, one.uid))

    return read


def insert_filter(db: Connection, kept: SavedFilter) -> None:
    """Add what a name means; its author and number are those of the command."""
    row = {**kept._asdict(), "terms": "\n".join(kept.terms)}  # no term has a line break
    add_fact_rows(db, "saved_filter", [{name: row[name] for name in row if name not in _ELSEWHERE}])
