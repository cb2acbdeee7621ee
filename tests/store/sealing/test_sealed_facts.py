"""Facts as they were when their command was sealed."""

from plantrack.services.verbs.edit import Corrections, edit
from plantrack.store.exchange.fact_tables import BY_NAME, FACT_TABLES
from plantrack.store.sealing.row_hashes import NameHashes
from plantrack.store.sealing.sealed_facts import (
    APART,
    OWN_HASHES,
    SEALED,
    all_salts,
    as_opened,
    sealed_commands,
)
from plantrack.store.sqlite.connection import SQLite
from tests.support.steps import OpenContext, opened

TASK = BY_NAME["task"].columns


def test_a_table_is_sealed_or_has_hashes_of_its_own_or_is_the_seals() -> None:
    assert {t.name for t in FACT_TABLES} == {t.name for t in SEALED} | {*APART, "seal", "salt"}
    assert [name for name, _, _ in OWN_HASHES] == ["meta", *APART]


def test_a_task_is_as_it_was_opened(context_on: OpenContext, db: SQLite) -> None:
    opened(context_on, "2024-07-01")
    asked = f"SELECT {', '.join(TASK)} FROM task"
    before = db.query(asked)
    for title in ("Hai", "Ba"):
        edit(context_on("2024-07-02"), ["1"], Corrections(title=title, budget="5tr"))
    assert db.query(asked) != before
    assert as_opened(db, db.query(asked)) == before


def test_commands_come_in_their_order_with_all_their_rows(context_on: OpenContext, db: SQLite) -> None:
    opened(context_on, "2024-07-01", lead=("ubdt",))
    names = NameHashes(all_salts(db).get)
    first, second = sealed_commands(db, names)
    assert (first.number, second.number) == (1, 2)
    assert {*first.hashes} == {"command", "plan_revision"}
    assert {*second.hashes} == {"command", "task", "deadline", "assignment"}
    assert [command.number for command in sealed_commands(db, names, 1)] == [2]
