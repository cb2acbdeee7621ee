"""`plantrack show`."""

from functools import partial
from typing import Annotated

from typer import Context, Option

from plantrack.cli.output import show_view
from plantrack.cli.params import Ids
from plantrack.render.views import show as render
from plantrack.services.verbs import show as service


def show(
    ctx: Context,
    ids: Ids,
    history: Annotated[bool, Option("--history", help="opt.history")] = False,
) -> None:
    """Show tasks with what was said of them."""
    view = service.show(ctx.obj.context(ids), ids, history=history)
    document = partial(render.document, in_short=ctx.obj.on_screen and not history)
    show_view(ctx.obj, view, document, render.data)
