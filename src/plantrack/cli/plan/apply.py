"""`plantrack plan apply`."""

from typing import Annotated

from typer import Context, Option

from plantrack.cli.plan.files import Files, all_files
from plantrack.cli.replying import saved
from plantrack.cli.session import Session
from plantrack.errors import Failure
from plantrack.render.plan import check as render
from plantrack.services.plan import apply as service


def apply(
    ctx: Context,
    files: Files = None,
    reason: Annotated[str | None, Option("--reason", metavar="TEXT", help="opt.plan_reason")] = None,
) -> None:
    """Carry the plan into the database."""
    session: Session = ctx.obj
    if not session.author:
        raise Failure("no-author")
    workspace = session.workspace()
    chosen = [session.here / f for f in files] if files else all_files(workspace)
    done = service.apply(
        session.db(),
        [f.absolute() for f in chosen],
        workspace.root,
        session.author,
        session.clock,
        reason=reason,
    )
    session.options["plan"] = done.applied[0].plan  # what is said of it is in its language
    tell_applied(session, done)
    with saved(done.applied[0].plan):
        _answer(session, done)


def _answer(session: Session, done: service.Applying) -> None:
    """Print the labels of the tasks that followed, or in JSON what was done."""
    if session.wants_json:
        from plantrack.render.jsonout import dumps, envelope

        data = [{**plan._asdict(), "tasks": list(plan.tasks)} for plan in done.applied]
        problems = [render.problem_data(p, session.words) for p in done.warnings]
        session.put(dumps(envelope(session.command, data, heading=session.desk().heading, problems=problems)))
    else:
        session.put("".join(f"{label}\n" for plan in done.applied for label in plan.tasks))


def tell_applied(session: Session, done: service.Applying) -> None:
    """Tell what was carried in, and the warnings of the files."""
    session.desk()
    words = session.words
    for plan in done.applied:
        key = "reply.plan-applied" if plan.changed else "reply.plan-unchanged"
        session.tell(
            words(key, plan=plan.plan, revision=plan.revision, areas=plan.areas, activities=plan.activities)
        )
        if plan.tasks:
            session.tell(words.plural("reply.plan-tasks", len(plan.tasks), labels=", ".join(plan.tasks)))
    for problem in done.warnings:
        session.tell(render.problem_line(problem, words))
