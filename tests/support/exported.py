"""Exports taken from a database, and databases restored from them, in memory."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from plantrack.services.verbs.exchange.export import export_whole
from plantrack.store.exchange.fact_lines import ExportHead, head_line, read_head
from plantrack.store.exchange.restoring import restore
from plantrack.store.sqlite.connection import SQLite
from plantrack.store.sqlite.migrations import create_schema


def exported(db: SQLite) -> list[bytes]:
    """Return the lines of everything."""
    return b"".join(export_whole(db).pieces()).splitlines(keepends=True)


@contextmanager
def empty_database() -> Iterator[SQLite]:
    """Open a database in memory that has tables and nothing in them."""
    driver = sqlite3.connect(":memory:", isolation_level=None)
    driver.execute("PRAGMA foreign_keys = ON")
    db = SQLite(driver, Path(":memory:"))
    try:
        with db.atomic():
            create_schema(db)
        yield db
    finally:
        db.close()


def put_back(db: SQLite, lines: Sequence[bytes]) -> None:
    """Restore an empty database from lines."""
    head = read_head(lines[0])
    assert isinstance(head, ExportHead)
    with db.tables_apart(), db.atomic():
        restore(db, "x.jsonl", head, ((n, line, 1.0) for n, line in enumerate(lines[1:], 2)))


def with_head(lines: Sequence[bytes], **other: object) -> list[bytes]:
    """Return lines with something else in their head."""
    head = read_head(lines[0])
    assert isinstance(head, ExportHead)
    return [head_line(ExportHead(**{**head._asdict(), **other})), *lines[1:]]
