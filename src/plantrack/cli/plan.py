"""`plantrack plan`."""

from pathlib import Path
from typing import Annotated

from typer import Argument, Context, Option

from plantrack.cli.printing import show as print_view
from plantrack.cli.replying import saved
from plantrack.cli.session import Session
from plantrack.errors import Exit, Failure
from plantrack.render import plan as render
from plantrack.services import plan as service
from plantrack.services.workspace import Workspace, find_workspace

Files = Annotated[list[str] | None, Argument(metavar="[FILE...]", help="arg.files")]


def check(ctx: Context, files: Files = None) -> None:
    """Give all problems of plan files."""
    session: Session = ctx.obj
    chosen, root = _files(session, files)
    view = service.check(chosen, root)
    print_view(
        session, None, lambda w: render.checked_document(view, w), lambda w: render.checked_data(view, w)
    )
    if any(p.severity == "error" for p in view.problems):
        session.exit_code = Exit.FILE


def _files(session: Session, named: list[str] | None) -> tuple[list[Path], Path | None]:
    """Give the named files, or those of the workspace."""
    if named:
        try:
            root = find_workspace(session.here).root
        except Failure:
            root = None
        files = [(session.here / f).absolute() for f in named]
        return files, root if root and all(f.is_relative_to(root) for f in files) else None
    workspace = find_workspace(session.here)
    return _all(workspace), workspace.root


def _all(workspace: Workspace) -> list[Path]:
    found = workspace.plan_files()
    if not found:
        raise Failure("no-plan-file", folder=str(workspace.root / "plans"))
    return found


def show(
    ctx: Context, code: Annotated[str | None, Argument(metavar="[CODE]", help="arg.code")] = None
) -> None:
    """Show the plan."""
    view = service.plan_tree(ctx.obj.desk(), code)
    print_view(ctx.obj, view.heading, lambda w: render.document(view, w), lambda w: render.data(view, w))


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
    chosen = [session.here / f for f in files] if files else _all(workspace)
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


def log(ctx: Context) -> None:
    """Show the applied revisions."""
    view = service.plan_log(ctx.obj.desk())
    print_view(
        ctx.obj, view.heading, lambda w: render.log_document(view, w), lambda w: render.log_data(view, w)
    )


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
