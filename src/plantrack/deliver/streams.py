"""What goes to the two streams: data to stdout, messages to stderr; a full disk behind a stream is a failure."""

import contextlib
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

from plantrack import system
from plantrack.errors import Failure, failing_as, reason_of
from plantrack.model.text import visible_lines


def use_utf8() -> None:
    """Write UTF-8 with plain line ends, and read it, whatever the locale says (cron's is empty)."""
    for stream in (sys.stdout, sys.stderr):
        # A stream that a test put there knows its own encoding.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    if hasattr(sys.stdin, "reconfigure"):  # what is no UTF-8 is refused later, with the text it stands in
        sys.stdin.reconfigure(encoding="utf-8", errors="surrogateescape")


def is_terminal(stream: TextIO | None) -> bool:
    """Return whether a stream is a terminal; one that is closed is None."""
    return stream is not None and system.is_terminal(stream)


def leads_to_stdout(path: Path) -> bool:
    """Return whether a path is what stdout writes to: `/dev/stdout`, or the file that it was sent to."""
    try:
        return sys.stdout is not None and os.path.samestat(path.stat(), os.fstat(sys.stdout.fileno()))
    except (OSError, ValueError):  # no such file; a stream without one
        return False


def is_stream(path: Path) -> bool:
    """Return whether a path is a device or a pipe, which no ending says anything of."""
    try:
        return path.exists() and not (path.is_file() or path.is_dir())
    except OSError:
        return False


def write_stdout(data: str | Iterable[bytes], *, to_end: bool = False) -> None:
    """Write a text, or blocks of data, to stdout, whole; a reader who has gone away (`| head`) is no failure.

    `to_end`: it is one.
    """
    if sys.stdout is None:  # a daemon's, closed
        raise Failure("output-failed", file="stdout", reason="stdout is closed")
    try:
        if isinstance(data, str):
            sys.stdout.write(data)
        else:
            sys.stdout.flush()
            sys.stdout.buffer.writelines(data)
        sys.stdout.flush()
    except OSError as error:
        _let_go()
        if isinstance(error, BrokenPipeError) and not to_end:
            return
        raise Failure("output-failed", file="stdout", reason=reason_of(error)) from error


#: No text that is typed is longer; what comes without end is refused.
_MOST = 1 << 22


def read_stdin() -> str:
    """Read stdin to its end, as UTF-8; bytes that are not are refused later, with the text they stand in."""
    if sys.stdin is None:  # closed
        return ""
    with failing_as("stdin-failed"):
        data = sys.stdin.buffer.read(_MOST + 1)
    if len(data) > _MOST:
        raise Failure("stdin-too-long", limit=_MOST >> 20)
    return data.decode("utf-8", "surrogateescape")


def terminal_width(stream: TextIO | None) -> int:
    """Return the width of the terminal behind a stream, as the environment or the terminal says, else 80."""
    told = os.environ.get("COLUMNS", "")
    if told.isascii() and told.isdigit() and int(told[:6]):
        return int(told[:6])
    with contextlib.suppress(OSError, ValueError, AttributeError):  # closed, or no file
        return os.get_terminal_size(stream.fileno()).columns or 80  # type: ignore[union-attr]
    return 80


def write_stderr(text: str) -> None:
    """Write a message to stderr, with nothing in it that a terminal obeys; one that cannot be written is no failure."""
    with contextlib.suppress(OSError, AttributeError):  # full, or closed: then it is None
        sys.stderr.write(visible_lines(text) + "\n")
        sys.stderr.flush()


def write_over(line: str, longer: int) -> None:
    """Write over the last line on stderr, which was some cells longer; the next text begins where the line does."""
    with contextlib.suppress(OSError, AttributeError):
        sys.stderr.write(f"\r{line}{' ' * longer}\r")
        sys.stderr.flush()


def flush() -> bool:
    """Write what is left at the end; return whether all data went out. Messages that cannot be written are no failure."""
    with contextlib.suppress(OSError, AttributeError):
        sys.stderr.flush()
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError:
        return False
    return True


def _let_go() -> None:
    """Point stdout at nothing, so that what is left in its buffer does not fail again at the end."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, sys.stdout.fileno())
    os.close(nothing)
