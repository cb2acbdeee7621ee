"""`plantrack org`."""

from typing import Annotated

from typer import Argument, Context, Option

from plantrack.cli.confirmed_names import confirm_organisations
from plantrack.cli.feedback import answer, saved
from plantrack.cli.output import show_view
from plantrack.cli.session import Session
from plantrack.render.views import org as render
from plantrack.services.verbs import org as service

Short = Annotated[str | None, Option("--short", metavar="NAME", help="opt.org_short")]
Level = Annotated[str | None, Option("--level", metavar="LEVEL", help="opt.org_level")]
OrgPlace = Annotated[str | None, Option("--place", metavar="PLACE", help="opt.org_place")]
Email = Annotated[str | None, Option("--email", metavar="ADDRESS", help="opt.email")]


def list_organisations(ctx: Context) -> None:
    """List organisations."""
    view = service.list_organisations(ctx.obj.context())
    show_view(ctx.obj, view, render.document, render.data, render.book)


def add(
    ctx: Context,
    org_id: Annotated[str, Argument(metavar="ID", help="arg.org_id")],
    name: Annotated[list[str], Argument(metavar="NAME...", help="arg.org_name")],
    short: Short = None,
    level: Level = None,
    place: OrgPlace = None,
    email: Email = None,
    same_as: Annotated[str | None, Option("--same-as", metavar="ORG", help="opt.same_as")] = None,
) -> None:
    """Record an organisation that the plan does not have yet."""
    context = ctx.obj.context()
    if same_as:
        (same_as,) = confirm_organisations(ctx.obj, [same_as])
    typed = service.OrgParticulars(" ".join(name), short, level, place, email)
    key = "reply.org-added-at-site" if context.db.told.site else "reply.org-added"
    _reply(ctx.obj, key, service.add(context, org_id, typed, same_as))


def set_organisation(
    ctx: Context,
    organisation: Annotated[str, Argument(metavar="ORG", help="arg.org")],
    name: Annotated[str | None, Option("--name", metavar="NAME", help="opt.org_name")] = None,
    short: Short = None,
    level: Level = None,
    place: OrgPlace = None,
    email: Email = None,
) -> None:
    """Record what else is known of an organisation."""
    context = ctx.obj.context()
    (organisation,) = confirm_organisations(ctx.obj, [organisation])
    typed = service.OrgParticulars(name, short, level, place, email)
    _reply(ctx.obj, "reply.org-set", service.set_organisation(context, organisation, typed))


def _reply(session: Session, key: str, done: service.OrgChanged) -> None:
    words, command, org = session.words, done.written.command, done.line.organisation
    name = org.name.within(words.language)
    if command is None:
        session.tell(words("reply.party-unchanged", name=name))
    elif done.same_as is not None:
        session.tell(words("reply.org-same", id=org.id, other=done.same_as, command=command.label))
    else:
        session.tell(words(key, id=org.id, name=name, command=command.label))
    with saved(command.label if command else ""):
        answer(
            session, [org.id], lambda w: [render.organisation_object(done.line, w, session.context().heading)]
        )
