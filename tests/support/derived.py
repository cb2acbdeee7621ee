"""All that is derived from the facts, to compare it with what it is when it is made again."""

from plantrack.store.connection import Row, SQLite

#: The tables that hold something derived, each with its key.
TABLES = {
    "withdrawn_command": "command",
    "task": "uid",
    "task_past": "task, first_day",
    "holder": "task, role, party, first_day",
    "search": "task, part",
}


def all_derived(db: SQLite) -> dict[str, list[Row]]:
    """Return the rows of every table with something derived."""
    columns = {"search": "task, part, words"}  # its number is any
    return {
        table: db.query(f"SELECT {columns.get(table, '*')} FROM {table} ORDER BY {key}")
        for table, key in TABLES.items()
    }
