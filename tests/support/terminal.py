"""The program in a process of its own, on a real terminal (a pseudo-terminal)."""

import os
import pty
import sys
from pathlib import Path


def on_terminal(workspace: Path, *args: str, typed: str = "") -> str:
    """Return all that a person would see of one command; `typed`: what they type into it."""
    environment = {
        "PLANTRACK_USER": "Người thử",
        "TERM": "xterm",
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.environ.get("PYTHONPATH", ""),
        "COLUMNS": "100",
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
