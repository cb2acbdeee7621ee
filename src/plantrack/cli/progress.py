"""`plantrack progress`."""

from typing import Annotated

from typer import Context, Option

from plantrack.cli.printing import show
from plantrack.cli.typed import Terms
from plantrack.errors import Failure
from plantrack.model.text import nearest
from plantrack.render import progress as render
from plantrack.services import progress as service


def progress(
    ctx: Context,
    filter: Terms = None,
    by: Annotated[str, Option("--by", metavar="|".join(service.BY), help="opt.by")] = "area",
    explain: Annotated[bool, Option("--explain", help="opt.explain")] = False,
) -> None:
    """Show progress."""
    if by not in service.BY:
        raise Failure("unknown-grouping", by=by, near=nearest(by, service.BY) or tuple(service.BY))
    view = service.progress(ctx.obj.desk(), filter or (), by)
    show(
        ctx.obj,
        view.heading,
        lambda w: render.document(view, w, explain=explain),
        lambda w: render.data(view, w, explain=explain),
    )
