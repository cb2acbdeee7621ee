"""`plantrack plan new`."""

import shlex
from pathlib import Path
from typing import Annotated

from typer import Argument, Context, Option

from plantrack.cli.feedback import saved
from plantrack.cli.invocation import program_call
from plantrack.cli.session import Session
from plantrack.errors import Failure
from plantrack.model.views.plan import NewPlan
from plantrack.render.views.plan.new import remark
from plantrack.services.verbs.plan import new as service
from plantrack.services.workspace import Workspace


def new(
    ctx: Context,
    file: Annotated[str, Argument(metavar="FILE", help="arg.new_file")],
    source: Annotated[str, Option("--from", metavar="ID|FILE", help="opt.new_from")],
    year: Annotated[str, Option("--year", metavar="YEAR", help="opt.new_year")],
    plan_id: Annotated[str | None, Option("--id", metavar="ID", help="opt.new_id")] = None,
) -> None:
    """Write the draft of a plan."""
    session: Session = ctx.obj
    path = session.here / file
    workspace = _workspace(session, source)
    has_rows = workspace is not None and (session.database_named or workspace.file.exists())
    db = session.db() if has_rows else None
    wanted = service.NewPlanRequest(path, source, year, plan_id)
    made = service.new(wanted, session.here, workspace, db, remark)
    session.language = made.language
    _tell(session, made, file)
    with saved(made.plan):
        session.put_labels([str(path)])


def _workspace(session: Session, source: str) -> Workspace | None:
    """Find the workspace; an annex can be the beginning of one."""
    try:
        return session.workspace()
    except Failure as failure:
        if failure.code != "no-workspace" or not service.is_annex(source):
            raise
        return None


def _tell(session: Session, made: NewPlan, file: str) -> None:
    words = session.words
    counts = {"areas": made.areas, "activities": made.activities}
    session.say("reply.plan-new", file=file, plan=made.plan, year=made.year, **counts)
    if made.replaced:
        pairs = ", ".join(f"{old} → {now}" for old, now in made.replaced)
        session.say("reply.plan-new-replaced", pairs=pairs)
    if made.to_fill:
        session.tell(words.plural("reply.plan-new-fill", made.to_fill))
    if made.to_check:
        session.tell(words.plural("reply.plan-new-check", made.to_check))
    named = shlex.quote(str(Path(file)))
    again = program_call(session.options.get("directory"), session.options.get("db"))
    key = "reply.plan-new-next-at-site" if session.site else "reply.plan-new-next"
    session.say(key, program=again, file=named)
