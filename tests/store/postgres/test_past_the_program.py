"""What is written on a server past the program is found and named: by whoever reports with psql, or by the owner."""

import contextlib
from collections.abc import Iterator

import pytest

from plantrack.errors import Failure
from plantrack.services.verbs.db import check, repair
from plantrack.store.checks.quick_look import quick_look
from plantrack.store.checks.soundness import DERIVED_PARTS
from plantrack.store.exchange.fact_tables import FACT_TABLES
from plantrack.store.postgres.connection import Postgres, connect_server
from plantrack.store.sealing.history_check import history_faults
from plantrack.store.sqlite import search_index
from tests.support.filled import filled_file
from tests.support.postgres import database_with_tables, fill
from tests.support.postgres_server import PostgresServer

FACTS = {table.name: table.columns for table in FACT_TABLES}
DERIVED = sorted({*DERIVED_PARTS} - {*search_index.TABLES})


@pytest.fixture(scope="module")
def address(postgres_server: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgres]:
    """A server's database in which most tables have rows, as their owner sees it."""
    with database_with_tables(postgres_server) as made, contextlib.closing(connect_server(made)) as db:
        fill(db, filled_file(tmp_path_factory.mktemp("filled")))
        assert check(db).is_sound
        yield db


@pytest.fixture
def db(address: Postgres) -> Iterator[Postgres]:
    """That database; what is changed in it is taken back."""
    address.snapshot()
    address.execute("SET LOCAL session_replication_role = replica")  # no guard and no key of another table
    yield address
    address._roll_back(Exception())


@contextlib.contextmanager
def tried(db: Postgres) -> Iterator[None]:
    """Take back what is done inside."""
    with db.one_by_one() as driver:
        driver.execute("SAVEPOINT one")
    yield
    with db.one_by_one() as driver:
        driver.execute("ROLLBACK TO one")
        driver.execute("RELEASE one")


def is_found(db: Postgres) -> bool:
    """Return whether `db check` finds anything: in history, where it is quick, or elsewhere."""
    try:
        if next(history_faults(db), None):
            return True
        found = check(db)
    except Failure as failure:
        assert failure.code in ("database-damaged", "history-altered"), failure
        return True
    return not found.is_sound


def is_changed(db: Postgres, table: str, column: str) -> bool:
    """Change a value past all keys of other tables; the server itself may keep it out."""
    (kind,) = {one.type for one in db.columns(table) if one.name == column}
    other = f"1 - COALESCE({column}, 0)" if kind == "INTEGER" else f"COALESCE({column}, '') || 'x'"
    last = f"(SELECT MAX(ctid) FROM {table})"
    try:
        with db.one_by_one() as driver:
            driver.execute(f"UPDATE {table} SET {column} = {other} WHERE ctid = {last}")
    except db.broken_condition:
        return False
    return True


@pytest.mark.no_cover
@pytest.mark.parametrize("table", FACTS)
def test_any_value_of_facts_that_is_changed_is_found(db: Postgres, table: str) -> None:
    if not db.query(f"SELECT 1 AS one FROM {table} LIMIT 1"):
        pytest.skip("no row of it here")
    silent = []
    for column in FACTS[table]:
        with tried(db):
            silent += [column] if is_changed(db, table, column) and not is_found(db) else []
    assert silent == []


@pytest.mark.parametrize("table", FACTS)
def test_a_fact_that_is_removed_is_found(db: Postgres, table: str) -> None:
    if not db.query(f"SELECT 1 AS one FROM {table} LIMIT 1"):
        pytest.skip("no row of it here")
    db.execute(f"DELETE FROM {table} WHERE ctid = (SELECT MIN(ctid) FROM {table})")
    assert is_found(db)


