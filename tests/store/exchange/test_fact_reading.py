"""Facts are read in one order, whatever that of the rows is, and few at a time."""

import contextlib
import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.services.verbs import org
from plantrack.services.verbs.assign import Roles, assign
from plantrack.services.verbs.org import OrgParticulars
from plantrack.services.verbs.undo import undo
from plantrack.services.verbs.update import update
from plantrack.services.writing.status_updates import TypedUpdate
from plantrack.store.connection import insert
from plantrack.store.exchange import fact_reading
from plantrack.store.exchange.fact_choice import chosen_facts
from plantrack.store.exchange.fact_reading import counters, fact_digest, fact_lines
from plantrack.store.exchange.fact_tables import FACT_TABLES
from plantrack.store.postgres.connection import connect_server
from plantrack.store.sqlite.connection import SQLite
from tests.support.derived import all_facts
from tests.support.exported import exported
from tests.support.postgres import database_with_tables
from tests.support.postgres_server import PostgresServer
from tests.support.random_work import COMMANDS, Do, worked
from tests.support.steps import OpenContext, opened, said


def lines_of(db: SQLite) -> list[bytes]:
    return [line for _, lines in fact_lines(db) for line in lines]


def test_each_fact_is_there_once(context_on: OpenContext, db: SQLite) -> None:
    opened(context_on, "2024-07-01", lead=("ubdt",))
    said(context_on, "2024-07-03", "1", percent="10")
    facts, counts = all_facts(db), fact_digest(db).counts
    assert [*counts] == [table.name for table in FACT_TABLES]
    assert counts == {table: len(facts[table]) for table in counts}
    assert len(lines_of(db)) == len({*lines_of(db)}) == sum(counts.values())


def test_the_digest_is_the_hash_of_the_lines_and_stands_in_the_head(db: SQLite) -> None:
    digest = hashlib.sha256(b"".join(lines_of(db))).hexdigest()
    assert fact_digest(db).sha256 == digest
    assert digest.encode() in exported(db)[0]
    assert lines_of(db) == exported(db)[1:]


@given(st.lists(COMMANDS, min_size=4, max_size=10))
def test_pages_of_any_size_give_the_same(made_once: Path, work: list[Do]) -> None:
    db = worked(made_once / "plantrack.db", work).db
    whole = lines_of(db)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fact_reading, "_PAGE", 2)
        assert lines_of(db) == whole


def test_the_order_of_rows_in_the_file_does_not_matter(context_on: OpenContext, db: SQLite) -> None:
    for _ in range(5):
        opened(context_on, "2024-07-01", lead=("ubdt",))
    before = lines_of(db)
    rows = db.driver.execute("SELECT * FROM assignment ORDER BY uid DESC").fetchall()
    db.driver.execute("DROP TRIGGER assignment_no_delete")
    db.driver.execute("DELETE FROM assignment")
    db.driver.executemany(f"INSERT INTO assignment VALUES ({', '.join('?' * len(rows[0]))})", rows)
    assert lines_of(db) == before


def test_what_is_derived_and_notes_of_the_file_do_not_matter(context_on: OpenContext, db: SQLite) -> None:
    opened(context_on, "2024-07-01")
    before = fact_digest(db)
    db.execute("UPDATE task SET status = 'done', title_key = 'x'")
    db.execute("INSERT INTO meta VALUES ('example', '1', :hash)", {"hash": "0" * 64})
    assert fact_digest(db) == before


def test_postgresql_gives_the_same_digest(made_once: Path, postgres_server: PostgresServer) -> None:
    work = [
        Do("org", lambda at: org.add(at, "so", OrgParticulars("Sở Nội vụ"))),
        Do("assign", lambda at: assign(at, ["1"], Roles(lead=("so",), in_charge=("An",), new_person=True))),
        Do("update", lambda at: update(at, ["1"], TypedUpdate(percent="10", result="xong\n“phần đầu”"))),
        Do("undo", lambda at: undo(at, None)),
    ]
    db = worked(made_once / "plantrack.db", work).db
    with (
        database_with_tables(postgres_server) as address,
        contextlib.closing(connect_server(address)) as there,
    ):
        there.execute("SET session_replication_role = replica")  # as a restored database: keys come last
        for table in FACT_TABLES:
            rows = db.query(f"SELECT {', '.join(table.columns)} FROM {table.name}")
            insert(
                there, table.name, [table.with_stubs(dict(zip(table.columns, r, strict=True))) for r in rows]
            )
        assert fact_digest(there) == fact_digest(db)
        uids = [r[0] for r in db.query("SELECT uid FROM task")]
        for public in (False, True):
            there_chosen, here_chosen = (chosen_facts(one, uids, public=public) for one in (there, db))
            assert there_chosen == here_chosen
            if not public:  # what is taken back is derived, and not made there
                assert fact_digest(there, there_chosen) == fact_digest(db, here_chosen)


def test_an_empty_database_has_a_digest_too() -> None:
    from tests.support.exported import empty_database

    with empty_database() as db:
        assert fact_digest(db).sha256 == hashlib.sha256().hexdigest()
        assert counters(db) == {}
        assert len(exported(db)) == 1


def test_it_is_told_how_far_reading_is(context_on: OpenContext, db: SQLite) -> None:
    opened(context_on, "2024-07-01")
    told: list[float] = []
    fact_digest(db, None, told.append)
    assert told == sorted(told)
    assert 0 < told[0] < told[-1] <= 1
