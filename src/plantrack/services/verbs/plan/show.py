"""Show the plan as it was applied, and its revisions."""

from plantrack.errors import Failure
from plantrack.model.plan_diff import codes
from plantrack.model.views.plan import PlanLog, PlanTree, RevisionLine
from plantrack.services.context import Context
from plantrack.store import plans


def plan_tree(context: Context, code: str | None = None) -> PlanTree:
    """Return the plan, or one area or activity of it; one that left the plan as it was last."""
    former = tuple(context.former_areas.items())
    if code is None:
        return PlanTree(context.heading, None, former)
    names = context.names
    found = names.activity_code(code) if "." in code else names.area_code(code)
    if found in names.areas or found in names.activities:
        return PlanTree(context.heading, found, former)
    retired = next((r for r in context.plan.retired if r.code == found), None)
    known = plans.revisions(context.db, context.plan.id, context.when.known_at)
    states = (plans.load_revision(context.db, r.plan, r.revision) for r in known)
    last = next((plan for plan in states if found in codes(plan)), None)
    if last is None:  # never applied: not even its title is known
        raise Failure(
            "unknown-activity" if "." in code else "unknown-area", area=code, activity=code, near=()
        )
    return PlanTree(context.heading._replace(plan=last), found, former, retired)


def plan_log(context: Context) -> PlanLog:
    """Return the applied revisions, the newest first."""
    lines = [
        RevisionLine(r.revision, r.recorded_at, r.author, r.file, r.sha256, r.git_commit, r.dirty, r.reason)
        for r in plans.revisions(context.db, context.plan.id, context.when.known_at)
    ]
    return PlanLog(context.heading, tuple(lines))
