"""`plantrack db`."""

from typer import Context

from plantrack.cli.printing import show
from plantrack.render import db as render
from plantrack.services import db as service


def status(ctx: Context) -> None:
    """Say what the database is and what is in it."""
    view = service.status(ctx.obj.db())
    show(ctx.obj, None, lambda w: render.document(view, w), lambda w: render.data(view, w))
