"""A look at a database that costs the same whatever its size: its tables, its counters and its last seal."""

from collections.abc import Sequence
from typing import Final

from plantrack.errors import Failure
from plantrack.model.views.history_fault import HistoryFault
from plantrack.store import stats
from plantrack.store.connection import Connection
from plantrack.store.schema import identity
from plantrack.store.sealing.history_check import counter_faults, last_seal_faults

#: A last command with more rows is left to `db check`.
_ROWS: Final = 2000


def quick_look(db: Connection) -> list[HistoryFault]:
    """Return what is wrong, as far as it can be seen at a glance.

    While an earlier moment is shown, tables are not what stands in the file: then only what the file is made of is seen.
    """
    if db.shown is not None:
        return schema_faults(db)
    return [*schema_faults(db), *counter_faults(db), *last_seal_faults(db, _ROWS)]


def schema_faults(db: Connection) -> list[HistoryFault]:
    """Return whether tables, indexes, views and triggers are other than they were made."""
    is_as_made = stats.get(db, "schema") == identity.schema_hash(db)
    return [] if is_as_made else [HistoryFault("schema", "meta", row="schema")]


def history_altered(db: Connection, faults: Sequence[HistoryFault], altered: int = 0) -> Failure:
    """Return the failure that names the first of what is not as it was recorded, of so much."""
    named = ", ".join(" ".join(filter(None, fault[1:])) for fault in faults[:3])
    return Failure("history-altered", file=db.name, altered=altered or len(faults), named=named)
