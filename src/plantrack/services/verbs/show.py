"""Show tasks with their history."""

from collections.abc import Sequence

from plantrack.errors import Failure
from plantrack.model.counting import Clock, settle
from plantrack.model.views.tasks import Shown, ShownTasks
from plantrack.services.context import Desk, task_uids
from plantrack.services.verbs.log import log_of
from plantrack.store import facts as history
from plantrack.store import tasks
from plantrack.store.carry_over_links import links
from plantrack.store.scope import Scope


def show(desk: Desk, ids: Sequence[str]) -> ShownTasks:
    """Give tasks as they stood, each with all that was recorded of it."""
    uids = task_uids(desk, ids)
    return ShownTasks(desk.heading, tuple(_show(desk, uid) for uid in uids))


def _show(desk: Desk, uid: str) -> Shown:
    task = tasks.task_on(desk.db, uid, desk.when)
    if task is None:
        row = tasks.own_row(desk.db, uid)
        if desk.when.known_at is not None and row.recorded_at > desk.when.known_at:
            raise Failure("task-not-recorded", task=row.label)
        if row.opened_on > desk.when.day and tasks.is_counted(desk.db, uid):
            raise Failure("task-not-opened", task=row.label, day=row.opened_on)
        raise Failure("task-removed", task=row.label)
    scope = Scope.of([uid], desk.when.known_at)
    gone = history.withdrawn_commands(desk.db, desk.when.known_at)
    updates = tuple(u for u in history.updates_in(desk.db, scope) if u.on <= desk.when.day)
    clock = Clock.at(desk.when.day, desk.plan.reporting)
    known = links(desk.db, desk.when.day, desk.when.known_at, uid)
    plans = (end[uid].plan if uid in end else None for end in known)
    return Shown(settle(task, clock), updates, gone, log_of(desk, scope).entries, *plans)
