"""Rows that were imported, and mappings that were kept, while their command counts."""

from plantrack.services.verbs.undo import undo
from plantrack.store.commands import record
from plantrack.store.exchange.imported_rows import (
    ImportedRow,
    ImportMapping,
    KnownRow,
    insert_imported,
    insert_mapping,
    kept_mapping,
    known_rows,
    mapping_names,
)
from plantrack.store.sqlite.connection import SQLite
from tests.support.steps import PLAN, OpenContext, opened


def uid(number: int) -> str:
    return f"{number:026}"


def test_a_row_is_known_by_its_source_and_key_until_its_command_is_taken_back(
    context_on: OpenContext, db: SQLite
) -> None:
    context = context_on("2024-07-01")
    by = record(db, "import", "Người thử", context.now)
    rows = [
        ImportedRow(uid(n), by.uid, by.recorded_at, PLAN, "person", source, f"k{n}", str(n) * 64)
        for n, source in enumerate(["", "a", "b"])
    ]
    insert_imported(db, rows)
    insert_mapping(
        db, ImportMapping(uid(9), by.uid, by.recorded_at, "a", "person", {"Tên": "name", "TT": ""})
    )
    found = known_rows(db, PLAN, "person", {"", "a"}, ["k0", "k1", "k2"])
    assert found == {
        "k0": [KnownRow("", "0" * 64, None, by.uid)], "k1": [KnownRow("a", "1" * 64, None, by.uid)],
    }  # fmt: skip
    assert known_rows(db, PLAN, "task", {""}, ["k0"]) == {}
    kept = kept_mapping(db, "a")
    assert kept is not None
    assert (kept.columns, mapping_names(db)) == ({"Tên": "name", "TT": ""}, ["a"])
    undo(context_on(), by.label)
    assert known_rows(db, PLAN, "person", {"", "a"}, ["k0", "k1"]) == {}
    assert (kept_mapping(db, "a"), mapping_names(db)) == (None, [])


def test_a_name_that_was_given_up_has_no_mapping(context_on: OpenContext, db: SQLite) -> None:
    for n, columns in enumerate([{"Tên": "name"}, {}]):
        by = record(db, "import", "Người thử", context_on("2024-07-01").now)
        insert_mapping(db, ImportMapping(uid(n), by.uid, by.recorded_at, "a", "person", columns))
    assert kept_mapping(db, "a") is None


def test_rows_are_known_by_source_and_key_while_their_command_stands(
    db: SQLite, context_on: OpenContext
) -> None:
    opened(context_on, "2024-07-01")
    opened(context_on, "2024-07-02")
    commands = db.query("SELECT uid, recorded_at FROM command ORDER BY number DESC")[:2]
    rows = [
        ImportedRow(str(n) * 26, uid, moment, PLAN, "task", "a", "k", str(n) * 64)
        for n, (uid, moment) in enumerate(reversed(commands))
    ]
    insert_imported(db, rows)
    assert [row.sha256[0] for row in known_rows(db, PLAN, "task", ["a"], ["k"])["k"]] == ["0", "1"]
    assert known_rows(db, PLAN, "task", ["b"], ["k"]) == known_rows(db, PLAN, "update", ["a"], ["k"]) == {}
    undo(context_on(), None)
    assert [row.sha256[0] for row in known_rows(db, PLAN, "task", ["a"], ["k"])["k"]] == ["0"]
