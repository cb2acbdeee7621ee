"""Show the plan as it was applied, and its revisions."""

from plantrack.errors import Failure
from plantrack.model.plan import Plan
from plantrack.model.plan_diff import codes
from plantrack.model.views.plan import PlanLog, PlanTree, RevisionLine
from plantrack.services.context import Desk
from plantrack.store import plans


def plan_tree(desk: Desk, code: str | None = None) -> PlanTree:
    """Give the plan, or one area or activity of it; one that left the plan as it was last."""
    former = tuple(plans.former_areas(desk.db, desk.plan.id))
    if code is None:
        return PlanTree(desk.heading, None, former)
    names = desk.names
    found = names.activity_code(code) if "." in code else names.area_code(code)
    if found in names.areas or found in names.activities:
        return PlanTree(desk.heading, found, former)
    retired = next((r for r in desk.plan.retired if r.code == found), None)
    last = _last_with(desk, found)
    if last is None:  # never applied: not even its title is known
        raise Failure(
            "unknown-activity" if "." in code else "unknown-area", area=code, activity=code, near=()
        )
    return PlanTree(desk.heading._replace(plan=last), found, former, retired)


def _last_with(desk: Desk, code: str) -> Plan | None:
    """Give the plan as it was when it last had a code."""
    known = plans.revisions(desk.db, desk.plan.id, desk.when.known_at)
    states = (plans.load_revision(desk.db, r.plan, r.revision) for r in known)
    return next((plan for plan in states if code in codes(plan)), None)


def plan_log(desk: Desk) -> PlanLog:
    """Give the applied revisions, the newest first."""
    lines = [
        RevisionLine(r.revision, r.recorded_at, r.author, r.file, r.sha256, r.git_commit, r.dirty, r.reason)
        for r in plans.revisions(desk.db, desk.plan.id, desk.when.known_at)
    ]
    return PlanLog(desk.heading, tuple(lines))
