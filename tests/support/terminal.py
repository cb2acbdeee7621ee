"""The program in a process of its own, on a real terminal (a pseudo-terminal)."""

import os
import pty
import select
import signal
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

#: Nothing that is asked takes so long to be said: then it waits for what nobody types.
_PATIENCE_S = 60


def on_terminal(
    workspace: Path,
    *args: str,
    typed: str = "",
    turns: Sequence[tuple[str, str]] = (),
    settings: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """Return all that a person would see of one command; `settings`: variables.

    `typed`: what they type into it, at once; `turns`: each time a text is seen, what they type then.
    """
    environment = {
        "PLANTRACK_USER": "Người thử",
        "TERM": "xterm",
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.environ.get("PYTHONPATH", ""),
        "COLUMNS": "100",
        **settings,
    }
    child, screen = pty.fork()
    if child == 0:  # pragma: no cover (the other process)
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # a shell's job in the background has it ignored
        os.chdir(workspace)
        os.execve(sys.executable, [sys.executable, "-m", "plantrack", *args], environment)
    if typed:
        os.write(screen, typed.encode())
    seen = _talk(child, screen, turns)
    os.waitpid(child, 0)
    return seen.decode("utf-8")


def _talk(child: int, screen: int, turns: Sequence[tuple[str, str]]) -> bytes:
    """Read all that is shown, and type each text when the one that it waits for is seen."""
    waiting, seen, since = list(turns), b"", 0
    try:
        while select.select([screen], [], [], _PATIENCE_S)[0]:
            if not (part := os.read(screen, 4096)):
                break
            seen += part
            while waiting and (found := seen.find(waiting[0][0].encode(), since)) >= 0:
                since = found + 1
                os.write(screen, waiting.pop(0)[1].encode())
        else:
            os.kill(child, signal.SIGKILL)
    except OSError:  # Linux says so when the other side is closed
        pass
    os.close(screen)
    return seen
