"""`plantrack undo`."""

from typing import Annotated

from typer import Argument, Context, Option

from plantrack.cli.choice import task_lines
from plantrack.cli.feedback import reply
from plantrack.cli.output import show_view
from plantrack.cli.session import Session
from plantrack.cli.standard_input import confirm
from plantrack.errors import Failure
from plantrack.render.views import log as render
from plantrack.services.verbs import undo as service
from plantrack.store.commands import Command


def undo(
    ctx: Context,
    command: Annotated[str | None, Argument(metavar="[COMMAND]", help="arg.command")] = None,
    dry_run: Annotated[bool, Option("--dry-run", help="opt.dry_run")] = False,
) -> None:
    """Take back a whole command."""
    session: Session = ctx.obj
    if dry_run:
        would = service.what_undo_would_do(session.context(), command)
        _tell(session, "reply.undo-would", would.target)
        show_view(session, would.log, render.document, render.data)
        return
    target, written = service.undo(session.context(), _confirmed(session, command))
    _tell(session, "reply.undone", target)
    is_behind = any(note.code == "undo-nothing-current" for note in written.notes)
    reply(session, "reply.undo-behind" if is_behind else "reply.undo", written)


def _confirmed(session: Session, typed: str | None) -> str | None:
    """Return which command is taken back, once a person who must be asked said yes to it."""
    context = session.context()
    doubtful = service.doubtful_undo(context, typed)
    if doubtful is None:
        return typed
    target = doubtful.target
    if service.is_own(context, target):
        refusal = Failure("undo-old", command=target.label)
    else:
        refusal = Failure("undo-of-other", command=target.label, author=target.author)
    confirm(session, [*task_lines(session, doubtful.tasks), _about(session, "ask.undo", target)], refusal)
    return target.label


def _tell(session: Session, key: str, target: Command) -> None:
    session.tell(_about(session, key, target))


def _about(session: Session, key: str, target: Command) -> str:
    """Return a text that says which command it is about."""
    words = session.words
    zone = session.context().plan.reporting.timezone
    moment = words.moment(target.recorded_at, zone)
    verb = words(f"verb.{target.verb.replace(' ', '-')}")
    return words(key, command=target.label, verb=verb, author=target.author, moment=moment)
