"""What the server's catalogue is asked: how much there is, which tables there are, and their columns."""

from typing import Final, Protocol

from plantrack.store.connection import Params, Row, StoredColumn


class _Asking(Protocol):
    @property
    def shared(self) -> str:
        """Return the schema of the tables."""

    def query(self, sql: str, params: Params | None = None) -> list[Row]:
        """Return the rows of a question."""


class Catalogue:
    """What a connection to a server tells of the database itself."""

    def size(self: _Asking) -> int:
        """Return how many bytes the database has."""
        return int(self.query("SELECT pg_database_size(current_database()) AS bytes")[0][0])

    def journal(self) -> str:
        """Return what a server has always: a log that is written ahead."""
        return "wal"

    def tables(self: _Asking) -> list[str]:
        """Return the names of all tables that there are, in the order of their names."""
        return [r[0] for r in self.query(_TABLES, {"schema": self.shared})]

    def columns(self: _Asking, table: str) -> list[StoredColumn]:
        """Return the columns of a table."""
        rows = self.query(_COLUMNS, {"schema": self.shared, "table": table})
        return [StoredColumn(name, _TYPES[type_], bool(null), key) for name, type_, null, key in rows]


_TABLES: Final = (
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = :schema "
    "AND table_type = 'BASE TABLE' ORDER BY table_name"
)
#: What a type is called on every engine.
_TYPES: Final = {"text": "TEXT", "integer": "INTEGER", "bigint": "INTEGER"}
_COLUMNS: Final = (
    "SELECT c.column_name AS name, c.data_type AS type, CASE c.is_nullable WHEN 'YES' THEN 1 ELSE 0 END AS may_be_null, "
    "COALESCE((SELECT k.ordinal_position FROM information_schema.table_constraints AS t "
    "JOIN information_schema.key_column_usage AS k ON k.constraint_name = t.constraint_name "
    "AND k.table_schema = t.table_schema AND k.table_name = t.table_name "
    "WHERE t.constraint_type = 'PRIMARY KEY' AND t.table_schema = c.table_schema AND t.table_name = c.table_name "
    "AND k.column_name = c.column_name), 0)::INTEGER AS key "
    "FROM information_schema.columns AS c WHERE c.table_schema = :schema AND c.table_name = :table "
    "ORDER BY c.ordinal_position"
)
