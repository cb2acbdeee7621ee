"""What keeps facts from being changed or deleted by a stray hand; the program itself never tries, but for two cases.

An upgrade may write a table over again, and `person anonymise` takes a name out.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from plantrack.store.connection import Connection
from plantrack.store.sqlite.connection import SQLite

_VERBS: Final = ("UPDATE", "DELETE")
#: Facts that may only be added.
APPEND_ONLY: Final = (
    *("command", "seal", "restoration", "arrival", "member_fact"),
    *("withdrawal", "plan_revision", "plan_include", "organisation_fact"),
    "person_fact",
    *("status_update", "deadline", "assignment", "part", "change", "indicator_value", "saved_filter"),
    *("imported_row", "import_mapping", "form", "form_reading", "delivery"),
)


def guards(table: str) -> str:
    """Return the triggers that keep a table append-only."""
    return "".join(f"{one};\n" for one in _made(table))


def _guard(table: str, verb: str) -> str:
    return (
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    )


@contextmanager
def unguarded(db: Connection, *tables: str) -> Iterator[None]:
    """Allow tables of facts to be written over, inside the caller's transaction; on a server only their owner may."""
    is_file = isinstance(db, SQLite)
    for table in tables:
        for off in (
            _dropped(table) if is_file else [f"ALTER TABLE {table} DISABLE TRIGGER {table}_only_grows"]
        ):
            db.execute(off)
    yield
    for table in tables:
        for on in _made(table) if is_file else [f"ALTER TABLE {table} ENABLE TRIGGER {table}_only_grows"]:
            db.execute(on)


def _dropped(table: str) -> list[str]:
    return [f"DROP TRIGGER IF EXISTS {table}_no_{verb.lower()}" for verb in _VERBS]


def _made(table: str) -> list[str]:
    return [_guard(table, verb) for verb in _VERBS]
