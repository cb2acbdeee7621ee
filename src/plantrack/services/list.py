"""List tasks."""

from collections.abc import Sequence

from plantrack.model.filters import FIELDS, FLAGS
from plantrack.model.text import nearest
from plantrack.model.views.list import TaskList
from plantrack.services.desk import Desk
from plantrack.services.reading import filtered
from plantrack.services.unfinished import heading_with_unfinished


def list_tasks(
    desk: Desk, args: Sequence[str], *, everything: bool = False, with_notes: bool = False
) -> TaskList:
    """Give the tasks that pass a filter: open ones, unless all or a status is asked for.

    With notes each has its last update, and how often its deadline was extended.
    """
    wanted, passing = filtered(desk, args)
    shown = passing if everything or wanted.asks_status else [t for t in passing if t.is_open]
    near: tuple[str, ...] = ()
    if not passing and wanted.texts:
        flags = [vi.replace(" ", "-") for vi, _ in FLAGS.values()]
        words = [*FLAGS, *flags, *FIELDS, *desk.names.people]
        typed = (*wanted.texts, " ".join(wanted.texts))
        near = tuple(dict.fromkeys(n for text in typed for n in nearest(text, words)))[:3]
    found = TaskList(
        heading_with_unfinished(desk), tuple(shown), wanted.spelled(), near, len(passing) - len(shown)
    )
    if not with_notes:
        return found
    from plantrack.services.digest import extended, last_updates

    last = last_updates(desk, [task.uid for task in shown])
    return found._replace(with_notes=True, updates=last, extensions=extended(desk, shown))
