"""Where texts name somebody: in every column that may hold a text."""

import pytest

from plantrack.services.verbs.update import update
from plantrack.services.writing.status_updates import TypedUpdate
from plantrack.store.exchange.fact_tables import BY_NAME
from plantrack.store.forgetting.texts import _text_places, texts_found
from plantrack.store.sqlite.connection import SQLite
from tests.support.steps import OpenContext, opened

#: Columns that hold no text that somebody typed, with those that do.
CASES = [
    ("status_update", {"result", "next_step", "blocked", "proposal", "answered", "reason", "note", "evidence", "told_by"}),
    ("deadline", {"due_text", "reason"}),
    ("change", {"old_value", "new_value"}),
    ("part", {"nth", "text"}),
    ("saved_filter", {"name", "terms"}),
    ("salt", set()),
    ("seal", set()),
]  # fmt: skip


@pytest.mark.parametrize(("table", "columns"), CASES)
def test_texts_are_all_columns_that_take_any_text(table: str, columns: set[str]) -> None:
    assert {column for _, column in _text_places(BY_NAME[table])} - {"target"} == columns


def test_a_text_is_named_by_its_task_and_command(context_on: OpenContext, db: SQLite) -> None:
    label = opened(context_on, "2024-07-01", title="Gặp An")
    update(context_on(), [label], TypedUpdate(note="An nói", told_by="An"))
    found = [
        (one.table, one.column, one.task, one.command)
        for one in texts_found(db, lambda text: "An" in text.split(), {"An"})
    ]
    assert found == [("task", "title", label, "c2"), ("status_update", "note", label, "c3")]
