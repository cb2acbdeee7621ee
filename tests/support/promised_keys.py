"""The keys of JSON that are promised to the scripts of others."""

from collections.abc import Iterable


def keys(names: str) -> list[str]:
    """Return names in a row as a list."""
    return names.split()


TASK = keys(
    "id label uid plan area activity title status deadline_state start due due_text first_due completed_on percent "
    "priority deliverable tags places lead coordinating in_charge blocked opened_on updated_on stale "
    "carried_from carried_to"
)


UPDATE = keys(
    "uid command task on recorded_at author told_by status percent result next blocked proposal answered note "
    "evidence withdrawn_by unblocked reason allocated spent"
)


def promised(made: Iterable[str], *others: str) -> list[str]:
    """Return those keys of a task that are promised, in their order: new ones may come, none goes or moves."""
    return [key for key in made if key in (*TASK, *others)]
