"""`plantrack update` and its short forms."""

from collections.abc import Sequence
from functools import partial
from typing import Annotated

from typer import Context, Option

from plantrack.cli.choice import chosen_tasks
from plantrack.cli.feedback import reply
from plantrack.cli.params import CatchUp, Editor, OnDay, Remark, TaskIds, ToldBy
from plantrack.cli.session import Session
from plantrack.cli.standard_input import can_ask
from plantrack.services.verbs import update as service
from plantrack.services.writing.command_rules import CommandResult
from plantrack.services.writing.status_updates import TypedUpdate, closes


def update(
    ctx: Context,
    reason: Annotated[str | None, Option("-m", "--reason", metavar="TEXT", help="opt.reason")],
    ids: TaskIds = None,
    status: Annotated[str | None, Option("-s", "--status", metavar="STATUS", help="opt.status")] = None,
    percent: Annotated[str | None, Option("-p", "--percent", metavar="N", help="opt.percent")] = None,
    allocated: Annotated[str | None, Option("--allocated", metavar="AMOUNT", help="opt.allocated")] = None,
    spent: Annotated[str | None, Option("--spent", metavar="AMOUNT", help="opt.spent")] = None,
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
    editor: Editor = False,
) -> None:
    """Record a status update; the command that was typed gives the status, and only some are told why."""
    typed = TypedUpdate(
        status=status, percent=percent, allocated=allocated, spent=spent, result=result, next=next_, blocked=blocked, unblocked=unblocked,
        proposal=proposal, answered=answered, told_by=told_by, note=note, evidence=evidence, reason=reason, on=on,
        catch_up=catch_up,
    )  # fmt: skip
    session: Session = ctx.obj
    tasks = chosen_tasks(session, ids, closing=closes(typed, session.command))
    is_filled_in = editor or (session.command == "update" and not any(typed._replace(on=None)))
    written = (_filled_in if is_filled_in else _write)(session, tasks, typed, editor=editor)
    if written is not None:
        reply(session, "reply.update", written)


def _write(session: Session, tasks: Sequence[str], typed: TypedUpdate, **_: bool) -> CommandResult:
    return service.update(session.context(), tasks, typed, session.command)


def _filled_in(
    session: Session, tasks: Sequence[str], typed: TypedUpdate, *, editor: bool
) -> CommandResult | None:
    """Let the fields be filled in by whoever is at the terminal; with nobody there, nothing was given to record."""
    from plantrack.cli import fill_in

    if editor:
        return fill_in.filled_in_editor(
            session, tasks, typed, fill_in.UPDATE, partial(_write, session, tasks)
        )
    if len(tasks) == 1 and can_ask():
        return fill_in.filled_by_asking(session, tasks[0], typed, partial(_write, session, tasks))
    return _write(session, tasks, typed)


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
    typed = TypedUpdate(reason=why, told_by=told_by, on=on, catch_up=catch_up)
    tasks = chosen_tasks(ctx.obj, ids, closing=True)
    reply(ctx.obj, "reply.update", service.update(ctx.obj.context(), tasks, typed, "skip"))
