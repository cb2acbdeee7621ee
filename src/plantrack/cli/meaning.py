"""Whom a person means who types a part of a name: they are asked where somebody sits at the keyboard."""

import sys
from collections.abc import Sequence

from plantrack.cli.session import Session
from plantrack.deliver import streams
from plantrack.model.text import spoken, visible

#: A yes, without tones, in either language.
_YES = ("c", "co", "y", "yes")


def people_meant(session: Session, typed: Sequence[str], *, new: bool) -> tuple[str, ...]:
    """Give the full name in place of the part of a known one, after a yes; without one the part stays, to be refused."""
    if new or not (streams.is_terminal(sys.stdin) and streams.is_terminal(sys.stderr)):
        return tuple(typed)
    return tuple(_meant(session, name) for name in typed)


def _meant(session: Session, name: str) -> str:
    full = session.desk().names.full_names(name)
    if len(full) != 1:
        return name
    streams.say(session.laid_out(session.words("ask.person", person=visible(name), full=full[0])))
    return full[0] if spoken(sys.stdin.readline()) in _YES else name
