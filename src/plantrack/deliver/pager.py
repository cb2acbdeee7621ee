"""Long answers, screen by screen, as git has it: a pager of the reader's own choice, on a terminal only."""

import contextlib
import os
import re
import shutil
import signal
import sys
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING

from plantrack.deliver.foreground import left_to_it
from plantrack.deliver.streams import terminal_width, write_stdout
from plantrack.model.text import fold
from plantrack.system import PAGERS, WINDOWS, command_words, is_dumb, terminal_kept

if TYPE_CHECKING:
    from subprocess import Popen

#: What chooses the pager, the first that is set; an empty one and `cat` choose none.
_CHOICES = ("PLANTRACK_PAGER", "PAGER")
#: How a shell says that it could not run a program.
_NOT_RUN = (126, 127)
#: How a pager ends that has no meaning of its own for Ctrl-C.
_INTERRUPTED = (-signal.SIGINT, 128 + signal.SIGINT)
#: Signs with a meaning to a shell, which then reads the choice, where there is one; quotes are read without one.
_FOR_SHELL = re.compile(r"[|&;<>()$`*?\[#~=%]")
_COLOUR = re.compile(rb"\x1b\[[0-9;]*m")
#: The first version of less that can write more than ASCII in its prompt.
_TONED_PROMPT = 591
#: As much as is kept to be printed after all: more than a pipe takes in while nobody reads it.
_KEPT = 1 << 20


def chosen_pager() -> list[str]:
    """Return the command of the pager, empty where none is wanted or there is none."""
    told = next((os.environ[name] for name in _CHOICES if name in os.environ), None)
    if told is None:
        return [name for name in PAGERS if shutil.which(name)][:1]
    if told.strip() in ("", "cat"):
        return []
    try:
        words = command_words(told)
    except ValueError:  # a quote that is not closed
        return []
    if _FOR_SHELL.search(told) and not WINDOWS:
        return ["sh", "-c", told]
    return words if shutil.which(words[0]) else []


def write_paged(data: str | Iterable[bytes], prompt: str, *, at_end: bool = False) -> int:
    """Write to the terminal behind stdout, through a pager what is longer than its screen; return how that ended.

    `prompt`: what less says in its last line; `at_end`: it begins with the last screen, where the newest stands.
    """
    room = _height() - 1  # the last line is the shell's
    command = chosen_pager() if room > 0 else []
    if not command:
        write_stdout(data)
        return 0
    blocks = iter([data.encode("utf-8", "backslashreplace")] if isinstance(data, str) else data)
    begun = _begin(blocks, room)
    if _rows(begun) <= room:
        write_stdout(begun)
        return 0
    if at_end and _is_less(command):
        command.append("+G")
    sys.stdout.flush()
    return _run(command, prompt, begun, blocks)


def _begin(blocks: Iterator[bytes], room: int) -> list[bytes]:
    """Read blocks until they are known to have no room on the screen."""
    begun = list[bytes]()
    while _rows(begun) <= room and (block := next(blocks, None)) is not None:
        begun.append(block)
    return begun


def _rows(blocks: list[bytes]) -> int:
    """Return how many lines of the screen blocks take."""
    lines = _COLOUR.sub(b"", b"".join(blocks)).decode("utf-8", "replace").removesuffix("\n").split("\n")
    width = terminal_width(sys.stdout)
    return sum(max(1, -(-len(line) // width)) for line in lines)


def _height() -> int:
    """Return how many lines the screen has; 0: nobody knows, or it cannot be moved on."""
    if is_dumb():
        return 0
    told = os.environ.get("LINES", "")
    if told.isascii() and told.isdigit() and int(told[:6]):
        return int(told[:6])
    try:
        return os.get_terminal_size(sys.stdout.fileno()).lines
    except (OSError, ValueError):  # no file behind it
        return 0


def _run(command: list[str], prompt: str, begun: list[bytes], rest: Iterator[bytes]) -> int:
    """Show blocks in a pager until it is left, or without it where it cannot be run; return how it ended."""
    import subprocess  # most answers are short

    with terminal_kept():
        try:
            pager = subprocess.Popen(command, stdin=subprocess.PIPE, env=_environment(command, prompt))
        except OSError:
            ended, kept = _NOT_RUN[0], begun
        else:
            with left_to_it():
                kept = _feed(pager, chain(begun, rest))
                ended = pager.wait()
    if ended in _NOT_RUN:
        write_stdout(chain(kept, rest))
        return 0
    if ended in _INTERRUPTED:
        raise KeyboardInterrupt
    return ended


def _feed(pager: "Popen[bytes]", blocks: Iterable[bytes]) -> list[bytes]:
    """Write blocks to a pager until it has had enough; return the first of them."""
    assert pager.stdin is not None
    kept, size = list[bytes](), 0
    with contextlib.suppress(BrokenPipeError), pager.stdin as pipe:
        for block in blocks:
            if size < _KEPT:
                kept.append(block)
                size += len(block)
            pipe.write(block)
    return kept


def _environment(command: list[str], prompt: str) -> dict[str, str]:
    """Return what a pager is told: less keeps colours, ends by itself after one screen, and reads UTF-8 in any locale."""
    if _is_less(command) and _version_of(command[0]) < _TONED_PROMPT:
        prompt = fold(prompt)
    said = re.sub(r"[?:.%\\]", r"\\\g<0>", prompt)
    return {"LESS": f"FRXPs{said}", "LESSCHARSET": "utf-8", "LV": "-c", **os.environ}


def _is_less(command: list[str]) -> bool:
    return os.path.basename(command[0]) == "less"


def _version_of(less: str) -> int:
    """Return the version of less; 0 where it says none."""
    import subprocess

    told = subprocess.run([less, "--version"], capture_output=True, check=False).stdout
    found = re.match(rb"less (\d+)", told)
    return int(found[1]) if found else 0
