"""`plantrack db restore`."""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Annotated

from typer import Argument, Context, Option

from plantrack.cli.feedback import saved
from plantrack.cli.invocation import program_call
from plantrack.cli.params import number
from plantrack.cli.progress_bar import progress_bar
from plantrack.cli.session import Session
from plantrack.cli.standard_input import can_ask, confirm, says_yes
from plantrack.errors import Failure
from plantrack.i18n.failure import sentence
from plantrack.model.text import visible
from plantrack.model.views.workspace import DbRestore
from plantrack.render.views.copies import restore as render
from plantrack.services.verbs.copies import restore as service
from plantrack.services.workspace import place_for_workspace


def restore(
    ctx: Context,
    file: Annotated[str, Argument(metavar="FILE", help="arg.restore_file")],
    other: Annotated[bool, Option("--other", help="opt.other_history")] = False,
    next_number: Annotated[str | None, Option("--next-number", metavar="N", help="opt.next_number")] = None,
) -> None:
    """Put a backup in the place of the database, once it was checked and somebody agreed."""
    session: Session = ctx.obj
    if not file:
        raise Failure("missing-argument", argument="FILE")
    first = None if next_number is None else number("--next-number", next_number, 1, service.HIGHEST_NEXT)
    workspace = place_for_workspace(session.here, session.database_named)
    with ExitStack() as open_:
        with progress_bar(session, "advance.check") as advance:
            ready = open_.enter_context(service.readied(workspace, session.here, file, first, advance))
        view = _restored(session, ready, other=other)
    with saved("" if session.options.get("dry_run") else session.command):
        if session.wants_json:
            from plantrack.render.formats.json import dumps, envelope

            session.put(dumps(envelope(session.command, render.data(view))))
        elif view.kept:
            session.put_labels([view.kept])


def _restored(session: Session, ready: service.Ready, *, other: bool) -> DbRestore:
    """Restore a backup that was checked, where somebody agrees; or say what that would do."""
    view = service.what_restore_would_do(ready)
    if session.options.get("dry_run"):
        session.tell("\n".join(_would(session, view)))
        return view
    _agree(session, view, other=other)
    told = None if session.options.get("yes") else view
    with progress_bar(session, "advance.restore") as advance:
        done = service.restore(ready, session.author, session.clock(), session.typist, told, advance)
    session.tell("\n".join(render.done(done, program_call(), session.words)))
    return done


def _agree(session: Session, view: DbRestore, *, other: bool) -> None:
    """Go on after a yes to what is lost, and after another one where the backup is of another history or place."""
    lines = [*_would(session, view)]
    if (view.is_other or view.worked_on) and not other:
        code = "restore-worked-on" if view.worked_on else "restore-other"
        refusal = Failure(code, file=view.file, to=view.worked_on)
        if not can_ask():
            session.insist("\n".join(lines))
            raise refusal
        if not says_yes(session, "\n".join([*lines, session.words("ask.restore-other")])):
            raise Failure("declined")
        lines = []
    if not session.options.get("yes") and not can_ask():
        session.insist("\n".join(lines))
    question = session.words("ask.restore", database=visible(view.database))
    confirm(session, [*lines, question], Failure("restore-unconfirmed", file=view.file))


def _would(session: Session, view: DbRestore) -> Iterator[str]:
    """Say what the backup is, and what would be lost."""
    words = session.words
    yield from render.would(view, words)
    if view.unreadable is not None:
        reason, _ = sentence(words, view.unreadable)
        yield words("restore.lost-unknown", reason=reason)
