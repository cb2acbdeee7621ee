"""`plantrack member`."""

from typing import Annotated

from typer import Argument, Context, Option

from plantrack.cli.confirmed_names import confirm_organisations
from plantrack.cli.feedback import answer, saved
from plantrack.cli.output import show_view
from plantrack.cli.session import Session
from plantrack.render.views.server import member as render
from plantrack.services.verbs.server import member as service

Login = Annotated[str, Argument(metavar="LOGIN", help="arg.login")]


def add_member(
    ctx: Context,
    login: Login,
    role: Annotated[str, Option("--role", metavar="ROLE", help="opt.server_role")],
    organisation: Annotated[
        str | None, Option("--organisation", metavar="ORG", help="opt.member_organisation")
    ] = None,
) -> None:
    """Give a login of the server a role."""
    session: Session = ctx.obj
    context = session.context()
    if organisation:
        (organisation,) = confirm_organisations(session, [organisation])
    done = service.add_member(context, login, role, organisation)
    _reply(session, "reply.member-added" if done.before is None else "reply.member-changed", done)


def remove_member(ctx: Context, login: Login) -> None:
    """Take its role from a login."""
    session: Session = ctx.obj
    _reply(session, "reply.member-removed", service.remove_member(session.context(), login))


def list_members(ctx: Context) -> None:
    """List the members."""
    view = service.list_members(ctx.obj.context())
    show_view(ctx.obj, view, render.document, render.data, render.book)


def _reply(session: Session, key: str, done: service.MemberChanged) -> None:
    words, command, line = session.words, done.written.command, done.line
    heading = session.context().heading
    said = render.role_said(line, words, heading)
    if command is None:
        session.tell(words("reply.member-same", login=line.login, role=said))
    else:
        old = render.role_said(line._replace(**done.before._asdict()), words, heading) if done.before else ""
        session.tell(words(key, login=line.login, role=said, old=old, command=command.label))
    with saved(command.label if command else ""):
        answer(session, [line.login], lambda w: render.member_objects([line], w, heading))
