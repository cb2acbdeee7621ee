"""`plantrack org`."""

from typer import Context

from plantrack.cli.printing import show_view
from plantrack.render import org as render
from plantrack.services import org as service


def list_organisations(ctx: Context) -> None:
    """List organisations."""
    view = service.list_organisations(ctx.obj.desk())
    show_view(ctx.obj, view, render.document, render.data, render.book)
