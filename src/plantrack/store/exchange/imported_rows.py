"""What was imported: the rows of files, each with the task it came to; and which column is which, under a name."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from plantrack.model.grouping import chunks
from plantrack.model.named_tuple import NamedTuple
from plantrack.store.connection import Connection
from plantrack.store.scope import among, stands
from plantrack.store.sealing.seals import add_fact_rows, add_facts

#: The source of the rows of new tasks in forms.
FORMS: Final = "plantrack-form"


class ImportedRow(NamedTuple):
    """A row of a file that was imported."""

    uid: str
    command: str
    recorded_at: str
    plan: str
    #: task, update, person or indicator.
    kind: str
    #: The name of the mapping, or the form; `FORMS`: a new task in a form; empty: any file.
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
    command: str


class ImportMapping(NamedTuple):
    """Which column of a file is which field, kept under a name."""

    uid: str
    command: str
    recorded_at: str
    name: str
    kind: str
    #: By heading; empty: it is left out.
    columns: Mapping[str, str]


def known_rows(
    db: Connection, plan: str, kind: str, sources: Collection[str], keys: Iterable[str]
) -> dict[str, list[KnownRow]]:
    """Return what stands of the rows with some keys that came from some sources, by key, the last one last."""
    found: dict[str, list[KnownRow]] = {}
    for some in chunks(dict.fromkeys(keys)):
        theirs, params = among("f.key", "k", some)
        own, names = among("f.source", "s", sorted(sources))
        rows = db.query(
            "SELECT f.recorded_at, f.uid, f.key, f.source, f.sha256, f.task, f.command FROM imported_row AS f "
            f"WHERE f.plan = :plan AND f.kind = :kind AND {own} AND {theirs} AND {stands()}",
            {**params, **names, "plan": plan, "kind": kind},
        )
        for _, _, key, *row in sorted(rows):
            found.setdefault(key, []).append(KnownRow._make(row))
    return found


def imports_to(db: Connection, tasks: Iterable[str]) -> list[tuple[str, str]]:
    """Return the commands that stand and imported rows to some tasks: the task, and the command."""
    found: list[tuple[str, str]] = []
    for some in chunks(dict.fromkeys(tasks)):
        theirs, params = among("f.task", "t", some)
        rows = db.query(
            f"SELECT DISTINCT f.task, f.command FROM imported_row AS f WHERE {theirs} AND {stands()}", params
        )
        found += [(task, command) for task, command in rows]
    return found


def insert_imported(db: Connection, rows: Sequence[ImportedRow]) -> None:
    """Add rows that were imported."""
    add_facts(db, "imported_row", ImportedRow._fields, rows)


def kept_mapping(db: Connection, name: str) -> ImportMapping | None:
    """Return the last mapping of a name that was not taken back; none where it was given up."""
    rows = db.query(
        "SELECT f.recorded_at, f.uid, f.command, f.name, f.kind, f.columns FROM import_mapping AS f "
        f"WHERE f.name = :name AND {stands()}",
        {"name": name},
    )
    recorded_at, uid, command, own, kind, columns = max(rows, default=("",) * 6)
    return ImportMapping(uid, command, recorded_at, own, kind, json.loads(columns)) if columns else None


def mapping_names(db: Connection) -> list[str]:
    """Return the names under which mappings are kept."""
    return sorted({r[0] for r in db.query(f"SELECT f.name FROM import_mapping AS f WHERE {stands()}")})


def insert_mapping(db: Connection, kept: ImportMapping) -> None:
    """Add a mapping."""
    columns = json.dumps(kept.columns, ensure_ascii=False) if kept.columns else ""
    add_fact_rows(db, "import_mapping", [{**kept._asdict(), "columns": columns}])
