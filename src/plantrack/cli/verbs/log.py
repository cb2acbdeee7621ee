"""`plantrack log`."""

from functools import partial
from typing import Annotated

from typer import Argument, Context, Option

from plantrack.cli import params
from plantrack.cli.output import output_view
from plantrack.cli.session import Session
from plantrack.model.choosing.listed_values import tasks_of_log
from plantrack.render.views import log as render
from plantrack.services.verbs import log as service

#: As many commands as a screen is filled with, unless others are asked for.
_ON_SCREEN = 20


def log(
    ctx: Context,
    terms: Annotated[list[str] | None, Argument(metavar="[ID|FILTER...]", help="arg.log_terms")] = None,
    limit: Annotated[str | None, Option("-n", "--limit", metavar="N|all", help="opt.log_limit")] = None,
) -> None:
    """Show the history."""
    session, asked = ctx.obj, terms or []
    newest = _newest(session, limit)
    view = service.log(session.context(tasks_of_log(asked)), asked, newest=newest)
    output_view(
        session,
        view.heading,
        partial(render.document, view),
        partial(render.data, view),
        book=partial(render.book, view),
        truncated=True if view.cut_to else None,
        newest_last=True,
    )


def _newest(session: Session, limit: str | None) -> int | None:
    """Return of how many commands the history is; all of them but on a screen, unless it is asked for."""
    if limit is None:
        return _ON_SCREEN if session.on_screen else None
    return params.limit(limit)
