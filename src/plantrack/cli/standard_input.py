"""What is read from standard input: a text or titles in place of a `-`, and a yes at the keyboard."""

import sys
from collections.abc import Iterable
from typing import Any

from plantrack.cli.commands import CommandParams
from plantrack.cli.session import Session
from plantrack.deliver import streams
from plantrack.errors import Failure
from plantrack.model.text import match_key, same_breaks

_DASH = "-"
#: A yes, without tones, in either language.
_YES = ("c", "co", "y", "yes")


def read_texts(session: Session, given: dict[str, Any], params: CommandParams) -> None:
    """Put what standard input says in place of a `-`; it can be read only once."""
    texts = [option.name for option in params.options if option.takes_text and not option.is_shared]
    dashes = [name for name in texts for value in _values(given.get(name)) if value == _DASH]
    titles = [argument for argument in params.arguments if _values(given.get(argument.name)) == [_DASH]]
    if len(dashes) + len(titles) > 1:
        raise Failure("stdin-twice")
    for name in dashes:
        text = _read_all(session).strip("\n")
        several = isinstance(given[name], (list, tuple))
        given[name] = [text if v == _DASH else v for v in _values(given[name])] if several else text


def _values(value: Any) -> list[Any]:
    return list(value) if isinstance(value, (list, tuple)) else [value]


def read_titles(session: Session, typed: list[str]) -> list[str]:
    """Return the titles that were typed: one, of all its words, or one a line of standard input."""
    if typed != [_DASH]:
        return [" ".join(typed)]
    return [line for line in _read_all(session).split("\n") if line.strip()]


def _read_all(session: Session) -> str:
    """Read standard input to its end, by lines; somebody at a terminal is told that it waits for them."""
    if streams.is_terminal(sys.stdin):
        session.say("reply.reading-keyboard")
    text = same_breaks(streams.read_stdin())
    if not text.strip():
        raise Failure("stdin-empty")
    return text


def can_ask() -> bool:
    """Return whether somebody can be asked: there is a terminal at standard input and at standard error."""
    return streams.is_terminal(sys.stdin) and streams.is_terminal(sys.stderr)


def typed_answer(session: Session, question: str) -> str:
    """Ask a question, and return the line that answers it; at the end of input it is empty."""
    streams.write_stderr(session.laid_out(question))
    return sys.stdin.readline().strip()


def says_yes(session: Session, question: str) -> bool:
    """Ask a question that a yes or a no answers; anything else, and the end of input, is a no."""
    return match_key(typed_answer(session, question)) in _YES


def confirm(session: Session, lines: Iterable[str], refusal: Failure) -> None:
    """Go on after a yes, be it `--yes`, to a question that the lines end in; where nobody can be asked, refuse.

    Fails with `declined` after a no.
    """
    if session.options.get("yes"):
        return
    if not can_ask():
        raise refusal
    if not says_yes(session, "\n".join(lines)):
        raise Failure("declined")
