"""Who leads a task and coordinates it on one day, which no organisation is to do."""

from collections.abc import Sequence

from plantrack.model.history import Assignment, holders_on


def in_both_roles(
    assignments: Sequence[Assignment], before: Sequence[Assignment] = ()
) -> tuple[str, str] | None:
    """Find an organisation that leads a task and coordinates it, with the first day, where it did not `before`.

    The day is empty at the opening.
    """
    for day in sorted({fact.on or "" for fact in assignments}):
        new = _both_on(assignments, day) - _both_on(before, day)
        if new:
            return min(new), day
    return None


def _both_on(assignments: Sequence[Assignment], day: str) -> set[str]:
    held = holders_on(assignments, day)
    return {*held.lead} & {*held.coordinating}
