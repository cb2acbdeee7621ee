"""What the server's catalogue is asked: which tables there are, and their columns."""

from typing import Final

TABLES: Final = (
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = :schema "
    "AND table_type = 'BASE TABLE' ORDER BY table_name"
)
#: What a type is called on every engine.
TYPES: Final = {"text": "TEXT", "integer": "INTEGER", "bigint": "INTEGER"}
COLUMNS: Final = (
    "SELECT c.column_name AS name, c.data_type AS type, CASE c.is_nullable WHEN 'YES' THEN 1 ELSE 0 END AS may_be_null, "
    "COALESCE((SELECT k.ordinal_position FROM information_schema.table_constraints AS t "
    "JOIN information_schema.key_column_usage AS k ON k.constraint_name = t.constraint_name "
    "AND k.table_schema = t.table_schema AND k.table_name = t.table_name "
    "WHERE t.constraint_type = 'PRIMARY KEY' AND t.table_schema = c.table_schema AND t.table_name = c.table_name "
    "AND k.column_name = c.column_name), 0)::INTEGER AS key "
    "FROM information_schema.columns AS c WHERE c.table_schema = :schema AND c.table_name = :table "
    "ORDER BY c.ordinal_position"
)
