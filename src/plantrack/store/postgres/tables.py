"""How the tables are made on a server: those of every engine, and what only this one has."""

import re
from collections.abc import Iterable, Iterator
from importlib import resources
from typing import Final

from plantrack.store import stats
from plantrack.store.connection import SCHEMA_VERSION
from plantrack.store.postgres.connection import Postgres
from plantrack.store.postgres.permissions import permissions, quoted
from plantrack.store.schema import identity
from plantrack.store.schema.guards import APPEND_ONLY
from plantrack.store.schema.text import schema_for
from plantrack.store.server.roles import OF_REPORTERS

#: What PostgreSQL calls the words that stand in braces in `schema.sql`.
_WORDS: Final = {"strict": "", "int64": "BIGINT"}
#: Whoever may act for the owner does it as the owner, so that what is made anew is the owner's too.
_OWNER: Final = """DO $$ BEGIN
  EXECUTE (SELECT format('SET LOCAL ROLE %I', t.tableowner) FROM pg_catalog.pg_tables AS t
    WHERE t.schemaname = current_schema() AND t.tablename = 'meta');
END $$"""


def statements() -> Iterator[str]:
    """Yield what makes the tables, indexes, guards and rights, one statement at a time: some servers take no more at once."""
    yield from roles()
    yield from _apart(schema_for(_WORDS), r";\s*(?:\n|$)")
    yield from _apart(_text("server.sql"), r"\n\n")
    for table in APPEND_ONLY:
        yield from guards(table)
    yield from _apart(_text("permissions.sql").replace("{reports}", quoted(OF_REPORTERS)), r"\n\n")
    yield from permissions()


def roles() -> list[str]:
    """Return what makes the groups, by whoever may; what the owner of the database gives them; and what path goes on then."""
    return [*_apart(_text("roles.sql"), r"\n\n")]


def as_owner(scripts: Iterable[str]) -> list[str]:
    """Return what runs statements as who owns the tables, with the path that functions take with them."""
    made = [*scripts]
    return [*roles()[2:], _OWNER, *made, "RESET ROLE"] if made else []


def _text(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text("utf-8")


def _apart(text: str, between: str) -> Iterator[str]:
    bare = re.sub(r"^[ \t]*--.*\n", "", text, flags=re.MULTILINE)
    return (part.strip() for part in re.split(between, bare) if part.strip())


def guards(table: str) -> list[str]:
    """Return what keeps a table append-only: row by row, and against being emptied."""
    refused = "EXECUTE FUNCTION refuse_change()"
    return [
        f"CREATE TRIGGER {table}_only_grows BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW {refused}",
        f"CREATE TRIGGER {table}_is_kept BEFORE TRUNCATE ON {table} {refused}",
    ]


def create_schema(db: Postgres) -> None:
    """Make the tables in an empty schema, inside the caller's transaction; whoever may not make roles finds them made."""
    for statement in statements():
        db.execute(statement)
    identify(db)


def identify(db: Postgres) -> None:
    """Let a database say what it is, of which version."""
    stats.put(db, "version", str(SCHEMA_VERSION))
    identity.give(db)
