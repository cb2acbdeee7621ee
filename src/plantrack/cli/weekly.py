"""`plantrack weekly`."""

from typing import Annotated

from typer import Context, Option

from plantrack.cli.printing import deliver, show
from plantrack.cli.session import Session
from plantrack.cli.typed import Terms
from plantrack.errors import Failure
from plantrack.render import weekly as render
from plantrack.services import weekly as service


def weekly(
    ctx: Context,
    filter: Terms = None,
    week: Annotated[str, Option("--week", metavar="WEEK", help="opt.week")] = "last",
    brief: Annotated[bool, Option("--brief", help="opt.brief")] = False,
    with_notes: Annotated[bool, Option("--with-notes", help="opt.with_notes")] = False,
) -> None:
    """Sum up a week."""
    session: Session = ctx.obj
    root = session.workspace().root
    view = service.weekly(session.desk(), filter or (), week, with_notes=with_notes, root=root)
    if brief:
        if session.wants_json:
            raise Failure("options-exclude", option="--brief", other="--format json")
        deliver(session, render.brief(view, session.words), period=view.period)
        return
    show(
        session,
        view.heading,
        lambda w: render.document(view, w),
        lambda w: render.data(view, w),
        period=view.period,
    )
