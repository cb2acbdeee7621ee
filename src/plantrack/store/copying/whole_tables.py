"""All rows of all tables, in an order that is the same on every engine: what is carried over, and compared."""

import hashlib
import json
from collections.abc import Iterator
from typing import Final

from plantrack.errors import Failure
from plantrack.model.grouping import chunks
from plantrack.model.named_tuple import NamedTuple
from plantrack.store.advance import Advance, unheard
from plantrack.store.columns import KINDS
from plantrack.store.connection import AT_ONCE, Connection, Row, StoredColumn
from plantrack.store.schema.text import table_names

#: What of a table is carried over, where that is not all: not how a database is made, where it went and what was done
#: for it; and a number that was never given is none.
_CARRIED: Final = {
    "meta": " WHERE name NOT IN ('version', 'schema', 'moved', 'last_backup', 'last_check')",
    "counter": " WHERE used > 0",
}
_write: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
#: How a text says in JSON that it has a NUL sign, or seems to.
_NUL: Final = "\\u0000"


class RowDigest(NamedTuple):
    """What tells whether two databases have the same rows: how many there are, and the sha256 of those of each table."""

    rows: int
    digests: dict[str, str]

    @property
    def sha256(self) -> str:
        """Return one for all tables."""
        return hashlib.sha256(_write(self.digests).encode()).hexdigest()


class WholeTable(NamedTuple):
    """A table with all its columns, in the order of their names: an upgrade may have put them in another one."""

    name: str
    columns: tuple[str, ...]
    #: The columns by which its rows are known.
    key: tuple[StoredColumn, ...]
    #: How many rows it has.
    height: int

    def question(self, by_code_point: str) -> str:
        """Return what asks for its rows in the order of the key. Ids have signs that are ordered alike everywhere."""
        order = (
            column.name + (by_code_point if column.type == "TEXT" and not _is_uid(column) else "")
            for column in self.key
        )
        condition = _CARRIED.get(self.name, "")
        return f"SELECT {', '.join(self.columns)} FROM {self.name}{condition} ORDER BY {', '.join(order)}"


def _is_uid(column: StoredColumn) -> bool:
    return KINDS.get(column.name) is KINDS["uid"]


def whole_tables(db: Connection) -> list[WholeTable]:
    """Return all tables; those that others name come first."""
    return [_whole_table(db, name) for name in table_names()]


def _whole_table(db: Connection, name: str) -> WholeTable:
    columns = db.columns(name)
    key = sorted((column for column in columns if column.key), key=lambda column: column.key)
    ((height,),) = db.query(f"SELECT COUNT(*) FROM {name}")
    return WholeTable(name, tuple(sorted(column.name for column in columns)), tuple(key), height)


def is_empty(db: Connection) -> bool:
    """Return whether nothing was recorded: there are no tables yet, or none but the notes has a row."""
    if not db.tables():
        return True
    asked = " UNION ALL ".join(f"SELECT 1 FROM {n} WHERE 1 = 1" for n in table_names() if n not in _CARRIED)
    return not db.query(f"SELECT 1 FROM ({asked}) AS x LIMIT 1")


class TableReader:
    """Reads all rows of tables, and hashes them on the way."""

    def __init__(self, db: Connection, tables: list[WholeTable], advance: Advance = unheard) -> None:
        self.db, self.tables, self.advance = db, tables, advance
        self.total = max(1, sum(table.height for table in tables))
        self.read = 0
        self.digests: dict[str, str] = {}

    @property
    def digest(self) -> RowDigest:
        """Return what was read."""
        return RowDigest(self.read, self.digests)

    def rows(self, table: WholeTable) -> Iterator[list[Row]]:
        """Yield the rows of a table, a part of them at a time.

        Raises: copy-value.
        """
        sha256 = hashlib.sha256()
        for rows in chunks(self.db.stream(table.question(self.db.by_code_point)), AT_ONCE):
            text = _write(rows)[1:-1]
            if _NUL in text:
                self._refuse_nul(table, rows)
            sha256.update(f"{text},".encode())
            yield rows
            self.read += len(rows)
            self.advance(min(1, self.read / self.total))
        self.digests[table.name] = sha256.hexdigest()

    def _refuse_nul(self, table: WholeTable, rows: list[Row]) -> None:
        """Refuse a text with a sign that a server keeps in none."""
        places = [table.columns.index(column.name) for column in table.key]
        for row in rows:
            for name, value in zip(table.columns, row, strict=True):
                if isinstance(value, str) and "\0" in value:
                    named = "/".join(str(row[place]) for place in places)
                    raise Failure("copy-value", file=self.db.name, table=table.name, row=named, column=name)


def row_digest(db: Connection, advance: Advance = unheard) -> RowDigest:
    """Return what tells whether another database has the same rows."""
    tables = whole_tables(db)
    reader = TableReader(db, tables, advance)
    for table in tables:
        for _ in reader.rows(table):
            pass
    return reader.digest
