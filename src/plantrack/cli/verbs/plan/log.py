"""`plantrack plan log`."""

from typer import Context

from plantrack.cli.output import show_view
from plantrack.render.views.plan import log as render
from plantrack.services.verbs.plan.show import plan_log


def log(ctx: Context) -> None:
    """Show the applied revisions."""
    view = plan_log(ctx.obj.context())
    show_view(ctx.obj, view, render.document, render.data)
