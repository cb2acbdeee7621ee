"""`plantrack person`."""

from typer import Context

from plantrack.cli.printing import show
from plantrack.render import person as render
from plantrack.services import person as service


def list_people(ctx: Context) -> None:
    """List people."""
    view = service.list_people(ctx.obj.desk())
    show(
        ctx.obj,
        view.heading,
        lambda w: render.document(view, w),
        lambda w: render.data(view, w),
        book=lambda w: render.book(view, w),
    )
