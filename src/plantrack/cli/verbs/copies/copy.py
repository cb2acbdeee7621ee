"""`plantrack db copy`."""

from typing import Annotated

from typer import Argument, Context

from plantrack.cli.feedback import saved
from plantrack.cli.progress_bar import progress_bar
from plantrack.cli.session import Session
from plantrack.errors import Failure
from plantrack.model.text import visible
from plantrack.services.verbs.copies import copy as service


def copy(
    ctx: Context,
    source: Annotated[str, Argument(metavar="FILE", help="arg.copy_source")],
    target: Annotated[str, Argument(metavar="COPY", help="arg.copy_target")],
) -> None:
    """Copy a database into another file, to work there."""
    session: Session = ctx.obj
    for given, name in ((source, "FILE"), (target, "COPY")):
        if not given:
            raise Failure("missing-argument", argument=name)
    with progress_bar(session, "advance.copy") as advance:
        view = service.copy(session.here, source, target, advance)
    files = {"source": visible(view.source), "target": visible(view.target)}
    session.tell(session.words.plural("reply.db-copied", view.commands, **files))
    with saved(session.command):
        if session.wants_json:
            from plantrack.render.formats.json import dumps, envelope
            from plantrack.render.views.copies.copy import data

            session.put(dumps(envelope(session.command, data(view))))
        else:
            session.put_labels([view.target])
