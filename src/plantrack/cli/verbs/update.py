"""`plantrack update` and its short forms."""

from typing import Annotated, Any

from typer import Context, Option

from plantrack.cli.feedback import reply
from plantrack.cli.params import Ids, Reason, Remark, ToldBy
from plantrack.services.verbs import update as service

StatusWord = Annotated[str | None, Option("-s", "--status", metavar="STATUS", help="opt.status")]
Percent = Annotated[str | None, Option("-p", "--percent", metavar="N", help="opt.percent")]
Result = Annotated[str | None, Option("-r", "--result", metavar="TEXT", help="opt.result")]
NextStep = Annotated[str | None, Option("-n", "--next", metavar="TEXT", help="opt.next")]
Blocked = Annotated[str | None, Option("-b", "--blocked", metavar="TEXT", help="opt.blocked")]
Unblocked = Annotated[bool, Option("--unblocked", help="opt.unblocked")]
Proposal = Annotated[str | None, Option("--proposal", metavar="TEXT", help="opt.proposal")]
Answered = Annotated[str | None, Option("--answered", metavar="TEXT", help="opt.answered")]
Evidence = Annotated[str | None, Option("--evidence", metavar="REF", help="opt.evidence")]
Day = Annotated[str | None, Option("-o", "--on", metavar="DATE", help="opt.on")]


def update(
    ctx: Context,
    ids: Ids,
    status: StatusWord = None,
    percent: Percent = None,
    result: Result = None,
    next_: NextStep = None,
    blocked: Blocked = None,
    unblocked: Unblocked = False,
    proposal: Proposal = None,
    answered: Answered = None,
    told_by: ToldBy = None,
    note: Remark = None,
    evidence: Evidence = None,
    on: Day = None,
) -> None:
    """Record a status update; a short form gives the status."""
    _record(ctx, ids, locals())


start = submit = done = pause = resume = update


def reopen(
    ctx: Context,
    ids: Ids,
    reason: Reason,
    status: StatusWord = None,
    percent: Percent = None,
    result: Result = None,
    next_: NextStep = None,
    blocked: Blocked = None,
    unblocked: Unblocked = False,
    proposal: Proposal = None,
    answered: Answered = None,
    told_by: ToldBy = None,
    note: Remark = None,
    evidence: Evidence = None,
    on: Day = None,
) -> None:
    """Record a status update that must say why."""
    _record(ctx, ids, locals())


drop = reopen


def _record(ctx: Context, ids: list[str], given: dict[str, Any]) -> None:
    """Record what was given; the verb is the command that was typed."""
    report = service.TypedUpdate._make(
        given.get("next_" if f == "next" else f) for f in service.TypedUpdate._fields
    )
    reply(ctx.obj, "reply.update", service.update(ctx.obj.context(ids), ids, report, ctx.obj.command))
