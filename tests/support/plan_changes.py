"""Short words for tests of a changed plan: compare it with what was applied, carry it in, look at one task."""

from pathlib import Path
from typing import Any

from plantrack.model.plan import Plan
from plantrack.model.views.plan import PlanDiff
from plantrack.services.verbs.plan.apply import apply
from plantrack.services.verbs.plan.diff import diff
from tests.support.plan_files import written
from tests.support.steps import OpenContext

#: When plans are compared, unless it is said.
DAY = "2024-06-10"


def compare(sit: OpenContext, workspace: Path, plan: Plan, day: str = DAY) -> PlanDiff:
    """Compare a plan with what was applied."""
    return diff(sit(day).db, [written(workspace, plan)], workspace)[0]


def carry(sit: OpenContext, workspace: Path, plan: Plan, day: str = DAY, **how: Any) -> PlanDiff:
    """Carry a plan in, and give what was done."""
    context = sit(day)
    return (
        apply(context.db, [written(workspace, plan)], workspace, "Người thử", lambda: context.now, **how)
        .applied[0]
        .diff
    )


def effects_of(view: PlanDiff, task: str) -> dict[str, tuple[object, object]]:
    """Return what changes in a task: old and new, by path."""
    (effect,) = [e for e in view.tasks if e.task.label == task]
    return {c.name: (c.old, c.new) for c in effect.changes}
