"""What an address leads to: the place of its tables, what they say of themselves, and who asks."""

from collections.abc import Collection
from typing import Final

from plantrack.errors import Failure
from plantrack.store.connection import SCHEMA_VERSION, TOLD_AT_OPENING, Connection, Row, ToldAtOpening
from plantrack.store.postgres.clock import LATEST

OPENING: Final = f"""
SELECT current_schema() AS place, m.name, CAST(m.value AS TEXT) AS value FROM meta AS m
WHERE CAST(m.name AS TEXT) IN {("version", *TOLD_AT_OPENING)!r}
UNION ALL SELECT current_schema(), told.name, told.value FROM pg_catalog.pg_class AS c
LEFT JOIN member AS p ON CAST(p.login AS TEXT) = session_user
CROSS JOIN LATERAL (VALUES ('login', CAST(session_user AS TEXT)), ('organisation', COALESCE(CAST(p.organisation AS TEXT), '')),
  ('owner', CAST(pg_get_userbyid(c.relowner) AS TEXT)),
  ('latest', {LATEST}),
  ('role', CASE WHEN pg_has_role(c.relowner, 'USAGE') THEN 'owner' ELSE COALESCE(p.server_role, '') END)
) AS told (name, value) WHERE c.oid = to_regclass('meta')
"""
#: Whether somebody has the tables, though whoever asks may not even know of them.
_HIDDEN_TABLES: Final = (
    "SELECT c.relname FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace "
    "WHERE c.relname = 'meta' AND c.relkind = 'r' AND NOT has_schema_privilege(n.oid, 'USAGE')"
)
#: All that stands where the tables are, or would be made, whoever may read it.
THERE: Final = (
    "SELECT c.relname AS name FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace "
    "WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p', 'v', 'm', 'f') ORDER BY c.relname"
)


def is_ours(there: Collection[str]) -> bool:
    """Return whether what stands in a database is of this program, by the names of its tables."""
    return {"meta", "command"} <= {*there}


def what_it_tells(name: str, rows: list[Row], *, older: bool) -> ToldAtOpening:
    """Read the answer to the opening question.

    Raises: database-foreign, database-newer, not-member, server-older.
    """
    said = {key: value for _, key, value in rows}
    if not said.get("version", "").isdigit():
        raise Failure("database-foreign", file=name)
    if not said["role"]:
        raise Failure("not-member", file=name, login=said["login"])
    version = int(said["version"])
    if version > SCHEMA_VERSION:
        raise Failure("database-newer", file=name, theirs=version, ours=SCHEMA_VERSION, upgraded=None)
    if version < SCHEMA_VERSION and not older:
        raise Failure("server-older", file=name, theirs=version, ours=SCHEMA_VERSION, owner=said["owner"])
    who = (said["login"], said["role"], said["organisation"], said["latest"])
    return ToldAtOpening(rows[0][0], said.get("site", ""), said.get("moved", ""), "example" in said, *who)


def why_not_told(db: Connection, failure: Failure, login: str) -> Failure:
    """Return why the opening question was not answered: by want of a right, of tables, or of our own among others."""
    if failure.code == "not-permitted" or db.query(_HIDDEN_TABLES):
        return Failure("not-member", file=db.name, login=login)
    there = {name for (name,) in db.query(THERE)}
    if not there:
        return Failure("server-empty", file=db.name)
    return failure if is_ours(there) else Failure("database-foreign", file=db.name)
