"""`plantrack progress`."""

from collections.abc import Sequence
from typing import Annotated

from typer import Context, Option

from plantrack.cli.output import output_view
from plantrack.cli.params import RollUp, Terms, grouping
from plantrack.cli.summary_options import tell_taken
from plantrack.errors import Failure
from plantrack.model.typed.vietnamese_names import GROUPINGS
from plantrack.render.views import progress as render
from plantrack.services.verbs import progress as service


def progress(
    ctx: Context,
    filter: Terms = None,
    by: Annotated[str | None, Option("--by", metavar="|".join(GROUPINGS), help="opt.by")] = None,
    roll_up: RollUp = False,
    explain: Annotated[bool, Option("--explain", help="opt.explain")] = False,
    programme: Annotated[bool, Option("--programme", help="opt.programme")] = False,
) -> None:
    """Show progress."""
    if programme:
        if other := "--by" if by is not None else "--roll-up" if roll_up else "":
            raise Failure("options-exclude", option="--programme", other=other)
        _show_programme(ctx, filter or (), explain=explain)
        return
    way = grouping(by or "area", GROUPINGS)
    view = service.progress(ctx.obj.context(), filter or (), way, roll_up=roll_up, explain=explain)
    output_view(
        ctx.obj,
        view.heading,
        lambda w: render.document(view, w, explain=explain),
        lambda w: render.data(view, w, explain=explain),
        book=lambda w: render.book(view, w),
    )
    tell_taken(ctx.obj, view.taken)


def _show_programme(ctx: Context, filter: Sequence[str], *, explain: bool) -> None:
    """Show the years of a programme, which are the rows: by something else they are of one plan."""
    from plantrack.render.views import programme as render_programme
    from plantrack.services.verbs.programme import programme

    view = programme(ctx.obj.context(), filter)
    output_view(
        ctx.obj,
        view.progress.heading,
        lambda w: render_programme.document(view, w, explain=explain),
        lambda w: render_programme.data(view, w, explain=explain),
        book=lambda w: render_programme.book(view, w),
    )
    tell_taken(ctx.obj, view.progress.taken)
