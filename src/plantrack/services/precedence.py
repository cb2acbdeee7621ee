"""Which tasks come before others: as it is typed, and what a person is told who works on a task before its turn."""

from collections.abc import Sequence

from plantrack.errors import Failure
from plantrack.model.history import work_on
from plantrack.model.status import OPEN, Status
from plantrack.services.command_writer import CommandWriter
from plantrack.services.context import task_uids
from plantrack.services.occurrences import is_none
from plantrack.store.task_rows import TaskRow, counts, split

#: What is not done before the tasks that come before it are.
_AT_WORK = (Status.IN_PROGRESS, Status.SUBMITTED, Status.DONE)


def read_after(writer: CommandWriter, typed: Sequence[str]) -> tuple[str, ...]:
    """Find the tasks that are to come before another one; `none`: no more.

    Raises: task-removed; those of `task_uids`.
    """
    found = task_uids(writer.context, [] if all(map(is_none, typed)) else typed)
    writer.load_also(found)
    for row in map(writer.any_row, found):
        if not counts(row, writer.gone):
            raise Failure("task-removed", task=row.label)
    return tuple(found)


def tell_what_comes_before(writer: CommandWriter, row: TaskRow, status: Status | None, day: str) -> None:
    """Tell which tasks are still open on a day that come before one that is worked on, or done."""
    if status not in _AT_WORK or not row.after:
        return
    writer.load_also(split(row.after))
    before = [each for each in map(writer.any_row, split(row.after)) if counts(each, writer.gone)]
    still = [each.label for each in before if work_on(writer.facts_now(each.uid).updates, day).status in OPEN]
    if still:
        writer.note("others-come-before", task=row.label, tasks=tuple(still))
