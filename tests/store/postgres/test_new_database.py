"""What is told of a database before it is filled, and what its keeper is given to run."""

import contextlib

import psycopg
import pytest

from plantrack.model.typed.database_address import DatabaseAddress
from plantrack.store.postgres.new_database import connect_to_fill, script, script_for_keeper
from tests.support.postgres import database_with_tables
from tests.support.postgres_server import PostgresServer


@pytest.mark.parametrize(
    ("login", "named"), [("chu_1", "chu_1"), ("Chủ", '"Chủ"'), ('a"; DROP', '"a""; DROP"')]
)
def test_the_keeper_lets_one_login_be_an_owner(login: str, named: str) -> None:
    given = "GRANT plantrack_viewer, plantrack_reporter, plantrack_coordinator"
    assert script_for_keeper(login).endswith(f"\n\n{given} TO {named} WITH ADMIN OPTION;\n")


def test_the_script_is_one_transaction() -> None:
    assert script().startswith("BEGIN;\n\nDO $$ BEGIN\n")
    assert script().endswith("COMMIT;\n\n")


def test_an_empty_database_is_to_be_filled_and_a_whole_one_is_not(postgres_server: PostgresServer) -> None:
    with postgres_server.database() as text:
        db, is_to_fill = connect_to_fill(DatabaseAddress(text))
        db.close()
        assert is_to_fill
    with database_with_tables(postgres_server) as address:
        db, is_to_fill = connect_to_fill(address)
        with contextlib.closing(db):
            assert (is_to_fill, db.told.role) == (False, "owner")


def test_nobody_else_makes_anything_where_the_tables_are(postgres_server: PostgresServer) -> None:
    with (
        postgres_server.database() as text,
        contextlib.closing(psycopg.connect(text, autocommit=True)) as driver,
    ):
        driver.execute("GRANT CREATE ON SCHEMA public TO PUBLIC")
        driver.execute(script())
        made = driver.execute("SELECT has_schema_privilege('plantrack_coordinator', 'public', 'CREATE')")
        assert made.fetchall() == [(False,)]
