"""How often tasks were touched, for calendars that are made again and again."""

from collections.abc import Iterable

from plantrack.model.history import Revision
from plantrack.model.task import Task
from plantrack.services.desk import Desk
from plantrack.store.revisions import revisions_of


def revisions(desk: Desk, tasks: Iterable[Task]) -> dict[str, Revision]:
    """Give the revision of each task, by uid, as known at the desk's moment."""
    return revisions_of(desk.db, [task.uid for task in tasks], desk.when.known_at)
