"""`plantrack person`."""

from typer import Context

from plantrack.cli.printing import show_view
from plantrack.render import person as render
from plantrack.services import person as service


def list_people(ctx: Context) -> None:
    """List people."""
    view = service.list_people(ctx.obj.desk())
    show_view(ctx.obj, view, render.document, render.data, render.book)
