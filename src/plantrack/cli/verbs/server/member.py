"""`plantrack member`."""

from typing import Annotated

from typer import Argument, Context, Option

from plantrack.cli.confirmed_names import confirm_organisations
from plantrack.cli.feedback import answer, saved
from plantrack.cli.output import show_view
from plantrack.cli.session import Session
from plantrack.model.views.member import MemberLine
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
    """Let a login of the server in, with a role."""
    session: Session = ctx.obj
    context = session.context()
    if organisation:
        (organisation,) = confirm_organisations(session, [organisation])
    done = service.add_member(context, login, role, organisation)
    _reply(session, done)


def remove_member(ctx: Context, login: Login) -> None:
    """Take its role from a login."""
    session: Session = ctx.obj
    _reply(session, service.remove_member(session.context(), login))


def list_members(ctx: Context) -> None:
    """List the members."""
    view = service.list_members(ctx.obj.context())
    show_view(ctx.obj, view, render.document, render.data, render.book)


def _reply(session: Session, done: service.MemberChanged) -> None:
    words, line, heading = session.words, done.line, session.context().heading
    label = done.written.command.label if done.written.command else ""
    role = render.role_said(line, words, heading)
    old = render.role_said(MemberLine(*done.before), words, heading) if done.before else ""
    if not label:
        session.say("reply.member-same", login=line.login, role=role)
    elif not old:
        session.say("reply.member-added", login=line.login, role=role, command=label)
    elif role:
        session.say("reply.member-changed", login=line.login, role=role, old=old, command=label)
    else:
        session.say("reply.member-removed", login=line.login, old=old, command=label)
    with saved(label):
        answer(session, [line.login], lambda w: render.member_objects([line], w, heading))
