"""Short words for tests of drafts: write one in a workspace, read it back."""

from contextlib import closing
from pathlib import Path

from plantrack.model.plan import Plan
from plantrack.model.problem import Problem
from plantrack.model.views.plan import NewPlan
from plantrack.render.views.plan.new import remark
from plantrack.services.verbs.plan import new as service
from plantrack.services.verbs.plan.new import NewPlanRequest
from plantrack.services.workspace import Workspace
from plantrack.store.sqlite.connection import connect
from tests.support.check import check_file
from tests.support.steps import PLAN

NEW = "plans/kh-2025.yaml"


def made(
    workspace: Path,
    file: str = NEW,
    source: str = PLAN,
    year: str = "2025",
    plan: str | None = None,
    *,
    rows: bool = True,
) -> NewPlan:
    """Write a draft in a workspace, with or without its database."""
    here = Workspace(workspace, workspace / "plantrack.db")
    wanted = NewPlanRequest(workspace / file, source, year, plan)
    if not rows:
        return service.new(wanted, workspace, here, None, remark)
    with closing(connect(here.file)) as db:
        return service.new(wanted, workspace, here, db, remark)


def read(path: Path, root: Path | None = None) -> tuple[Plan, list[Problem]]:
    plan, problems = check_file(path, root)
    assert plan is not None, problems
    return plan, problems
