"""Facts read for an export, a page at a time, in an order that is the same on every engine."""

import hashlib
from collections import Counter
from collections.abc import Iterator

from plantrack.model.views.workspace import FactDigest
from plantrack.store.advance import Advance, unheard
from plantrack.store.connection import Connection, Row
from plantrack.store.exchange.fact_lines import fact_line
from plantrack.store.exchange.fact_tables import FACT_TABLES, FactTable

#: How many rows are read at once.
_PAGE = 1000


def all_lines(db: Connection, advance: Advance = unheard) -> Iterator[tuple[str, bytes]]:
    """Yield the line of every fact with its type, in the order of an export."""
    total = sum(db.query(f"SELECT COUNT(*) FROM {table.name}")[0][0] for table in FACT_TABLES)
    done = 0
    for table in FACT_TABLES:
        for page in _pages(db, table):
            for row in page:
                yield table.name, fact_line(table.name, table.columns, row)
            done += len(page)
            advance(done / total)


def fact_digest(db: Connection, advance: Advance = unheard) -> FactDigest:
    """Count the facts, and hash their lines."""
    counts, sha256 = Counter({table.name: 0 for table in FACT_TABLES}), hashlib.sha256()
    for kind, line in all_lines(db, advance):
        counts[kind] += 1
        sha256.update(line)
    return FactDigest(sha256.hexdigest(), dict(counts))


def counters(db: Connection) -> dict[str, int]:
    """Return the last number that was given of each kind."""
    return dict(sorted(db.query("SELECT name, used FROM counter")))


def _pages(db: Connection, table: FactTable) -> Iterator[list[Row]]:
    """Yield the rows of a table in the order of its key, some at a time."""
    if len(table.key) > 1:
        yield from _one_by_one(db, table)
        return
    (key,), last = table.key, ""
    at, asked = table.columns.index(key), f"SELECT {table.names} FROM {table.name} WHERE {key} > :last "
    while rows := db.query(f"{asked}ORDER BY {key} LIMIT :n", {"last": last, "n": _PAGE}):
        yield rows
        last = rows[-1][at]


def _one_by_one(db: Connection, table: FactTable) -> Iterator[list[Row]]:
    """Yield rows that texts name, of which there are few: engines order texts each in its own way."""
    this = " AND ".join(f"{name} = :{name}" for name in table.key)
    for key in sorted(db.query(f"SELECT {', '.join(table.key)} FROM {table.name}")):
        named = dict(zip(table.key, key, strict=True))
        yield db.query(f"SELECT {table.names} FROM {table.name} WHERE {this}", named)
