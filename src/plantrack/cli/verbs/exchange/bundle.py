"""`plantrack bundle …`: what offices without a line carry to one another."""

from typing import Annotated

from typer import Argument, Context, Option

from plantrack.cli.feedback import saved
from plantrack.cli.progress_bar import progress_bar
from plantrack.cli.session import Session
from plantrack.errors import Failure
from plantrack.render.views.exchange import bundle as render
from plantrack.services.verbs.exchange import bundle as service
from plantrack.services.workspace import place_for_workspace


def export_bundle(
    ctx: Context,
    file: Annotated[str, Argument(metavar="FILE", help="arg.bundle_written")],
    site: Annotated[str | None, Option("--site", metavar="SITE", help="opt.site")] = None,
) -> None:
    """Write what the other side is to know into a file."""
    session: Session = ctx.obj
    if not file:
        raise Failure("missing-argument", argument="FILE")
    if file == "-":  # no name that anybody means
        raise Failure("bundle-to-stdout")
    db = session.db()
    db.snapshot()
    with progress_bar(session, "advance.export") as advance:
        view = service.write_bundle(db, session.workspace(), session.here / file, site, advance)
    session.tell("\n".join(render.bundle_written(view, session.words)))
    if session.wants_json:
        from plantrack.render.formats.json import dumps, envelope

        session.put(dumps(envelope(session.command, render.data_written(view))))
    else:
        session.put_labels([str(view.file)])


def import_bundle(
    ctx: Context, file: Annotated[str, Argument(metavar="FILE", help="arg.bundle_taken")]
) -> None:
    """Take in what the other side wrote."""
    session: Session = ctx.obj
    if not file:
        raise Failure("missing-argument", argument="FILE")
    workspace = place_for_workspace(session.here, session.database_named)
    is_trial = bool(session.options.get("dry_run"))
    request = service.BundleRequest(session.author, session.clock, session.typist, is_trial)
    with progress_bar(session, "advance.bundle") as advance:
        view = service.import_bundle(session.here / file, workspace, request, advance)
    with saved("" if is_trial else view.command or ""):
        for line in render.bundle_taken(view, session.words):
            session.tell(line)
        if session.wants_json:
            from plantrack.render.formats.json import dumps, envelope

            session.put(dumps(envelope(session.command, render.data_taken(view))))
        else:
            session.put_labels([one.task for one in view.same_states])
