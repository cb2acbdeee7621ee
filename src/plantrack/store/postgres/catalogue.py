"""What the server's catalogue is asked: how much there is, which tables there are, and their columns."""

import contextlib
from pathlib import Path
from typing import Final, Protocol

import psycopg

from plantrack.model.views.workspace import ServerPlace
from plantrack.store.connection import Params, Row, StoredColumn, ToldAtOpening
from plantrack.store.postgres.far import line_to


class _Asking(Protocol):
    driver: "psycopg.Connection[Row]"

    @property
    def shared(self) -> str:
        """Return the schema of the tables."""

    @property
    def told(self) -> ToldAtOpening:
        """Return what the database says of who is at work."""

    def query(self, sql: str, params: Params | None = None) -> list[Row]:
        """Return the rows of a question."""


class Catalogue:
    """What a connection to a server tells of the database itself."""

    path: Path | None = None

    def overwrite_deleted(self) -> None:
        """Change nothing: what a server sets free is its own affair."""

    def sweep(self) -> bool:
        """Return that all is done that is ours."""
        return True

    def size(self: _Asking) -> int:
        """Return how many bytes the database has."""
        return int(self.query("SELECT pg_database_size(current_database()) AS bytes")[0][0])

    def tables_apart(self) -> contextlib.AbstractContextManager[None]:
        """Change nothing: a server looks at what names a table whoever asks."""
        return contextlib.nullcontext()

    def journal(self) -> None:
        """Return nothing: how a server writes is its own matter."""

    def server(self: _Asking) -> ServerPlace:
        """Return which server it is, and who is at work there."""
        ((version, owner),) = self.query(_SERVER)
        told = self.told
        of = (told.login, told.role, told.organisation)
        return ServerPlace(version.partition(" ")[0], *of, owner, line_to(self.driver))

    def tables(self: _Asking) -> list[str]:
        """Return the names of all tables that there are, in the order of their names."""
        return [r[0] for r in self.query(_TABLES, {"schema": self.shared})]

    def columns(self: _Asking, table: str) -> list[StoredColumn]:
        """Return the columns of a table."""
        rows = self.query(_COLUMNS, {"schema": self.shared, "table": table})
        return [StoredColumn(name, _TYPES[type_], bool(null), key) for name, type_, null, key in rows]


_SERVER: Final = (
    "SELECT current_setting('server_version') AS version, CAST(pg_get_userbyid(c.relowner) AS TEXT) AS owner "
    "FROM pg_catalog.pg_class AS c WHERE c.oid = to_regclass('meta')"
)
_TABLES: Final = (
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = :schema "
    "AND table_type = 'BASE TABLE' ORDER BY table_name"
)
#: What a type is called on every engine.
_TYPES: Final = {"text": "TEXT", "integer": "INTEGER", "bigint": "INTEGER"}
#: Of the engine's own tables: the views of the standard tell the keys of a table only to whoever may write it.
_COLUMNS: Final = (
    "SELECT a.attname AS name, format_type(a.atttypid, NULL) AS type, CASE WHEN a.attnotnull THEN 0 ELSE 1 END AS may_be_null, "
    "COALESCE(array_position(CAST(i.indkey AS SMALLINT[]), a.attnum) + 1, 0) AS key "
    "FROM pg_catalog.pg_attribute AS a JOIN pg_catalog.pg_class AS c ON c.oid = a.attrelid "
    "JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace "
    "LEFT JOIN pg_catalog.pg_index AS i ON i.indrelid = c.oid AND i.indisprimary "
    "WHERE n.nspname = :schema AND c.relname = :table AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum"
)
