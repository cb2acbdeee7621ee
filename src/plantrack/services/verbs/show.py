"""Show tasks with what was said of them."""

from collections.abc import Sequence

from plantrack.errors import Failure
from plantrack.model.views.tasks import Shown, ShownTasks
from plantrack.services.context import Context, task_uids
from plantrack.services.verbs.log import log_of
from plantrack.services.writing.relation_rules import first_in_series
from plantrack.store import facts, tasks
from plantrack.store.carry_over_links import links
from plantrack.store.commands import undone_by
from plantrack.store.questions.task_relations import series_of
from plantrack.store.scope import Scope


def show(context: Context, ids: Sequence[str], *, history: bool = False) -> ShownTasks:
    """Return tasks as they stood, each with its updates, and with all that was recorded of it if that is asked for.

    Raises: task-not-opened, task-not-recorded, task-removed; those of `task_uids`.
    """
    uids = task_uids(context, ids)
    return ShownTasks(context.heading, tuple(_show(context, uid, history=history) for uid in uids))


def _show(context: Context, uid: str, *, history: bool) -> Shown:
    row, (day, known_at) = tasks.own_row(context.db, uid), context.when
    if known_at is not None and row.recorded_at > known_at:
        raise Failure("task-not-recorded", task=row.label)
    if not row.counted:
        raise Failure("task-removed", task=row.label)
    if row.opened_on > day:
        raise Failure("task-not-opened", task=row.label, day=row.opened_on)
    scope = Scope.of([uid])
    updates = tuple(u for u in facts.updates_in(context.db, scope) if u.on <= day)
    before, after = (end[uid].plan if uid in end else None for end in links(context.db, day, [uid]))
    series = series_of(context.db, [first_in_series(row)], day).get(first_in_series(row), ())
    return Shown(
        context.tasks.read([uid])[0],
        updates,
        undone_by(context.db, {update.command for update in updates}),
        log_of(context, scope).entries if history else None,
        before,
        after,
        tuple(each.label for each in series),
    )
