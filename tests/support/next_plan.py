"""Short words for tests of what goes on from a plan to the next: the plan of a later year, work in both, the carry-over."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from plantrack.model.plan_json import plan_to_json
from plantrack.model.task import Task
from plantrack.model.views.plan import CarryOver
from plantrack.model.views.tasks import Shown
from plantrack.services.verbs.add import NewTask, add
from plantrack.services.verbs.list import list_tasks
from plantrack.services.verbs.plan.apply import Applied, apply
from plantrack.services.verbs.plan.carry_over import carry_over, what_would_be_carried
from plantrack.services.verbs.show import show
from plantrack.services.verbs.update import update
from plantrack.services.writing.command_rules import CommandResult
from plantrack.services.writing.status_updates import TypedUpdate
from tests.support.steps import PLAN, OpenContext

#: A plan as its file has it.
Content = dict[str, Any]
NEW = "kh-2025"
#: The day of the carry-over, a Friday: UBDT still exists.
DAY = "2025-01-10"


def next_plan(
    sit: OpenContext,
    workspace: Path,
    year: int,
    change: Callable[[Content], object] = lambda content: None,
    *,
    day: str = "2024-12-20",
) -> Applied:
    """Carry in the plan of a year: that of 2024 with another name, and whatever is changed."""
    context = sit(day, plan=PLAN)
    content: Content = {"format": 1, **json.loads(plan_to_json(context.plan))}
    content.update(id=f"kh-{year}", year=year, number=f"{year}/KH-VIDU", date=f"{year}-01-05")
    change(content)
    file = workspace / "plans" / f"kh-{year}.yaml"
    file.write_text(json.dumps(content, ensure_ascii=False), "utf-8")
    return apply(context.db, [file], workspace, context.author, lambda: context.now).applied[0]


def area(content: Content, code: str) -> Content:
    """Return an area of a plan."""
    return next(a for a in content["areas"] if a["code"] == code)


def activity(content: Content, code: str) -> Content:
    """Return an activity of a plan."""
    return next(a for a in area(content, code.partition(".")[0])["activities"] if a["code"] == code)


def drop(content: Content, code: str) -> None:
    """Take an area or an activity out of a plan."""
    if "." in code:
        area(content, code.partition(".")[0])["activities"].remove(activity(content, code))
    else:
        content["areas"].remove(area(content, code))


def opened(sit: OpenContext, day: str = "2024-07-01", title: str = "Việc", **given: Any) -> str:
    """Add a task to the plan of 2024 (in area 3, unless it is said)."""
    if "activity" not in given:
        given.setdefault("area", "3")
    return add(sit(day, plan=PLAN), NewTask(title, **given)).tasks[0].label


def said(sit: OpenContext, day: str, task: str, verb: str = "update", **report: Any) -> CommandResult:
    """Record a status update on a day."""
    return update(sit(day, about=(task,)), [task], TypedUpdate(**report), verb)


def carried(
    sit: OpenContext, day: str = DAY, on: str | None = None, said: Sequence[str] = ()
) -> CommandResult:
    """Carry over on a day."""
    return carry_over(sit(day, plan=NEW), PLAN, on, said)[1]


def looked(sit: OpenContext, day: str = DAY, on: str | None = None, said: Sequence[str] = ()) -> CarryOver:
    """Try it first."""
    return what_would_be_carried(sit(day, plan=NEW), PLAN, on, said)


def remarks(view: CarryOver) -> list[tuple[str, ...]]:
    """Return what is other than before, in codes."""
    return [(r.code, *r.params.values()) for each in view.tasks for r in each.remarks]


def shown(sit: OpenContext, task: str, **asked: str) -> Shown:
    """Show a task, of whatever plan."""
    return show(sit(about=(task,), **asked), [task]).shown[0]


def stood(sit: OpenContext, task: str, **asked: str) -> Task:
    """Return a task as it stands."""
    return shown(sit, task, **asked).task


def everything(sit: OpenContext, **asked: str) -> list[list[Task]]:
    """Return the tasks of both plans on days around the carry-over."""
    days = ("2024-07-01", "2024-08-05", "2025-01-09", DAY, "2025-02-01")
    plans = [(day, plan) for day in days for plan in (PLAN, NEW)]
    return [
        [*list_tasks(sit(as_of=day, plan=plan, **asked), [], everything=True).tasks] for day, plan in plans
    ]
