"""Names that are about to be written: a part of one is read back in full at the keyboard before it is."""

from collections.abc import Sequence

from plantrack.cli.session import Session
from plantrack.cli.standard_input import can_ask, says_yes
from plantrack.model.text import visible


def confirm_people(session: Session, typed: Sequence[str]) -> tuple[str, ...]:
    """Replace a part of a known name by the full name, after a yes; without one it stays, and is refused later."""
    return tuple(_confirm_person(session, name) for name in typed) if can_ask() else tuple(typed)


def _confirm_person(session: Session, typed: str) -> str:
    names = session.context().names
    full = names.full_names(typed) if not names.organisations_named(typed) else ()
    if len(full) != 1:
        return typed
    organisation = names.known[full[0]].organisation
    name = full[0]
    if organisation and "(" not in name:
        name = f"{name} ({names.party_label(organisation, session.words.language)})"
    question = session.words("ask.person", person=visible(typed), full=name)
    return full[0] if says_yes(session, question) else typed


def confirm_organisations(session: Session, typed: Sequence[str]) -> tuple[str, ...]:
    """Replace a part of the name of an organisation by its id, as `confirm_people` does for people."""
    return tuple(_confirm_organisation(session, name) for name in typed) if can_ask() else tuple(typed)


def _confirm_organisation(session: Session, typed: str) -> str:
    context = session.context()
    if context.names.organisations_named(typed):
        return typed
    meant = context.names.organisations_meant(typed, context.today)
    if len(meant) != 1:
        return typed
    (one,) = meant
    name = one.name.within(session.words.language)
    question = session.words("ask.organisation", organisation=visible(typed), full=name, id=one.id)
    return one.id if says_yes(session, question) else typed
