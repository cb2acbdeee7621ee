"""`plantrack org`."""

from typer import Context

from plantrack.cli.printing import show
from plantrack.render import org as render
from plantrack.services import org as service


def list_organisations(ctx: Context) -> None:
    """List organisations."""
    view = service.list_organisations(ctx.obj.desk())
    show(
        ctx.obj,
        view.heading,
        lambda w: render.document(view, w),
        lambda w: render.data(view, w),
        book=lambda w: render.book(view, w),
    )
