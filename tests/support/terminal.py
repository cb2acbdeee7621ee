"""The program in a process of its own, on a real terminal (a pseudo-terminal)."""

import contextlib
import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

#: What the process needs to be the program that is tested.
_OURS = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}


def on_terminal(workspace: Path, *args: str, typed: str = "") -> str:
    """Return all that a person would see of one command; `typed`: what they type into it."""
    environment = {
        "PLANTRACK_USER": "Người thử",
        "TERM": "xterm",
        "COLUMNS": "100",
        **_OURS,
    }
    child, screen = pty.fork()
    if child == 0:  # pragma: no cover (the other process)
        os.chdir(workspace)
        os.execve(sys.executable, [sys.executable, "-m", "plantrack", *args], environment)
    if typed:
        os.write(screen, typed.encode())
    seen = _read_all(screen)
    os.waitpid(child, 0)
    return seen.decode("utf-8")


def _read_all(screen: int) -> bytes:
    parts = []
    try:
        while part := os.read(screen, 4096):
            parts.append(part)
    except OSError:  # Linux says so when the other side is closed
        pass
    os.close(screen)
    return b"".join(parts)


#: As long a program may say nothing while a key waits for that, and at all: then it waits for one that nobody presses.
_QUIET, _PATIENCE = 0.5, 60.0


class Screen(NamedTuple):
    """What a person saw of one command, how it ended, and whether the terminal shows what is typed then."""

    seen: str
    code: int
    echoes: bool


def on_screen(
    workspace: Path,
    *args: str,
    env: Mapping[str, str] | None = None,
    keys: Sequence[tuple[str, str]] = (),
    size: tuple[int, int] = (24, 80),
) -> Screen:
    """Run a command on a terminal of some lines and columns; `keys`: what is pressed, each once something is seen anew.

    Where nothing is named, it is pressed once nothing more comes.
    """
    environment = {"PLANTRACK_USER": "Người thử", "TERM": "xterm", **_OURS, **(env or {})}
    ready, begin = os.pipe()
    child, screen = pty.fork()
    if child == 0:  # pragma: no cover (the other process)
        os.read(ready, 1)
        os.chdir(workspace)
        os.execve(sys.executable, [sys.executable, "-m", "plantrack", *args], environment)
    fcntl.ioctl(screen, termios.TIOCSWINSZ, struct.pack("HHHH", *size, 0, 0))
    os.write(begin, b"1")
    seen = new = b""
    waiting = [(sign.encode(), key.encode()) for sign, key in keys]
    with contextlib.suppress(OSError):  # Linux says so when the other side is closed
        while True:
            if_quiet = bool(waiting) and not waiting[0][0]
            if select.select([screen], [], [], _QUIET if if_quiet else _PATIENCE)[0]:
                part = os.read(screen, 4096)
                if not part:
                    break
                seen, new = seen + part, new + part
                if if_quiet or not waiting or waiting[0][0] not in new:
                    continue
            elif not if_quiet:
                os.kill(child, signal.SIGKILL)
                continue
            os.write(screen, waiting.pop(0)[1])
            new = b""
    echoes = bool(termios.tcgetattr(screen)[3] & termios.ECHO)
    for handle in (ready, begin, screen):
        os.close(handle)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return Screen(seen.decode("utf-8").replace("\r\n", "\n"), code, echoes)
