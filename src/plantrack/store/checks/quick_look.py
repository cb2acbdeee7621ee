"""A look at a database that costs the same whatever its size: its tables, its counters and its last seal."""

from collections.abc import Sequence
from typing import Final

from plantrack.errors import Failure
from plantrack.model.views.history_fault import HistoryFault
from plantrack.store import stats
from plantrack.store.connection import Asked, Connection
from plantrack.store.schema import identity
from plantrack.store.sealing.history_check import ask_counter_faults, ask_last_seal_faults

#: A last command with more rows is left to `db check`.
_ROWS: Final = 2000


def quick_look(db: Connection) -> list[HistoryFault]:
    """Return what is wrong, as far as it can be seen at a glance.

    While an earlier moment is shown, tables are not what stands in the file: then only what the file is made of is seen.
    """
    asked = [_ask_schema_faults(db)]
    if db.shown is None:
        asked += [ask_counter_faults(db), ask_last_seal_faults(db, _ROWS)]
    return [fault for faults in asked for fault in faults()]


def schema_faults(db: Connection) -> list[HistoryFault]:
    """Return whether tables, indexes, views and triggers are other than they were made."""
    return _ask_schema_faults(db)()


def _ask_schema_faults(db: Connection) -> Asked[list[HistoryFault]]:
    kept, hashed = stats.ask(db, "schema"), identity.ask_schema_hash(db)
    return lambda: [] if kept() == hashed() else [HistoryFault("schema", "meta", row="schema")]


def history_altered(db: Connection, faults: Sequence[HistoryFault], altered: int = 0) -> Failure:
    """Return the failure that names the first of what is not as it was recorded, of so much."""
    named = ", ".join(" ".join(filter(None, fault[1:])) for fault in faults[:3])
    return Failure("history-altered", file=db.name, altered=altered or len(faults), named=named)
