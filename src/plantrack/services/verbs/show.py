"""Show tasks with their history."""

from collections.abc import Sequence

from plantrack.errors import Failure
from plantrack.model.counting import with_deadline_state
from plantrack.model.history import withdrawn
from plantrack.model.views.tasks import Shown, ShownTasks
from plantrack.services.context import Context, task_uids
from plantrack.services.verbs.log import log_of
from plantrack.store import commands, facts, tasks
from plantrack.store.carry_over_links import links
from plantrack.store.scope import Scope


def show(context: Context, ids: Sequence[str]) -> ShownTasks:
    """Return tasks as they stood, each with all that was recorded of it.

    Raises: task-not-opened, task-not-recorded, task-removed; those of `task_uids`.
    """
    uids = task_uids(context, ids)
    return ShownTasks(context.heading, tuple(_show(context, uid) for uid in uids))


def _show(context: Context, uid: str) -> Shown:
    task = tasks.task_on(context.db, uid, context.when)
    if task is None:
        row = tasks.own_row(context.db, uid)
        if context.when.known_at is not None and row.recorded_at > context.when.known_at:
            raise Failure("task-not-recorded", task=row.label)
        if row.opened_on > context.when.day and row.counted:
            raise Failure("task-not-opened", task=row.label, day=row.opened_on)
        raise Failure("task-removed", task=row.label)
    scope = Scope.of([uid], context.when.known_at)
    updates = tuple(u for u in facts.updates_in(context.db, scope) if u.on <= context.when.day)
    undos = commands.undos_of(context.db, [u.command for u in updates])
    gone = withdrawn(undos, context.when.known_at)
    known = links(context.db, context.when.day, context.when.known_at, [uid])
    plans = (end[uid].plan if uid in end else None for end in known)
    return Shown(
        with_deadline_state(task, context.cutoffs),
        updates,
        gone,
        log_of(context, scope).entries,
        *plans,
    )
