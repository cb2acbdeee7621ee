"""All that is derived from the facts, to compare it with what it is when it is made again; and the facts."""

from collections.abc import Collection, Mapping

from plantrack.store.checks.soundness import DERIVED_PARTS
from plantrack.store.connection import Connection, Row
from plantrack.store.search_rows import SearchRow
from plantrack.store.sqlite import search_index

#: The tables that hold something derived of tasks and commands, each with its key.
TABLES = {
    "withdrawn_command": "command",
    "task": "uid",
    "task_past": "task, first_day",
    "holder": "task, role, party, first_day",
    "search": "task, part",
}
#: Of what search looks in, the number of a row may be any.
_COLUMNS = {"search": SearchRow._fields}


def all_derived(db: Connection) -> dict[str, list[Row]]:
    """Return the rows of every table with something derived of tasks and commands."""
    return {
        table: db.query(f"SELECT {', '.join(_COLUMNS.get(table, '*'))} FROM {table} ORDER BY {key}")
        for table, key in TABLES.items()
    }


def derived_parts(db: Connection) -> dict[str, list[Row]]:
    """Return all that is derived, mirrors of plans and names too; the index of words has its own comparison."""
    parts = {table: of for table, of in DERIVED_PARTS.items() if table not in search_index.TABLES}
    return _rows(db, {table: of or _COLUMNS.get(table) or _columns(db, table) for table, of in parts.items()})


def all_facts(db: Connection) -> dict[str, list[Row]]:
    """Return all else: what no repair may touch."""
    own = {table: DERIVED_PARTS.get(table, ()) for table in db.tables() if not table.startswith("sqlite_")}
    columns = {
        t: [c for c in _columns(db, t) if c not in gone] for t, gone in own.items() if gone is not None
    }
    rows = _rows(db, columns)
    own_of_file = [
        row for row in rows.pop("meta", ()) if row[0] == "example"
    ]  # each file has an id of its own
    return {**rows, "meta": own_of_file}


def _derived_columns(db: Connection, table: str) -> list[str]:
    """Return the columns of a derived table, but for the number of a row of `search`, which is any."""
    return [column for column in _columns(db, table) if (table, column) != ("search", "id")]


def _columns(db: Connection, table: str) -> list[str]:
    return [column.name for column in db.columns(table)]


def _rows(db: Connection, columns: Mapping[str, Collection[str]]) -> dict[str, list[Row]]:
    return {
        table: sorted(db.stream(f"SELECT {', '.join(names)} FROM {table}"), key=repr)
        for table, names in columns.items()
    }
