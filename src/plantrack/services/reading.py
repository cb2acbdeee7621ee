"""What every read shares: the tasks as they stood, settled against the day, and filtered."""

from collections.abc import Sequence

from plantrack.model.counting import Clock
from plantrack.model.filters import Filter, Found, parse_filter
from plantrack.model.history import withdrawn
from plantrack.model.task import Task
from plantrack.model.text import nfc
from plantrack.services.desk import Desk
from plantrack.store import history, tasks


def settled(desk: Desk, areas: Sequence[str] = ()) -> list[Task]:
    """Give the plan's tasks as they stood, with their deadline states; of other areas perhaps none."""
    clock = Clock.at(desk.when.day, desk.plan.reporting)
    return tasks.tasks_on(desk.db, desk.plan.id, desk.when, clock, areas)


def filtered(desk: Desk, args: Sequence[str]) -> tuple[Filter, list[Task]]:
    """Give the tasks that pass a filter, closed ones too, those that match as typed first, then by due day."""
    wanted = parse_filter(args, desk.names, desk.today, desk.when.day)
    found = found_texts(desk, wanted)
    passing = [t for t in settled(desk, wanted.areas) if wanted.passes(t, found)]
    passing.sort(key=by_due)
    if wanted.texts:
        passing.sort(key=lambda t: wanted.exactness(t, found))
    return wanted, passing


def by_due(task: Task) -> tuple[str, str, int]:
    """Order tasks by due day (none last), then number."""
    return task.due or "9999", task.site, task.number


def found_texts(desk: Desk, wanted: Filter) -> dict[str, Found]:
    """Find each free text of a filter in what was said."""
    return {text: _found(desk, text) for text in wanted.texts}


def _found(desk: Desk, text: str) -> Found:
    """Find a free text in the updates that count."""
    gone = withdrawn(history.withdrawals(desk.db), desk.when.known_at)
    hits = history.found_in_updates(desk.db, text, desk.when.day, desk.when.known_at)
    standing = [(task, said) for task, said, command in hits if command not in gone]
    typed = nfc(text).casefold()
    return Found(
        frozenset(task for task, _ in standing),
        frozenset(task for task, said in standing if typed in said.casefold()),
    )
