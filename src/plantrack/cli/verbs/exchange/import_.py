"""`plantrack import`."""

from typing import Annotated

from typer import Argument, Context

from plantrack.cli.progress_bar import progress_bar
from plantrack.cli.session import Session
from plantrack.services.verbs.exchange import import_ as service
from plantrack.services.workspace import place_for_workspace


def import_file(ctx: Context, file: Annotated[str, Argument(metavar="FILE", help="arg.import_file")]) -> None:
    """Take in what a file has."""
    session: Session = ctx.obj
    workspace = place_for_workspace(session.here, session.database_named)
    with progress_bar(session, "advance.restore") as advance:
        done = service.import_file(session.here / file, workspace, advance)
    numbers = {name: session.words.number(getattr(done, name)) for name in ("commands", "tasks", "updates")}
    session.say("reply.restored", database=str(done.database), **numbers)
    if not workspace.plan_files():
        session.say("reply.restored-plans", folder=str(workspace.root / "plans"))
    if session.wants_json:
        from plantrack.render.formats.json import dumps, envelope
        from plantrack.render.views.exchange.import_ import data

        session.put(dumps(envelope(session.command, data(done))))
