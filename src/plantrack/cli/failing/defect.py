"""What is done where the program itself is at fault: it is told in a sentence, and written down without any data.

Messages of exceptions are left out of both, as the values of variables are: they quote what they were given, and no list
of those that do not could be kept true. Their kind, the numbers that a system gives them, and the lines of the program
that they came through are enough to find a fault; `PLANTRACK_DEBUG=1` shows the rest to whoever runs the command.
"""

import os
import platform
import sys
import traceback
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from plantrack import __version__
from plantrack.cli.commands import COMMANDS, EVERYWHERE, path_meant
from plantrack.cli.completion.params import tabled_params
from plantrack.cli.session import Session
from plantrack.cli.tokens import Token, read_tokens
from plantrack.deliver import streams
from plantrack.deliver.defect_log import Logged, log_defect
from plantrack.errors import Failure

#: So many lines of the program are kept of a long way to a fault: at its beginning and at its end.
_FIRST, _LAST = 20, 40

#: The folder that the program lies in.
_PACKAGE = Path(__file__).parents[1]


def defect(session: Session, args: Sequence[str], error: Exception) -> Failure:
    """Log an error that nobody foresaw, and return what is told of it."""
    if os.environ.get("PLANTRACK_DEBUG"):
        streams.write_stderr("".join(traceback.format_exception(error)).rstrip())
    logged = log_defect(entry(session, args, error))
    return _failure(type(error).__name__, _where(error), _outcome(session), logged)


def _failure(kind: str, where: str, outcome: str, logged: Logged) -> Failure:
    log = str(logged.file)
    if not logged.reason:
        return Failure("defect", kind=kind, where=where, outcome=outcome, log=log)
    reason = logged.reason
    return Failure("defect-unlogged", kind=kind, where=where, outcome=outcome, log=log, reason=reason)


def _where(error: Exception) -> str:
    """Return the last line of the program's own that the error came through, or of whatever it came from."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if Path(frame.filename).is_relative_to(_PACKAGE)]
    last = (own or frames)[-1]
    return f"{os.path.basename(last.filename)}:{last.lineno}"


def _outcome(session: Session) -> str:
    """Say what became of the data, as far as that is known; commands that make a database have one of their own."""
    if session.has_written is not None:
        return "kept" if session.has_written else "nothing"
    kind = COMMANDS[session.command].kind if session.command in COMMANDS else ""
    return "whole" if kind in ("write", "make") else "read"


# --- the entry of the log ---


def entry(session: Session, args: Sequence[str], error: BaseException) -> str:
    """Return what is written down of a fault."""
    lines = [
        f"--- {datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
        f"plantrack {__version__}, Python {platform.python_version()}, {platform.platform()}",
        f"$ plantrack {typed_without_values(args, session.command)}".rstrip(),
        *_ways(error),
    ]
    return "\n".join(lines) + "\n\n"


def typed_without_values(args: Sequence[str], command: str = "") -> str:
    """Return a command's words, how many arguments it was given, and which options: never a value."""
    try:
        words = [token for token in read_tokens(EVERYWHERE, args) if not token.name]
        path = command or _command_of(words)
        tokens = list(read_tokens(tabled_params(path).options, args))
    except Failure:
        return f"<{len(args)} words>"
    many = sum(not token.name for token in tokens) - len(path.split())
    options = [token.option.long if token.option else "<unknown option>" for token in tokens if token.name]
    arguments = [f"<{many} argument{'s' * (many > 1)}>"] if many > 0 else []
    return " ".join([*path.split(), *arguments, *options])


def _command_of(words: Sequence[Token]) -> str:
    """Return the command that words begin with, or the group."""
    first = [word.value or "" for word in words[:2]]
    found = (path_meant(first[:many]) for many in (2, 1) if first[:many])
    return next((path for path in found if path), "")


def _ways(error: BaseException) -> Iterator[str]:
    """Return the lines that an error came through, after those of what it came from."""
    chain = [error]
    while (before := chain[-1].__cause__ or chain[-1].__context__) is not None and before not in chain:
        chain.append(before)
    for number, one in enumerate(reversed(chain)):
        yield "then, while that was dealt with:" if number else "Traceback (most recent call last):"
        yield from _way(one)
        yield _kind(one)


def _way(error: BaseException) -> Iterator[str]:
    frames = traceback.extract_tb(error.__traceback__)
    left_out = len(frames) - _FIRST - _LAST
    for number, frame in enumerate(frames):
        if left_out > 0 and number == _FIRST:
            yield f"  … ({left_out} more)"
        if left_out <= 0 or not _FIRST <= number < _FIRST + left_out:
            yield f"  {_short(frame.filename)}:{frame.lineno} {frame.name}"
            yield f"    {frame.line}"


def _short(file: str) -> str:
    """Return a file without the folders that the program is installed in: they may have somebody's name."""
    folders = sorted((Path(folder) for folder in sys.path if folder), key=lambda f: -len(f.parts))
    inside = next((Path(file).relative_to(f) for f in folders if Path(file).is_relative_to(f)), None)
    return inside.as_posix() if inside else os.path.basename(file)


def _kind(error: BaseException) -> str:
    """Return the kind of an error, with the code that a system, the database or this program has for it."""
    numbers = (getattr(error, name, None) for name in ("sqlite_errorname", "sqlstate", "errno"))
    code = next(filter(None, numbers), None)
    if isinstance(error, Failure):
        code = error.code
    name = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    return f"{name} ({code})" if code else name
