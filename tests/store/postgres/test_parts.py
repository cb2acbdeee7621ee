"""What a database on a server is made of is seen: what is not there is named, and what is otherwise has another hash."""

import contextlib
from collections.abc import Iterator

import pytest

from plantrack.store.postgres.connection import Postgres, connect_server
from plantrack.store.postgres.parts import index_names, made_names, missing_parts
from plantrack.store.schema.identity import schema_hash
from plantrack.store.schema.parts import put_right
from tests.support.postgres import database_with_tables
from tests.support.postgres_server import PostgresServer


@pytest.fixture
def made(postgres_server: PostgresServer) -> Iterator[Postgres]:
    with (
        database_with_tables(postgres_server) as address,
        contextlib.closing(connect_server(address)) as db,
    ):
        yield db


@pytest.mark.parametrize(
    ("done", "missing"),
    [
        ("DROP INDEX task_open", {"task_open"}),
        ("DROP INDEX search_words", {"search_words"}),
        ("DROP TRIGGER command_only_grows ON command", {"command_only_grows"}),
        ("DROP FUNCTION search_fts", {"search_fts"}),
        ("ALTER TABLE command DISABLE TRIGGER command_only_grows", set()),
        ("ALTER TABLE status_update DISABLE ROW LEVEL SECURITY", set()),
        ("ALTER TABLE task DROP CONSTRAINT task_percent_check", set()),
        ("GRANT UPDATE ON status_update TO plantrack_reporter", set()),
        ("CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'", set()),
    ],
)  # fmt: skip
def test_what_is_otherwise_is_seen(made: Postgres, done: str, missing: set[str]) -> None:
    before = schema_hash(made)
    assert missing_parts(made) == {}
    made.execute(done)
    assert schema_hash(made) != before
    assert set(missing_parts(made)) == missing
    if missing:
        with made.atomic():
            put_right(made, missing_parts(made).values())
        assert schema_hash(made) == before


def test_what_others_put_beside_it_is_theirs(made: Postgres) -> None:
    before = schema_hash(made)
    made.execute("CREATE TABLE notes (id INTEGER PRIMARY KEY)")
    made.execute("CREATE INDEX notes_again ON notes (id)")
    assert schema_hash(made) == before
    made.execute("CREATE INDEX task_of_notes ON task (title)")
    assert schema_hash(made) != before


def test_indexes_are_among_the_names() -> None:
    assert {"task_open", "search_words"} <= {*index_names()} <= made_names()
