"""A look that costs the same whatever the size."""

from plantrack.store.checks.quick_look import quick_look, schema_faults
from plantrack.store.known import show_as_known
from plantrack.store.schema.guards import unguarded
from plantrack.store.sqlite.connection import SQLite
from tests.support.steps import OpenContext, opened


def kinds(db: SQLite) -> list[str]:
    return [fault.kind for fault in quick_look(db)]


def test_a_sound_database_has_nothing(context_on: OpenContext, db: SQLite) -> None:
    opened(context_on, "2024-07-01")
    assert kinds(db) == []


def test_what_is_seen_at_a_glance(context_on: OpenContext, db: SQLite) -> None:
    opened(context_on, "2024-07-01")
    with unguarded(db, "command"):
        db.execute("UPDATE command SET author = 'Ai đó' WHERE number = 2")
    db.execute("UPDATE counter SET used = 9 WHERE name = 'task'")
    db.execute("CREATE TRIGGER lén AFTER INSERT ON command BEGIN SELECT 1; END")
    assert kinds(db) == ["schema", "task-missing", "row-changed"]
    assert [fault.kind for fault in schema_faults(db)] == ["schema"]


def test_of_an_earlier_moment_only_what_the_file_is_made_of_is_seen(
    context_on: OpenContext, db: SQLite
) -> None:
    opened(context_on, "2024-07-01")
    opened(context_on, "2024-07-02")
    show_as_known(db, "2024-07-01T23:00:00.000Z")
    assert kinds(db) == []
    show_as_known(db, None)
    assert kinds(db) == []
