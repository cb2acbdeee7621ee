"""What a database on a server is made of, as its catalogue tells all who may connect."""

import re
from collections.abc import Iterator
from typing import Final

from plantrack.store.connection import Asked, Row
from plantrack.store.postgres.connection import Postgres
from plantrack.store.postgres.tables import statements

#: Columns, keys and conditions, indexes, views, triggers, functions, policies and who may write: kind, name, of which
#: table, and what it is. Who else may read is the keeper's to say. The name of the place where they are is left out: it
#: is told where a table of one's own is in front of another. That a column may not be null is told with the column: as a
#: condition only PostgreSQL 18 has it, and a database that comes to it from an older one is the same as before.
_PARTS: Final = """
WITH own AS (SELECT c.oid, c.relname, c.relkind, c.relrowsecurity FROM pg_catalog.pg_class AS c
  JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace WHERE n.nspname = :place)
SELECT 'table' AS kind, c.relname AS name, c.relname AS of_table, CAST(c.relrowsecurity AS TEXT) AS text
FROM own AS c WHERE c.relkind = 'r'
UNION ALL SELECT 'column', a.attname, c.relname, format_type(a.atttypid, a.atttypmod) || ' ' || CAST(a.attnotnull AS TEXT)
FROM own AS c JOIN pg_catalog.pg_attribute AS a ON a.attrelid = c.oid
WHERE c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
UNION ALL SELECT 'condition', k.conname, c.relname, replace(pg_get_constraintdef(k.oid), :place || '.', '')
FROM own AS c JOIN pg_catalog.pg_constraint AS k ON k.conrelid = c.oid WHERE k.contype <> 'n'
UNION ALL SELECT 'index', i.indexname, i.tablename, replace(i.indexdef, :place || '.', '')
FROM pg_catalog.pg_indexes AS i WHERE i.schemaname = :place
UNION ALL SELECT 'view', c.relname, c.relname, replace(pg_get_viewdef(c.oid), :place || '.', '') FROM own AS c WHERE c.relkind = 'v'
UNION ALL SELECT 'trigger', t.tgname, c.relname, CAST(t.tgtype AS TEXT) || ' ' || CAST(t.tgenabled AS TEXT) || ' ' || p.proname
FROM own AS c JOIN pg_catalog.pg_trigger AS t ON t.tgrelid = c.oid JOIN pg_catalog.pg_proc AS p ON p.oid = t.tgfoid
WHERE NOT t.tgisinternal
UNION ALL SELECT 'function', p.proname, '', CAST(p.prosecdef AS TEXT) || ' ' || CAST(p.proconfig IS NULL AS TEXT) || ' ' || p.prosrc
FROM pg_catalog.pg_proc AS p JOIN pg_catalog.pg_namespace AS n ON n.oid = p.pronamespace WHERE n.nspname = :place
UNION ALL SELECT 'policy', q.policyname, q.tablename,
  q.cmd || ' ' || CAST(q.roles AS TEXT) || ' ' || replace(COALESCE(q.qual, '') || ' ' || COALESCE(q.with_check, ''), :place || '.', '')
FROM pg_catalog.pg_policies AS q WHERE q.schemaname = :place
UNION ALL SELECT 'right', COALESCE(r.rolname, 'PUBLIC') || ' ' || x.privilege_type, c.relname, ''
FROM own AS c JOIN pg_catalog.pg_class AS k ON k.oid = c.oid CROSS JOIN LATERAL aclexplode(k.relacl) AS x
LEFT JOIN pg_catalog.pg_roles AS r ON r.oid = x.grantee
WHERE c.relkind IN ('r', 'v') AND x.grantee <> k.relowner AND x.privilege_type <> 'SELECT'
UNION ALL SELECT 'right', COALESCE(r.rolname, 'PUBLIC') || ' ' || x.privilege_type, c.relname, a.attname
FROM own AS c JOIN pg_catalog.pg_attribute AS a ON a.attrelid = c.oid CROSS JOIN LATERAL aclexplode(a.attacl) AS x
LEFT JOIN pg_catalog.pg_roles AS r ON r.oid = x.grantee
WHERE c.relkind IN ('r', 'v') AND x.privilege_type <> 'SELECT'
"""
_MADE: Final = re.compile(r"CREATE (TABLE|INDEX|VIEW|FUNCTION|TRIGGER|POLICY) (\w+)")


def ask_parts(db: Postgres) -> Asked[list[Row]]:
    """Ask what there is, each with its kind, its name, the table that it is of, and what it is."""
    return db.ask(_PARTS, {"place": db.shared})


def missing_parts(db: Postgres) -> dict[str, str]:
    """Return what the program makes and is not there, by name, each with the statement that makes it."""
    there = {(kind, name) for kind, name, _, _ in ask_parts(db)()}
    return {name: sql for kind, name, sql in _made() if (kind, name) not in there}


def made_names() -> frozenset[str]:
    """Return the names of all that the program makes, but what it puts on tables."""
    return frozenset(name for kind, name, _ in _made() if kind != "trigger")


def index_names() -> list[str]:
    """Return the names of the indexes that the program makes, but those of keys."""
    return [name for kind, name, _ in _made() if kind == "index"]


def _made() -> Iterator[tuple[str, str, str]]:
    for sql in statements():
        if found := _MADE.match(sql):
            yield found[1].lower(), found[2], sql
