"""`plantrack log`."""

from typing import Annotated

from typer import Argument, Context

from plantrack.cli.printing import show
from plantrack.render import log as render
from plantrack.services import log as service


def log(
    ctx: Context, task: Annotated[str | None, Argument(metavar="[ID]", help="arg.log_id")] = None
) -> None:
    """Show the history."""
    view = service.log(ctx.obj.desk([task] if task else ()), task)
    show(
        ctx.obj,
        view.heading,
        lambda w: render.document(view, w),
        lambda w: render.data(view, w),
        book=lambda w: render.book(view, w),
    )
