"""`plantrack log`."""

from typing import Annotated

from typer import Argument, Context

from plantrack.cli.output import show_view
from plantrack.render.views import log as render
from plantrack.services.verbs import log as service


def log(
    ctx: Context, task: Annotated[str | None, Argument(metavar="[ID]", help="arg.log_id")] = None
) -> None:
    """Show the history."""
    view = service.log(ctx.obj.context([task] if task else ()), task)
    show_view(ctx.obj, view, render.document, render.data, render.book)
