"""Asks whom a part of a name means, where somebody sits at the keyboard."""

import sys
from collections.abc import Sequence

from plantrack.cli.session import Session
from plantrack.deliver import streams
from plantrack.model.text import spoken, visible

#: A yes, without tones, in either language.
_YES = ("c", "co", "y", "yes")


def people_meant(session: Session, typed: Sequence[str], *, new: bool) -> tuple[str, ...]:
    """Replace a part of a known name by the full name, after a yes; without one it stays, and is refused later."""
    if new or not (streams.is_terminal(sys.stdin) and streams.is_terminal(sys.stderr)):
        return tuple(typed)
    return tuple(_meant(session, name) for name in typed)


def _meant(session: Session, name: str) -> str:
    full = session.context().names.full_names(name)
    if len(full) != 1:
        return name
    streams.write_stderr(session.laid_out(session.words("ask.person", person=visible(name), full=full[0])))
    return full[0] if spoken(sys.stdin.readline()) in _YES else name
