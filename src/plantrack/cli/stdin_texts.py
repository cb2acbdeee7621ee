"""Texts from standard input: `-` in place of a text, or of the titles of `add`."""

import sys
from typing import Any

from plantrack.cli.command_params import CommandParams
from plantrack.cli.session import Session
from plantrack.deliver import streams
from plantrack.errors import Failure
from plantrack.model.text import same_breaks

DASH = "-"


def read_texts(session: Session, given: dict[str, Any], params: CommandParams) -> None:
    """Put what standard input says in place of a `-`; it can be read only once."""
    texts = [option.name for option in params.options if option.takes_text and not option.is_shared]
    dashes = [name for name in texts for value in _values(given.get(name)) if value == DASH]
    titles = [argument for argument in params.arguments if _values(given.get(argument.name)) == [DASH]]
    if len(dashes) + len(titles) > 1:
        raise Failure("stdin-twice")
    for name in dashes:
        text = standard_input(session).strip("\n")
        several = isinstance(given[name], (list, tuple))
        given[name] = [text if v == DASH else v for v in _values(given[name])] if several else text


def _values(value: Any) -> list[Any]:
    return list(value) if isinstance(value, (list, tuple)) else [value]


def standard_input(session: Session) -> str:
    """Read standard input to its end, by lines; somebody at a terminal is told that it waits for them."""
    if streams.is_terminal(sys.stdin):
        session.say("reply.reading-keyboard")
    text = same_breaks(streams.read_stdin())
    if not text.strip():
        raise Failure("stdin-empty")
    return text


def titles(session: Session, title: list[str]) -> list[str]:
    """Return the titles that were typed: one, of all its words, or one a line of standard input."""
    if title != [DASH]:
        return [" ".join(title)]
    return [line for line in standard_input(session).split("\n") if line.strip()]
