"""Show the plan as it was applied, and its revisions."""

from plantrack.model.names import Names
from plantrack.model.views.plan import PlanLog, PlanTree, RevisionLine
from plantrack.services.desk import Desk
from plantrack.store import plans


def plan_tree(desk: Desk, code: str | None = None) -> PlanTree:
    """Give the plan, or one area or activity of it."""
    found = _code(desk.names, code) if code is not None else None
    return PlanTree(desk.heading, found, tuple(plans.former_areas(desk.db, desk.plan.id)))


def _code(names: Names, text: str) -> str:
    """Read the code of an area or an activity: the second has a point in it."""
    return names.activity(text).code if "." in text else names.area(text).code


def plan_log(desk: Desk) -> PlanLog:
    """Give the applied revisions, the newest first."""
    lines = [
        RevisionLine(r.revision, r.recorded_at, r.author, r.file, r.sha256, r.git_commit, r.dirty)
        for r in plans.revisions(desk.db, desk.plan.id, desk.when.known_at)
    ]
    return PlanLog(desk.heading, tuple(lines))
