"""A PostgreSQL server where there is one: the tables of the program on it, and statements in its spelling."""

import contextlib
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from plantrack.store.connection import Params, Row
from plantrack.store.schema.text import schema_for
from plantrack.store.sealing.unsealed import Unsealed

#: What PostgreSQL calls the words that stand in braces in `schema.sql`.
_WORDS: Final = {"strict": "", "int64": "BIGINT"}
#: Its index of words, asked by the same text as SQLite's: '"can huyet" *' are words one after the other, the last one
#: perhaps longer.
_SEARCH: Final = """
    CREATE INDEX search_words ON search USING gin (to_tsvector('simple', words));
    CREATE FUNCTION search_fts(sought TEXT) RETURNS TABLE (rowid INTEGER) LANGUAGE sql STABLE AS $$
      SELECT s.id FROM search AS s WHERE to_tsvector('simple', s.words)
        @@ to_tsquery('simple', replace(trim(both '"* ' from sought), ' ', ' <-> ') || ':*')
    $$;
"""


def make_tables(server: Any) -> None:
    """Make the tables of the program, with what stands for the index of words."""
    server.execute(schema_for(_WORDS))
    server.execute(_SEARCH)


@contextlib.contextmanager
def postgres_schema() -> Iterator[Any]:
    """Open a schema of this test's own on the server that `PLANTRACK_TEST_POSTGRES` names."""
    psycopg = pytest.importorskip("psycopg", reason="psycopg is not installed: pip install -e '.[test]'")
    address = os.environ.get("PLANTRACK_TEST_POSTGRES")
    if not address:
        pytest.skip("PLANTRACK_TEST_POSTGRES names no server")
    with contextlib.closing(psycopg.connect(address, autocommit=True)) as server:
        server.execute(f"CREATE SCHEMA portable_{os.getpid()}")
        server.execute(f"SET search_path TO portable_{os.getpid()}")
        try:
            make_tables(server)
            yield server
        finally:
            server.execute(f"DROP SCHEMA portable_{os.getpid()} CASCADE")


class Postgres:
    """A connection as the store wants one."""

    shared = "public"
    own = "pg_temp"
    path = Path("postgresql:")

    def __init__(self, server: Any) -> None:
        self.server = server
        self.shown: tuple[str, frozenset[str]] | None = None
        self.unsealed = Unsealed()

    def query(self, sql: str, params: Params | None = None) -> list[Row]:
        """Return the rows of a question."""
        return list(self.server.execute(spelled(sql), params or {}).fetchall())

    def stream(self, sql: str, params: Params | None = None) -> Iterator[Row]:
        """Yield the rows of a question."""
        yield from self.query(sql, params)

    def execute(self, sql: str, params: Params | None = None) -> None:
        """Run one statement."""
        self.server.execute(spelled(sql), params or {})

    def executemany(self, sql: str, rows: Iterable[Params]) -> None:
        """Run one statement for each row."""
        self.server.cursor().executemany(spelled(sql), rows)

    def atomic(self) -> contextlib.AbstractContextManager[None]:
        """Make all that is written inside one transaction."""
        return contextlib.nullcontext()

    def own_tables(self) -> contextlib.AbstractContextManager[None]:
        """Allow tables that only this connection sees."""
        return contextlib.nullcontext()

    def close(self) -> None:
        """Leave the server to whoever opened it."""


def spelled(sql: str) -> str:
    """Turn `:name` and `?` into what psycopg knows; what stands in quotes stays."""
    return re.sub(
        r"'[^']*'|:([a-z]\w*)|\?",
        lambda found: f"%({found[1]})s" if found[1] else "%s" if found[0] == "?" else found[0],
        sql.replace("%", "%%"),
    )
