"""The program in a process of its own, on a real terminal (a pseudo-terminal)."""

import contextlib
import os
import select
import signal
import struct
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import pytest

fcntl, pty, termios = (
    pytest.importorskip(name, reason="only POSIX has pseudo-terminals")
    for name in ("fcntl", "pty", "termios")
)
#: What the process needs to be the program that is tested.
_OURS = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
#: As long a program may say nothing while a key waits for that, and at all: then it waits for one that nobody presses.
_QUIET_S, _PATIENCE_S = 0.5, 60.0
_NONE: Mapping[str, str] = MappingProxyType({})


class Screen(NamedTuple):
    """What a person saw of one command, how it ended, and whether the terminal shows what is typed then."""

    seen: str
    code: int
    echoes: bool


#: The program as a person calls it that installed it: by its name.
_INSTALLED = "import sys; sys.argv[0] = 'plantrack'; from plantrack.__main__ import run; run()"


def on_terminal(
    workspace: Path,
    *args: str,
    typed: str = "",
    turns: Sequence[tuple[str, str]] = (),
    settings: Mapping[str, str] = _NONE,
) -> str:
    """Return all that a person would see of one command on a terminal of any height; see `on_screen`."""
    env = {"COLUMNS": "100", **settings}
    return on_screen(workspace, *args, env=env, typed=typed, keys=turns, size=(0, 0)).seen.replace(
        "\n", "\r\n"
    )


def on_screen(
    workspace: Path,
    *args: str,
    env: Mapping[str, str] = _NONE,
    typed: str = "",
    keys: Sequence[tuple[str, str]] = (),
    size: tuple[int, int] = (24, 80),
) -> Screen:
    """Run a command on a terminal of some lines and columns.

    `typed`: what is pressed at once; `keys`: each when a text is seen, what is pressed then.
    """
    environment = {"PLANTRACK_USER": "Người thử", "TERM": "xterm", **_OURS, **env}
    ready, begin = os.pipe()
    child, screen = pty.fork()
    if child == 0:  # pragma: no cover (the other process)
        os.read(ready, 1)
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # a shell's job in the background has it ignored
        os.chdir(workspace)
        os.execve(sys.executable, [sys.executable, "-c", _INSTALLED, *args], environment)
    fcntl.ioctl(screen, termios.TIOCSWINSZ, struct.pack("HHHH", *size, 0, 0))
    os.write(begin, b"1")
    os.write(screen, typed.encode())
    seen, ended = _talk(child, screen, keys)
    echoes = bool(termios.tcgetattr(screen)[3] & termios.ECHO)
    for handle in (ready, begin, screen):
        os.close(handle)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert ended, f"it waits for a key that nobody presses: {seen.decode('utf-8', 'replace')}"
    return Screen(seen.decode("utf-8").replace("\r\n", "\n"), code, echoes)


def _talk(child: int, screen: int, keys: Sequence[tuple[str, str]]) -> tuple[bytes, bool]:
    """Read all that is shown, and press each key when the text that it waits for is seen; for no text, when it is quiet.

    Return what was shown, and whether the program ended of itself.
    """
    waiting, seen, since = [(sign.encode(), key.encode()) for sign, key in keys], b"", 0
    ended = True
    with contextlib.suppress(OSError):  # Linux says so when the other side is closed
        while True:
            for_quiet = bool(waiting) and not waiting[0][0]
            if select.select([screen], [], [], _QUIET_S if for_quiet else _PATIENCE_S)[0]:
                seen += os.read(screen, 4096)
            elif for_quiet:
                os.write(screen, waiting.pop(0)[1])
            else:
                os.kill(child, signal.SIGKILL)
                ended = False
            while waiting and waiting[0][0] and (found := seen.find(waiting[0][0], since)) >= 0:
                since = found + 1
                os.write(screen, waiting.pop(0)[1])
    return seen, ended
