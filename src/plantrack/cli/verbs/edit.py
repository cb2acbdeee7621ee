"""`plantrack edit`, `extend` and `remove`."""

from typing import Annotated

from typer import Context, Option

from plantrack.cli.feedback import reply
from plantrack.cli.params import (
    ActivityCode,
    After,
    Area,
    Deliverable,
    DueDay,
    Every,
    Ids,
    OnDay,
    Priority,
    Reason,
    StartDay,
    Until,
    listed,
)
from plantrack.services.verbs import edit as service


def edit(
    ctx: Context,
    ids: Ids,
    title: Annotated[str | None, Option("--title", metavar="TEXT", help="opt.title")] = None,
    area: Area = None,
    activity: ActivityCode = None,
    due: DueDay = None,
    start: StartDay = None,
    priority: Priority = None,
    deliverable: Deliverable = None,
    opened: Annotated[str | None, Option("--opened", metavar="DATE", help="opt.opened")] = None,
    follow: Annotated[list[str] | None, Option("--follow", metavar="FIELD", help="opt.follow")] = None,
    every: Every = None,
    until: Until = None,
    after: After = None,
) -> None:
    """Correct fields."""
    wanted = service.Corrections(
        title,
        area,
        activity,
        due,
        start,
        priority,
        deliverable,
        opened,
        listed(follow),
        every,
        until,
        listed(after),
    )
    reply(ctx.obj, "reply.edit", service.edit(ctx.obj.context(ids), ids, wanted))


def extend(
    ctx: Context,
    ids: Ids,
    due: Annotated[str, Option("-d", "--due", metavar="DATE", help="opt.due")],
    reason: Reason,
    on: OnDay = None,
) -> None:
    """Extend deadlines."""
    reply(ctx.obj, "reply.extend", service.extend(ctx.obj.context(ids), ids, due, reason, on))


def remove(ctx: Context, ids: Ids, reason: Reason) -> None:
    """Remove mistaken tasks."""
    reply(ctx.obj, "reply.remove", service.remove(ctx.obj.context(ids), ids, reason))
