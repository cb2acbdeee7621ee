"""`plantrack person`."""

from typing import Annotated

from typer import Argument, Context, Option

from plantrack.cli.confirmed_names import confirm_organisations
from plantrack.cli.feedback import answer, saved, tell_notes
from plantrack.cli.output import show_view
from plantrack.cli.session import Session
from plantrack.cli.standard_input import confirm
from plantrack.errors import Failure
from plantrack.model.people.person import Person
from plantrack.render.views import person as render
from plantrack.services.verbs import person as service

Known = Annotated[str, Argument(metavar="PERSON", help="arg.person")]


def list_people(ctx: Context) -> None:
    """List people."""
    view = service.list_people(ctx.obj.context())
    show_view(ctx.obj, view, render.document, render.data, render.book)


def rename(
    ctx: Context, old: Known, new: Annotated[str, Argument(metavar="NAME", help="arg.new_name")]
) -> None:
    """Rename a person."""
    done = service.rename(ctx.obj.context(), old, new)
    _reply(ctx.obj, done, "reply.person-renamed")


def merge(
    ctx: Context, old: Known, into: Annotated[str, Argument(metavar="NAME", help="arg.merge_into")]
) -> None:
    """Let a person be another one from now on."""
    session: Session = ctx.obj
    one, other = service.find_both(session.context(), old, into)
    question = session.words("ask.merge", person=_told(session, one), into=_told(session, other))
    confirm(session, [question], Failure("merge-not-asked", person=one.name, into=other.name))
    _reply(session, service.merge(session.context(), old, into), "reply.person-merged")


def _told(session: Session, person: Person) -> str:
    """Name a person with their organisation."""
    names, language = session.context().names, session.words.language
    organisation = person.organisation and names.party_label(person.organisation, language)
    return f"{person.own_name} ({organisation})" if organisation else person.name


def set_person(
    ctx: Context,
    name: Known,
    sort_name: Annotated[str | None, Option("--sort-name", metavar="NAME", help="opt.sort_name")] = None,
    organisation: Annotated[
        str | None, Option("--organisation", metavar="ORG", help="opt.organisation")
    ] = None,
    email: Annotated[str | None, Option("--email", metavar="ADDRESS", help="opt.email")] = None,
    login: Annotated[str | None, Option("--login", metavar="NAME", help="opt.login")] = None,
    left: Annotated[str | None, Option("--left", metavar="DATE", help="opt.left")] = None,
) -> None:
    """Record what else is known of a person."""
    context = ctx.obj.context()
    if organisation:
        (organisation,) = confirm_organisations(ctx.obj, [organisation])
    typed = service.Particulars(sort_name, organisation, email, login, left)
    _reply(ctx.obj, service.set_person(context, name, typed))


def _reply(session: Session, done: service.PersonChanged, key: str = "") -> None:
    """Tell what was changed, by `key` of a name, and how many tasks follow."""
    words, command, now = session.words, done.written.command, done.now
    if command is None:
        session.tell(words("reply.party-unchanged", name=now.name))
    elif key:
        session.tell(words(key, old=done.before.name, name=now.name, command=command.label))
    else:
        session.tell(words("reply.person-set", name=now.name, command=command.label))
    if done.tasks:
        session.tell(words.plural("reply.person-tasks", done.tasks))
    tell_notes(session, done.written.notes)
    with saved(command.label if command else ""):
        answer(session, [now.name], lambda w: [render.person_object(now, w, session.context().heading)])
