"""Work that goes on in a later plan counts once: what may not be done to either of its two tasks."""

from collections import Counter
from collections.abc import Iterable, Sequence

from plantrack.errors import Failure
from plantrack.model.history import StateChange, work_on
from plantrack.model.status import Status
from plantrack.services.writing.loaded_tasks import LoadedTasks
from plantrack.store.carry_over_links import Links, Pair, pairs_of
from plantrack.store.commands import Command
from plantrack.store.facts import Change
from plantrack.store.task_rows import TaskRow


def refuse_carried_on(known: Links, row: TaskRow) -> None:
    """Refuse to end, reopen or extend a task that goes on as another one, and name that one.

    Raises: task-carried-on.
    """
    went = known.went.get(row.uid)
    if went is not None:
        raise Failure("task-carried-on", task=row.label, other=went.label, plan=went.plan)


def refuse_reopening(known: Links, row: TaskRow) -> None:
    """Refuse another opening day for a task that goes on with an earlier one: it begins where that one ends.

    Raises: opening-carried.
    """
    came = known.came.get(row.uid)
    if came is not None:
        raise Failure("opening-carried", task=row.label, other=came.label, plan=came.plan, day=row.opened_on)


def refuse_counting_twice(
    loaded: LoadedTasks, target: Command, rows: Iterable[TaskRow], changes: Sequence[Change]
) -> None:
    """Refuse to undo a command where work would then count in two plans; `rows`, `changes`: of what it changes.

    Raises: undo-counts-twice.
    """
    pairs = pairs_of(loaded.db, loaded.carried(rows))
    loaded.load_also(link.uid for pair in pairs for link in (pair.new, pair.old))
    then, removed = loaded.gone_after(target.uid), _removed(pairs, changes)
    standing = [p for p in pairs if p.command not in then and not removed[p.new.uid]]
    times = Counter(p.old.uid for p in standing)
    for pair in standing:
        old = pair.old.uid
        said = [step for step in loaded.known(old).updates if step.command not in then]
        reopened = not removed[old] and not _stays_closed(said, pair.opened_on)
        if times[old] > 1 or reopened:
            task, other, plan = pair.old.label, pair.new.label, pair.new.plan
            raise Failure("undo-counts-twice", command=target.label, task=task, other=other, plan=plan)


def _removed(pairs: Iterable[Pair], changes: Sequence[Change]) -> dict[str, str | None]:
    """Return why each task is removed, when what a command changed has its old value back."""
    now = {uid: why for p in pairs for uid, why in ((p.new.uid, p.removed), (p.old.uid, p.old_removed))}
    return {**now, **{c.task: c.old for c in reversed(changes) if c.field == "removed"}}


def _stays_closed(updates: list[StateChange], day: str) -> bool:
    """Return whether a task is carried over on a day and whenever something was said of it later."""
    days = [day, *(u.on for u in updates if u.on > day)]
    return all(work_on(updates, d).status is Status.CARRIED_OVER for d in days)
