"""`plantrack plan log`."""

from typer import Context

from plantrack.cli.printing import show
from plantrack.render.plan import log as render
from plantrack.services.plan.show import plan_log


def log(ctx: Context) -> None:
    """Show the applied revisions."""
    view = plan_log(ctx.obj.desk())
    show(ctx.obj, view.heading, lambda w: render.document(view, w), lambda w: render.data(view, w))
