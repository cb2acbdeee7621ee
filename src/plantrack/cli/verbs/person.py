"""`plantrack person`."""

from typer import Context

from plantrack.cli.output import show_view
from plantrack.render.views import person as render
from plantrack.services.verbs import person as service


def list_people(ctx: Context) -> None:
    """List people."""
    view = service.list_people(ctx.obj.context())
    show_view(ctx.obj, view, render.document, render.data, render.book)
