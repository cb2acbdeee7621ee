"""Work that goes on in a later plan counts once: what may not be done to either of its two tasks."""

from collections import Counter
from collections.abc import Iterable

from plantrack.errors import Failure
from plantrack.model.history import END_OF_TIME, Update, Withdrawal, withdrawn, work_on
from plantrack.model.status import Status
from plantrack.store import commands, facts
from plantrack.store.carry_over_links import Links, Pair, pairs_of
from plantrack.store.commands import Command
from plantrack.store.connection import Connection
from plantrack.store.scope import Scope
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


def refuse_counting_twice(db: Connection, target: Command, uids: Iterable[str]) -> None:
    """Refuse to undo a command where work would then count in two plans; `uids`: the tasks it changes.

    Raises: undo-counts-twice.
    """
    pairs = pairs_of(db, set(uids))
    if not pairs:
        return
    gone = withdrawn_with(commands.withdrawals(db), target)
    removed = _removed(db, target, pairs)
    standing = [p for p in pairs if p.command not in gone and not removed[p.new.uid]]
    times, said = Counter(p.old.uid for p in standing), _said(db, standing, gone)
    for pair in standing:
        old = pair.old.uid
        reopened = not removed[old] and not _stays_closed(said.get(old, []), pair.opened_on)
        if times[old] > 1 or reopened:
            task, other, plan = pair.old.label, pair.new.label, pair.new.plan
            raise Failure("undo-counts-twice", command=target.label, task=task, other=other, plan=plan)


def withdrawn_with(known: Iterable[Withdrawal], target: Command) -> dict[str, int]:
    """Return what is withdrawn once a command is taken back too, by the last command of all."""
    return withdrawn([*known, Withdrawal("", target.uid, END_OF_TIME, 0)])


def _removed(db: Connection, target: Command, pairs: Iterable[Pair]) -> dict[str, str | None]:
    """Return why each task is removed, when what a command changed has its old value back."""
    now = {uid: why for p in pairs for uid, why in ((p.new.uid, p.removed), (p.old.uid, p.old_removed))}
    changes = facts.changes_in(db, Scope.of_commands([target.uid]))
    return {**now, **{c.task: c.old for c in reversed(changes) if c.field == "removed"}}


def _said(db: Connection, pairs: Iterable[Pair], gone: dict[str, int]) -> dict[str, list[Update]]:
    """Return the updates of the earlier tasks that are to count."""
    found: dict[str, list[Update]] = {}
    for update in facts.updates_in(db, Scope.of([p.old.uid for p in pairs])):
        if update.command not in gone:
            found.setdefault(update.task, []).append(update)
    return found


def _stays_closed(updates: list[Update], day: str) -> bool:
    """Return whether a task is carried over on a day and whenever something was said of it later."""
    days = [day, *(u.on for u in updates if u.on > day)]
    return all(work_on(updates, d).status is Status.CARRIED_OVER for d in days)
