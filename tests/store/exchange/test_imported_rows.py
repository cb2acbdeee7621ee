"""Rows that were taken in: known again by their source and key, the last one last, not those that were taken back."""

from plantrack.services.verbs.undo import undo
from plantrack.store.connection import SQLite
from plantrack.store.exchange.imported_rows import ImportedRow, insert_imported, known_rows
from tests.support.steps import PLAN, OpenContext, opened


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
