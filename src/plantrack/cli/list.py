"""`plantrack list`."""

from typing import Annotated

from typer import Context, Option

from plantrack.cli.printing import show
from plantrack.cli.typed import Terms
from plantrack.render import list as render
from plantrack.services import list as service


def list_tasks(
    ctx: Context,
    filter: Terms = None,
    all: Annotated[bool, Option("--all", help="opt.all")] = False,
) -> None:
    """List tasks."""
    view = service.list_tasks(ctx.obj.desk(), filter or (), everything=all)
    show(ctx.obj, view.heading, lambda w: render.document(view, w), lambda w: render.data(view, w))
