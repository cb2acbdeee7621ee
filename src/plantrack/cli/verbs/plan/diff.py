"""`plantrack plan diff`."""

from collections.abc import Sequence
from typing import Annotated

from typer import Context, Option

from plantrack.cli.output import output_view
from plantrack.cli.session import Session
from plantrack.cli.verbs.plan.chosen_files import Files, chosen_files, of_plan
from plantrack.errors import Exit
from plantrack.model.views.plan import PlanDiff
from plantrack.render.views.plan import diff as render
from plantrack.render.views.plan.check import problem_data
from plantrack.services.verbs.plan import diff as service


def diff(
    ctx: Context,
    files: Files = None,
    against: Annotated[str | None, Option("--against", metavar="REV", help="opt.against")] = None,
    exit_code: Annotated[bool, Option("--exit-code", help="opt.exit_code")] = False,
) -> None:
    """Compare plan files with what was applied, or with another revision."""
    session: Session = ctx.obj
    chosen, root = chosen_files(session, files)
    chosen = of_plan(session, chosen)
    if against is None or _is_number(session, against):
        session.db().snapshot()
        revision = int(against) if against is not None else None
        views = service.diff(session.db(), chosen, root, revision)
    else:
        views = service.diff_in_git(chosen, root, against)
    show_diffs(session, views)
    _say_next(session, views, applied=against is None)
    if exit_code and any(view.differs for view in views):
        session.exit_code = Exit.FOUND


def _is_number(session: Session, against: str) -> bool:
    """Return whether an applied revision is meant: a short number, and there is a database."""
    return against.isascii() and against.isdigit() and len(against) < 7 and session.has_database


def show_diffs(session: Session, views: Sequence[PlanDiff]) -> None:
    """Print differences, in the plan's language unless another one was asked for."""
    session.language = views[0].plan.reporting.language
    output_view(
        session,
        None,
        lambda w: render.documents(views, w),
        lambda w: render.data(views, w),
        plan=views[0].plan.id if len(views) == 1 else None,
        problems=lambda w: [problem_data(p, w) for view in views for p in view.warnings],
    )


def _say_next(session: Session, views: Sequence[PlanDiff], *, applied: bool) -> None:
    """Say what to do next."""
    if ways := [way for view in views for way in service.ways(view)]:
        session.say("reply.diff-way-out", commands="; ".join(map(session.words.command, ways)))
    elif applied and any(view.differs or not view.same_document for view in views):
        session.say("reply.diff-next-at-site" if session.site else "reply.diff-next")
        if any(c.name in ("due", "time") for view in views for e in view.tasks for c in e.changes):
            session.say("reply.diff-due")
