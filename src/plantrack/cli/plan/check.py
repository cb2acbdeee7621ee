"""`plantrack plan check`."""

from typer import Context

from plantrack.cli.plan.files import Files, chosen_files
from plantrack.cli.printing import show
from plantrack.cli.session import Session
from plantrack.errors import Exit
from plantrack.render.plan import check as render
from plantrack.services.plan import check as service


def check(ctx: Context, files: Files = None) -> None:
    """Give all problems of plan files."""
    session: Session = ctx.obj
    chosen, root = chosen_files(session, files)
    view = service.check(chosen, root)
    show(session, None, lambda w: render.document(view, w), lambda w: render.data(view, w))
    if any(p.severity == "error" for p in view.problems):
        session.exit_code = Exit.FILE
