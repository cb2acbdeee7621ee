"""`plantrack list`."""

from typing import Annotated

from typer import Context, Option

from plantrack.cli.output import output_view
from plantrack.cli.params import Terms, number
from plantrack.cli.summary_options import FailOn, conditions, fail_when, tell_taken
from plantrack.render.views import list as render
from plantrack.services.task_query import revisions
from plantrack.services.verbs import list as service

#: As many tasks as may be asked for at once.
_MOST = 1_000_000


def list_tasks(
    ctx: Context,
    filter: Terms = None,
    all: Annotated[bool, Option("--all", help="opt.all")] = False,
    with_notes: Annotated[bool, Option("--with-notes", help="opt.list_notes")] = False,
    limit: Annotated[str | None, Option("-n", "--limit", metavar="N", help="opt.limit")] = None,
    fail_on: FailOn = None,
) -> None:
    """List tasks."""
    wanted = conditions(fail_on)
    view = service.list_tasks(
        ctx.obj.context(),
        filter or (),
        everything=all,
        with_notes=with_notes,
        limit=None if limit is None else number("--limit", limit, 1, _MOST),
        counted=bool(wanted),
    )
    output_view(
        ctx.obj,
        view.heading,
        lambda w: render.document(view, w),
        lambda w: render.data(view, w),
        total=view.total,
        truncated=view.is_cut,
        book=lambda w: render.book(view, w),
        calendar=lambda w: render.calendar(view, w, revisions(ctx.obj.context(), view.tasks)),
    )
    tell_taken(ctx.obj, view.taken)
    if view.counts is not None:
        fail_when(ctx.obj, wanted, view.counts)
