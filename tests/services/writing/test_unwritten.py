"""Facts that are not in the database yet."""

from plantrack.services.writing.unwritten import Unwritten
from plantrack.store.facts import Change


def changed(field: str, old: str | None, new: str) -> Change:
    return Change("u", "c", "t", "2024-07-01T00:00:00.000Z", field, old, new)


def test_the_first_value_of_a_field_is_what_the_task_was_opened_with() -> None:
    unwritten = Unwritten()
    unwritten.changes += [
        changed("title", "Một", "Hai"),
        changed("title", "Hai", "Ba"),
        changed("budget", None, "5"),
    ]
    assert unwritten.first_values == {"t": {"title": "Một", "budget": None}}
    assert Unwritten().first_values == {}
