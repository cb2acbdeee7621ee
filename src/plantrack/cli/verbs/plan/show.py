"""`plantrack plan show`."""

from typing import Annotated

from typer import Argument, Context

from plantrack.cli.output import show_view
from plantrack.render.views.plan import show as render
from plantrack.services.verbs.plan.show import plan_tree


def show(
    ctx: Context, code: Annotated[str | None, Argument(metavar="[CODE]", help="arg.code")] = None
) -> None:
    """Show the plan."""
    view = plan_tree(ctx.obj.context(), code)
    show_view(ctx.obj, view, render.document, render.data)
