"""`plantrack update` and its short forms."""

from typing import Annotated

from typer import Context, Option

from plantrack.cli.choice import chosen_tasks
from plantrack.cli.feedback import reply
from plantrack.cli.params import CatchUp, OnDay, Remark, TaskIds, ToldBy
from plantrack.services.verbs import update as service


def update(
    ctx: Context,
    reason: Annotated[str | None, Option("-m", "--reason", metavar="TEXT", help="opt.reason")],
    ids: TaskIds = None,
    status: Annotated[str | None, Option("-s", "--status", metavar="STATUS", help="opt.status")] = None,
    percent: Annotated[str | None, Option("-p", "--percent", metavar="N", help="opt.percent")] = None,
    result: Annotated[str | None, Option("-r", "--result", metavar="TEXT", help="opt.result")] = None,
    next_: Annotated[str | None, Option("-n", "--next", metavar="TEXT", help="opt.next")] = None,
    blocked: Annotated[str | None, Option("-b", "--blocked", metavar="TEXT", help="opt.blocked")] = None,
    unblocked: Annotated[bool, Option("--unblocked", help="opt.unblocked")] = False,
    proposal: Annotated[str | None, Option("--proposal", metavar="TEXT", help="opt.proposal")] = None,
    answered: Annotated[str | None, Option("--answered", metavar="TEXT", help="opt.answered")] = None,
    told_by: ToldBy = None,
    note: Remark = None,
    evidence: Annotated[str | None, Option("--evidence", metavar="REF", help="opt.evidence")] = None,
    on: Annotated[str | None, Option("-o", "--on", metavar="DATE", help="opt.on")] = None,
    catch_up: CatchUp = False,
) -> None:
    """Record a status update; the command that was typed gives the status, and only some are told why."""
    typed = service.TypedUpdate(
        status=status, percent=percent, result=result, next=next_, blocked=blocked, unblocked=unblocked,
        proposal=proposal, answered=answered, told_by=told_by, note=note, evidence=evidence, reason=reason, on=on,
        catch_up=catch_up,
    )  # fmt: skip
    tasks = chosen_tasks(ctx.obj, ids, closing=service.closes(typed, ctx.obj.command))
    reply(ctx.obj, "reply.update", service.update(ctx.obj.context(), tasks, typed, ctx.obj.command))


def skip(
    ctx: Context,
    ids: TaskIds = None,
    reason: Annotated[str | None, Option("-m", "--reason", metavar="TEXT", help="opt.skip_reason")] = None,
    told_by: ToldBy = None,
    on: OnDay = None,
    catch_up: CatchUp = False,
) -> None:
    """Leave an occurrence of recurring work out; the history says so, whether or not anybody said why."""
    why = ctx.obj.words("reply.skipped") if reason is None else reason
    typed = service.TypedUpdate(reason=why, told_by=told_by, on=on, catch_up=catch_up)
    tasks = chosen_tasks(ctx.obj, ids, closing=True)
    reply(ctx.obj, "reply.update", service.update(ctx.obj.context(), tasks, typed, "skip"))
