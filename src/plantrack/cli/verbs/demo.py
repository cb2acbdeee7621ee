"""`plantrack demo`."""

from pathlib import Path
from typing import Annotated

from typer import Argument, Context

from plantrack.cli.invocation import program_call
from plantrack.cli.output import show_view
from plantrack.cli.session import Session
from plantrack.render.layout.documents import without_commands
from plantrack.render.views import progress as render_progress
from plantrack.render.views import weekly as render_weekly
from plantrack.services.verbs import demo as service
from plantrack.services.verbs.progress import progress
from plantrack.services.verbs.weekly import weekly


def demo(
    ctx: Context, folder: Annotated[str | None, Argument(metavar="[DIR]", help="arg.demo_folder")] = None
) -> None:
    """Make a worked example, and report on it."""
    session: Session = ctx.obj
    made = service.free_folder(session.here, folder)
    service.build(made.absolute())
    session.say("reply.demo-made", folder=str(made))
    _tour(session, made)
    session.say("reply.demo-next", program=program_call(str(made)), day=service.AS_OF, week=service.WEEK)


def _tour(session: Session, made: Path) -> None:
    """Print the progress of a day and the summary of a week, as the commands would there."""
    session.move_to(made)
    session.options["as_of"] = service.AS_OF
    table = progress(session.context())
    show_view(
        session, table, lambda v, w: without_commands(render_progress.document(v, w)), render_progress.data
    )
    session.put("\n")
    week = weekly(session.context(), week=service.WEEK)
    show_view(session, week, render_weekly.document, render_weekly.data)
