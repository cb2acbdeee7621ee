"""What an address leads to: the place of its tables, what they say of themselves, and who asks."""

from typing import Final

import psycopg

from plantrack.errors import Failure
from plantrack.store.connection import SCHEMA_VERSION, TOLD_AT_OPENING, Connection, Row, ToldAtOpening
from plantrack.store.postgres.clock import LATEST

OPENING: Final = f"""
SELECT current_schema() AS place, m.name, m.value FROM meta AS m WHERE m.name IN {("version", *TOLD_AT_OPENING)!r}
UNION ALL SELECT current_schema(), told.name, told.value FROM pg_catalog.pg_class AS c
LEFT JOIN member AS p ON p.login = session_user
CROSS JOIN LATERAL (VALUES ('login', CAST(session_user AS TEXT)), ('organisation', COALESCE(p.organisation, '')),
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
    """Return why the opening question was not answered."""
    cause = failure.__cause__
    if failure.code == "not-permitted" or db.query(_HIDDEN_TABLES):
        return Failure("not-member", file=db.name, login=login)
    if isinstance(cause, psycopg.errors.UndefinedTable):
        return Failure("server-empty", file=db.name)
    is_other = isinstance(cause, psycopg.errors.UndefinedColumn)
    return Failure("database-foreign", file=db.name) if is_other else failure
