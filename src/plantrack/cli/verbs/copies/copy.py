"""`plantrack db copy`."""

import shlex
from typing import Annotated

from typer import Argument, Context, Option

from plantrack.cli.feedback import saved
from plantrack.cli.invocation import program_call
from plantrack.cli.keeper_lines import keeper_lines
from plantrack.cli.progress_bar import progress_bar
from plantrack.cli.session import Session
from plantrack.errors import Failure
from plantrack.model.text import visible
from plantrack.model.views.workspace import DbCopy
from plantrack.services.verbs.copies import copy as service
from plantrack.services.verbs.copies.copy_target import Copier
from plantrack.system import login_name


def copy(
    ctx: Context,
    source: Annotated[str, Argument(metavar="FILE", help="arg.copy_source")],
    target: Annotated[str, Argument(metavar="COPY", help="arg.copy_target")],
    keep_source: Annotated[bool, Option("--keep-source", help="opt.keep_source")] = False,
) -> None:
    """Copy a database to another place: a file, or a server."""
    session: Session = ctx.obj
    for given, name in ((source, "FILE"), (target, "COPY")):
        if not given:
            raise Failure("missing-argument", argument=name)
    copier = Copier(session.author_of(login_name()), session.clock(), keep_source)
    with keeper_lines(session), progress_bar(session, "advance.copy") as advance:
        view = service.copy(session.here, source, target, copier, advance)
    session.tell(_told(session, view))
    if view.site_of_both:
        names = {"source": shlex.quote(source), "target": shlex.quote(target)}
        session.say("reply.db-copied-site", site=view.site_of_both, **names)
    with saved(session.command):
        if session.wants_json:
            from plantrack.render.formats.json import dumps, envelope
            from plantrack.render.views.copies.copy import data

            session.put(dumps(envelope(session.command, data(view))))
        else:
            session.put_labels([view.target])


def _told(session: Session, view: DbCopy) -> str:
    source, target = visible(view.source), visible(view.target)
    program = program_call(database=view.target)
    if view.to_read:
        return session.words.plural("reply.db-copied-to-read", view.commands, source=source, target=target)
    return session.words.plural(
        "reply.db-moved" if view.moved else "reply.db-copied",
        view.commands,
        source=source,
        target=target,
        program=program,
    )
