"""What no command may do to tasks that hang together: those of a series, and those that wait for others."""

from collections.abc import Mapping

from plantrack.errors import Failure
from plantrack.model.grouping import chunks
from plantrack.model.history import END_OF_TIME
from plantrack.services.writing.loaded_tasks import LoadedTasks
from plantrack.store.questions.task_relations import series_of
from plantrack.store.task_rows import TaskRow, split


def first_in_series(row: TaskRow) -> str:
    """Return the first task of the series that a task is of."""
    return row.occurrence_of or row.uid


def refuse_two_open(loaded: LoadedTasks) -> None:
    """Refuse what let two tasks of one series be open: one is done before the next is due; the facts are written.

    Raises: two-occurrences-open.
    """
    for some in chunks(
        sorted({first_in_series(row) for row in loaded.rows if row.every or row.occurrence_of})
    ):
        for series in series_of(loaded.db, some, END_OF_TIME).values():
            one, *others = [each.label for each in series if each.is_open] or [""]
            if others:
                raise Failure("two-occurrences-open", task=one, other=others[-1])


def refuse_cycle(loaded: LoadedTasks) -> None:
    """Refuse what let a task wait for itself, be it through others.

    Raises: after-cycle.
    """
    for uid in [row.uid for row in loaded.rows if row.after]:
        if chain := _way_back(loaded, uid):
            raise Failure("after-cycle", chain=" → ".join(loaded.any_row(each).label for each in chain))


def _way_back(loaded: LoadedTasks, uid: str) -> list[str]:
    """Return the tasks from one that wait for one another up to itself again; none: it does not wait for itself."""
    came: dict[str, str] = {}
    here = [uid]
    while here:
        loaded.load_also(here)
        steps = [(before, each) for each in here for before in split(loaded.any_row(each).after)]
        here = [before for before, each in steps if came.setdefault(before, each) == each]
        if uid in came:
            return _walked(came, uid)
    return []


def _walked(came: Mapping[str, str], uid: str) -> list[str]:
    chain = [uid, came[uid]]
    while chain[-1] != uid:
        chain.append(came[chain[-1]])
    return chain[::-1]
