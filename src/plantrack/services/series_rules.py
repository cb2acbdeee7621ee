"""Recurring work counts once at a time: what no command may do to the tasks of a series."""

from plantrack.errors import Failure
from plantrack.model.grouping import chunks
from plantrack.services.loaded_tasks import LoadedTasks
from plantrack.store.task_relations import series_of
from plantrack.store.task_rows import TaskRow


def first_of(row: TaskRow) -> str:
    """Return the first task of the series that a task is of."""
    return row.occurrence_of or row.uid


def refuse_two_open(loaded: LoadedTasks) -> None:
    """Refuse what let two tasks of one series be open: one is done before the next is due; the facts are written.

    Raises: two-occurrences-open.
    """
    for some in chunks(sorted({first_of(row) for row in loaded.rows if row.every or row.occurrence_of})):
        for series in series_of(loaded.db, some).values():
            one, *others = [each.label for each in series if each.is_open] or [""]
            if others:
                raise Failure("two-occurrences-open", task=one, other=others[-1])
