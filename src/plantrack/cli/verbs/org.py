"""`plantrack org`."""

from typer import Context

from plantrack.cli.output import show_view
from plantrack.render.views import org as render
from plantrack.services.verbs import org as service


def list_organisations(ctx: Context) -> None:
    """List organisations."""
    view = service.list_organisations(ctx.obj.context())
    show_view(ctx.obj, view, render.document, render.data, render.book)
