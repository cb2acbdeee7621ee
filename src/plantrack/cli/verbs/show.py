"""`plantrack show`."""

from typer import Context

from plantrack.cli.output import show_view
from plantrack.cli.params import Ids
from plantrack.render.views import show as render
from plantrack.services.verbs import show as service


def show(ctx: Context, ids: Ids) -> None:
    """Show tasks with their history."""
    view = service.show(ctx.obj.context(ids), ids)
    show_view(ctx.obj, view, render.document, render.data)
