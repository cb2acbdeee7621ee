"""The editor that somebody has chosen (`VISUAL`, `EDITOR`), and the file that it opens."""

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from plantrack.cli.session import Session
from plantrack.deliver.foreground import left_to_it
from plantrack.errors import Failure, failing_as, reason_of
from plantrack.model.text import visible
from plantrack.system import EDITORS, command_words, terminal_kept


@contextlib.contextmanager
def edited(session: Session, text: str) -> Iterator[str]:
    """Let a text be edited, and give what became of it; where what follows fails, the file is kept and named.

    Fails with `editor-none` and `editor-failed`.
    """
    command = _command()
    path = _written(text)
    try:
        _run(command, path)
        yield _read(path)
    except BaseException:  # whatever it is, what was filled in is not lost
        if _read(path) not in ("", text):
            session.insist(session.words("reply.form-kept", file=visible(str(path))))
        else:
            path.unlink(missing_ok=True)
        raise
    path.unlink(missing_ok=True)


def _command() -> list[str]:
    for name in ("VISUAL", "EDITOR"):
        try:
            if chosen := command_words(os.environ.get(name, "")):
                return chosen
        except ValueError as error:  # a quote that stays open
            raise Failure("editor-failed", command=os.environ[name], reason=str(error)) from error
    found = next(filter(None, map(shutil.which, EDITORS)), None)
    if found is None:
        raise Failure("editor-none")
    return [found]


def _written(text: str) -> Path:
    """Put a text into a file that nobody else can read."""
    with failing_as("output-failed", file=tempfile.gettempdir()):
        handle, name = tempfile.mkstemp(prefix="plantrack-", suffix=".txt")
        with os.fdopen(handle, "w", encoding="utf-8", errors="surrogateescape", newline="\n") as file:
            file.write(text)
    return Path(name)


def _run(command: list[str], path: Path) -> None:
    """Wait for the editor; its screen is the terminal, also where the answer goes into a file."""
    try:
        editor = subprocess.Popen([*command, str(path)], stdout=sys.stderr.fileno())
    except OSError as error:
        raise Failure("editor-failed", command=command[0], reason=reason_of(error)) from error
    with terminal_kept(), left_to_it():
        ended = editor.wait()
    if ended:
        raise Failure("editor-failed", command=command[0], reason=f"exit {ended}")


def _read(path: Path) -> str:
    """Return what is in the file; nothing where an editor took it away."""
    try:
        return path.read_bytes().decode("utf-8", "surrogateescape")
    except OSError:
        return ""
