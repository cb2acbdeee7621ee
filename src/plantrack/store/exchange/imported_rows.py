"""What was imported: the rows of files, each with the task it came to."""

from collections.abc import Collection, Iterable

from plantrack.model.grouping import chunks
from plantrack.model.named_tuple import NamedTuple
from plantrack.store.connection import Connection, insert
from plantrack.store.scope import among, stands


class ImportedRow(NamedTuple):
    """A row of a file that was imported."""

    uid: str
    command: str
    recorded_at: str
    plan: str
    #: task, update, person or indicator.
    kind: str
    #: The name of the mapping, or a form; empty: any file.
    source: str
    #: What names it there: the value of its key column, else its sha256.
    key: str
    sha256: str
    task: str | None = None


class KnownRow(NamedTuple):
    """What is known of a row that was imported before, and stands."""

    source: str
    sha256: str
    task: str | None


def known_rows(
    db: Connection, plan: str, kind: str, sources: Collection[str], keys: Iterable[str]
) -> dict[str, list[KnownRow]]:
    """Return what stands of the rows with some keys that came from some sources, by key, the last one last."""
    found: dict[str, list[KnownRow]] = {}
    for some in chunks(dict.fromkeys(keys)):
        theirs, params = among("f.key", "k", some)
        own, names = among("f.source", "s", sorted(sources))
        rows = db.query(
            "SELECT f.key, f.source, f.sha256, f.task FROM imported_row AS f WHERE f.plan = :plan AND f.kind = :kind "
            f"AND {own} AND {theirs} AND {stands()} ORDER BY f.recorded_at, f.uid",
            {**params, **names, "plan": plan, "kind": kind},
        )
        for key, *row in rows:
            found.setdefault(key, []).append(KnownRow._make(row))
    return found


def insert_imported(db: Connection, rows: Iterable[ImportedRow]) -> None:
    """Add rows that were imported."""
    insert(db, "imported_row", [row._asdict() for row in rows])
