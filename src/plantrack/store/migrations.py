"""How a database is made, and later brought up to date: one transaction, through sqlite-utils."""

from importlib import resources

from plantrack.store.connection import APPLICATION_ID, SCHEMA_VERSION, SQLite, said_plainly

#: Facts that may only be added. SQLite's own guard against a stray hand; the program never tries.
_APPEND_ONLY = ("command", "withdrawal", "plan_revision", "status_update", "deadline", "assignment", "change")


def create_schema(db: SQLite) -> None:
    """Make the tables in an empty file, inside the caller's transaction.

    sqlite-utils runs a script statement by statement while a transaction is open, so that a failure half-way
    leaves nothing.
    """
    import sqlite_utils

    with said_plainly(db.path):
        tables = sqlite_utils.Database(db.driver, execute_plugins=False)
        tables.executescript(resources.files(__package__).joinpath("schema.sql").read_text("utf-8"))
        for table in _APPEND_ONLY:
            for verb in ("UPDATE", "DELETE"):
                tables.execute(_guard(table, verb))
        tables.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        tables.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def _guard(table: str, verb: str) -> str:
    return (
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    )
