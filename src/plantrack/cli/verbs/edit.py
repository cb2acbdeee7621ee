"""`plantrack edit`, `extend` and `remove`."""

from collections.abc import Sequence
from functools import partial
from typing import Annotated

from typer import Context, Option

from plantrack.cli.choice import chosen_tasks
from plantrack.cli.feedback import reply
from plantrack.cli.params import (
    ActivityCode,
    After,
    Area,
    Budget,
    BudgetSource,
    Deliverable,
    Document,
    DueDay,
    Editor,
    Every,
    OnDay,
    Priority,
    Reason,
    StartDay,
    TaskIds,
    Until,
    listed,
)
from plantrack.cli.session import Session
from plantrack.services.verbs import edit as service
from plantrack.services.writing.command_rules import CommandResult


def edit(
    ctx: Context,
    ids: TaskIds = None,
    title: Annotated[str | None, Option("--title", metavar="TEXT", help="opt.title")] = None,
    area: Area = None,
    activity: ActivityCode = None,
    due: DueDay = None,
    start: StartDay = None,
    priority: Priority = None,
    deliverable: Deliverable = None,
    document: Document = None,
    budget: Budget = None,
    budget_source: BudgetSource = None,
    opened: Annotated[str | None, Option("--opened", metavar="DATE", help="opt.opened")] = None,
    follow: Annotated[list[str] | None, Option("--follow", metavar="FIELD", help="opt.follow")] = None,
    every: Every = None,
    until: Until = None,
    after: After = None,
    editor: Editor = False,
) -> None:
    """Correct fields."""
    wanted = service.Corrections(
        title=title, area=area, activity=activity, due=due, start=start, priority=priority,
        deliverable=deliverable, document=document, budget=budget, budget_source=budget_source,
        opened=opened, follow=listed(follow), every=every, until=until, after=listed(after),
    )  # fmt: skip
    tasks = chosen_tasks(ctx.obj, ids)
    written = (_filled_in if editor else _write)(ctx.obj, tasks, wanted)
    if written is not None:
        reply(ctx.obj, "reply.edit", written)


def _write(session: Session, tasks: Sequence[str], wanted: service.Corrections) -> CommandResult:
    return service.edit(session.context(), tasks, wanted)


def _filled_in(session: Session, tasks: Sequence[str], wanted: service.Corrections) -> CommandResult | None:
    from plantrack.cli import fill_in

    return fill_in.filled_in_editor(
        session, tasks, wanted, fill_in.CORRECTION, partial(_write, session, tasks)
    )


def extend(
    ctx: Context,
    due: Annotated[str, Option("-d", "--due", metavar="DATE", help="opt.due")],
    reason: Reason,
    ids: TaskIds = None,
    on: OnDay = None,
) -> None:
    """Extend deadlines."""
    tasks = chosen_tasks(ctx.obj, ids)
    reply(ctx.obj, "reply.extend", service.extend(ctx.obj.context(), tasks, due, reason, on))


def remove(ctx: Context, reason: Reason, ids: TaskIds = None) -> None:
    """Remove mistaken tasks."""
    tasks = chosen_tasks(ctx.obj, ids, closing=True)
    reply(ctx.obj, "reply.remove", service.remove(ctx.obj.context(), tasks, reason))
