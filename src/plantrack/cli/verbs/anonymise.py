"""`plantrack person anonymise`."""

from typing import Annotated

from typer import Argument, Context, Option

from plantrack.cli.feedback import answer_objects, saved
from plantrack.cli.output import show_view
from plantrack.cli.session import Session
from plantrack.cli.standard_input import can_ask, typed_answer
from plantrack.errors import Failure
from plantrack.model.people.hidden_name import is_hidden
from plantrack.model.text import person_name, quoted
from plantrack.model.views.parties import Anonymised
from plantrack.render.views import person as render
from plantrack.services.verbs import anonymise as service


def anonymise(
    ctx: Context,
    name: Annotated[str, Argument(metavar="PERSON", help="arg.person")],
    confirm: Annotated[str | None, Option("--confirm", metavar="NAME", help="opt.confirm")] = None,
) -> None:
    """Take a person out."""
    session: Session = ctx.obj
    would = service.what_anonymise_would_do(session.context(), session.workspace(), name)
    if session.context().is_trial:
        _tell_trial(session, would)
        show_view(session, would, render.anonymised_document, render.anonymised_data)
        return
    if not is_hidden(would.person):
        _confirm(session, would, confirm)
        session.look_again()
    done = service.anonymise(session.context(), session.workspace(), name)
    _tell_done(session, done)
    if done.command is None:  # their names are not known any more: where they stand neither
        answer_objects(session, [], [])
        return
    with saved(done.command):
        show_view(session, done, render.anonymised_document, render.anonymised_data)


def _tell_trial(session: Session, would: Anonymised) -> None:
    """Say what would be taken out, and what to type for it; nothing was."""
    if is_hidden(would.person):
        session.tell(session.words("reply.anonymise-hidden", person=would.person))
        return
    typed = quoted(would.person)
    for line in [*_what(session, would), session.words("reply.anonymise-trial", person=typed)]:
        session.tell(line)


def _what(session: Session, would: Anonymised) -> list[str]:
    words = session.words
    lines = [
        words(
            "ask.anonymise",
            person=would.person,
            tasks=words.number(would.tasks),
            commands=words.number(would.commands),
            told=words.number(would.told),
        )
    ]
    if would.shared:
        lines.append(words("ask.anonymise-shared", names=", ".join(would.shared)))
    return lines


def _confirm(session: Session, would: Anonymised, confirm: str | None) -> None:
    """Go on only where the name was typed once more, to the letter."""
    if confirm is None:
        if not can_ask():
            raise Failure("anonymise-not-asked", person=would.person)
        lines = [*_what(session, would), session.words("ask.anonymise-again", person=would.person)]
        confirm = typed_answer(session, "\n".join(lines))
        if not confirm:
            raise Failure("declined")
    if person_name(confirm) != would.person:
        raise Failure("anonymise-other-name", person=would.person, name=confirm)


def _tell_done(session: Session, done: Anonymised) -> None:
    words = session.words
    if done.command:
        counted = {name: words.number(getattr(done, name)) for name in ("tasks", "commands", "told")}
        session.tell(words("reply.anonymised", command=done.command, name=done.hidden, **counted))
    if done.shared:
        session.tell(words("ask.anonymise-shared", names=", ".join(done.shared)))
    if not done.is_swept:
        session.insist(words("reply.anonymise-left"))
    elif not done.command:
        session.tell(words("reply.anonymise-swept"))