@pytest.mark.parametrize("table", DERIVED)
def test_a_derived_row_that_is_removed_is_named_and_made_again_by_the_owner(db: Postgres, table: str) -> None:
    if table in ("task", "person"):  # their rows are facts
        pytest.skip("no row of it is derived as a whole")
    if not db.query(f"SELECT 1 AS one FROM {table} LIMIT 1"):
        pytest.skip("no row of it here")
    db.execute(f"DELETE FROM {table} WHERE ctid = (SELECT MIN(ctid) FROM {table})")
    found = check(db)
    assert [(one.kind, one.table) for one in found.found] == [("missing", table)]
    assert repair(db).counts == ((table, 1),)
    assert check(db).is_sound


def test_a_changed_state_of_a_task_is_named_and_made_again(db: Postgres) -> None:
    db.execute("UPDATE task SET percent = 99 WHERE number = 1")
    (found,) = check(db).found
    assert (found.kind, found.table, found.name, found.columns) == ("other", "task", "1", ("percent",))
    assert repair(db).counts == (("task", 1),)


#: What somebody may do with psql, and what `db check` and the look before a report say of it, by kind.
PAST = {
    "a fact under an old command": (
        ("INSERT INTO status_update (uid, command, task, on_day, recorded_at, result) SELECT repeat('0', 26), u.command, "
         "u.task, u.on_day, u.recorded_at, 'xong' FROM status_update AS u ORDER BY u.recorded_at LIMIT 1"),
        {"row-extra"}, set(),
    ),
    "a command without a seal": (
        ("INSERT INTO command (uid, site, number, verb, author, recorded_at) SELECT repeat('0', 26), '', MAX(number) + 1, "
         "'update', 'x', '2031-01-01T00:00:00.000Z' FROM command"),
        {"seal-missing", "counter"}, {"seal-missing", "counter"},
    ),
    "a number that was never given": (
        "UPDATE counter SET used = used + 3 WHERE name = 'command'", {"command-missing"}, {"command-missing"},
    ),
    "a number that will be given twice": (
        "UPDATE counter SET used = 0 WHERE name = 'task'", {"counter"}, {"counter"},
    ),
    "a forged seal": (
        "UPDATE seal SET hash = repeat('0', 64) WHERE command = (SELECT uid FROM command ORDER BY number DESC LIMIT 1)",
        {"seal-changed"}, {"seal-changed"},
    ),
    "a note of the database": ("UPDATE meta SET value = 'x' WHERE name = 'id'", {"row-changed"}, set()),
    "a trigger that is gone": ("DROP TRIGGER command_only_grows ON command", set(), {"schema"}),
    "a trigger that is put off": ("ALTER TABLE command DISABLE TRIGGER command_only_grows", {"schema"}, {"schema"}),
    "an index that is gone": ("DROP INDEX task_open", set(), {"schema"}),
    "a policy that is gone": ("DROP POLICY command_is_read ON command", set(), {"schema"}),
    "rows that all may write": ("ALTER TABLE command DISABLE ROW LEVEL SECURITY", {"schema"}, {"schema"}),
    "a function that lets all pass": (
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$",
        {"schema"}, {"schema"},
    ),
}  # fmt: skip
#: Of what is missing `db check` says the name.
MISSING = {
    "a trigger that is gone": "command_only_grows",
    "an index that is gone": "task_open",
    "a policy that is gone": "command_is_read",
}


@pytest.mark.parametrize("what", PAST)
def test_what_is_done_past_the_program_is_named(db: Postgres, what: str) -> None:
    statement, told, seen = PAST[what]
    with db.one_by_one() as driver:
        driver.execute(statement)
    assert {fault.kind for fault in quick_look(db)} == seen
    found = check(db)
    assert {fault.kind for fault in found.history} == told
    assert found.missing == ((MISSING[what],) if what in MISSING else ())
    assert not found.is_sound


@pytest.mark.parametrize("what", MISSING)
def test_what_is_missing_is_made_again_by_the_owner(db: Postgres, what: str) -> None:
    with db.one_by_one() as driver:
        driver.execute(PAST[what][0])
    assert repair(db).missing == (MISSING[what],)
    assert quick_look(db) == []
    assert check(db).is_sound
