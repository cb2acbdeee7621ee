"""`plantrack db backup`."""

from typing import Annotated

from typer import Argument, Context, Option

from plantrack.cli.feedback import saved
from plantrack.cli.params import number
from plantrack.cli.progress_bar import progress_bar
from plantrack.cli.session import Session
from plantrack.errors import Failure
from plantrack.model.views.workspace import DbBackup
from plantrack.services.verbs.copies import backup as service

#: No folder is kept larger.
_MOST = 9999


def backup(
    ctx: Context,
    place: Annotated[str | None, Argument(metavar="[FILE|DIR]", help="arg.backup_place")] = None,
    keep: Annotated[str | None, Option("--keep", metavar="N", help="opt.keep")] = None,
) -> None:
    """Make a checked copy of the database while others work."""
    session: Session = ctx.obj
    kept = None if keep is None else number("--keep", keep, 1, _MOST)
    if place == "":
        raise Failure("missing-argument", argument="[FILE|DIR]")
    workspace = session.workspace()
    target = service.backup_place(workspace, session.here, place, kept)
    db = session.db()
    with progress_bar(session, "advance.backup") as advance:
        view = service.backup(db, workspace, target, session.clock(), kept, advance, by=session.signer)
    _tell(session, view)
    with saved(session.command):
        if session.wants_json:
            from plantrack.render.formats.json import dumps, envelope
            from plantrack.render.views.copies.backup import data

            session.put(dumps(envelope(session.command, data(view))))
        else:
            session.put_labels([view.file])


def _tell(session: Session, view: DbBackup) -> None:
    """Tell what was made, and what the next one should know."""
    size = session.words("db.bytes", n=session.words.number(view.size))
    session.say("reply.backup-made", file=view.file, command=f"c{view.command}", size=size)
    if view.removed:
        session.tell(session.words.plural("reply.backup-removed", len(view.removed)))
    if (failure := view.unrecorded) is not None:
        session.insist(_unrecorded(session, failure))


def _unrecorded(session: Session, failure: Failure) -> str:
    """Say that the backup is made, and why the database does not tell of it."""
    if failure.code == "not-permitted":
        return session.words("reply.backup-unrecorded-role", login=session.db().told.login)
    from plantrack.i18n.failure import sentence

    return session.words("reply.backup-unrecorded", reason=sentence(session.words, failure)[0])
