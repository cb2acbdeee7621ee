"""The program as a process with an environment of its own, and inside this one."""

import contextlib
import io
import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import IO, NamedTuple

import plantrack
from plantrack.cli.app import main
from plantrack.services.context import Clock, utc_now

#: Who is at work in all of it.
AUTHOR = "Người thử"
PROGRAM = (sys.executable, "-m", "plantrack")
#: No command takes longer, however busy the machine.
PATIENCE_S = 300.0
_NONE: Mapping[str, str] = MappingProxyType({})
_SETTINGS = {"PLANTRACK_USER": AUTHOR, "COLUMNS": "80"}


class Outcome(NamedTuple):
    """How a command ended: its code (negative: the signal that ended it), and what it said."""

    code: int
    out: str = ""
    err: str = ""

    @property
    def said(self) -> str:
        """Return the stable code of the failure that it told; empty: none."""
        found = re.findall(r"\[([a-z][a-z-]+)\]", self.err)
        return found[-1] if found else ""

    @property
    def is_killed(self) -> bool:
        return self.code < 0


def environment(more: Mapping[str, str] = _NONE) -> dict[str, str]:
    """Return the environment of a process: the sources that this one has, and no setting of who runs it."""
    paths = [str(Path(plantrack.__file__).parents[1]), str(Path(__file__).parents[2])]
    return {"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(paths), **_SETTINGS, **more}


def start(
    folder: Path,
    words: Sequence[str],
    more: Mapping[str, str] = _NONE,
    under: Sequence[str] = (),
    out: int | IO[str] = subprocess.PIPE,
) -> "subprocess.Popen[str]":
    """Start a command in a folder; `under`: the program that it runs under."""
    return subprocess.Popen(
        [*under, *PROGRAM, *words], cwd=folder, env=environment(more), text=True,
        stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.PIPE,
    )  # fmt: skip


def ended(process: "subprocess.Popen[str]") -> Outcome:
    """Wait for the end of a command."""
    try:
        out, err = process.communicate(timeout=PATIENCE_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        raise
    return Outcome(process.returncode, out or "", err or "")


def run(
    folder: Path, words: Sequence[str], more: Mapping[str, str] = _NONE, under: Sequence[str] = ()
) -> Outcome:
    """Run a command in a process of its own."""
    return ended(start(folder, words, more, under))


def inside(folder: Path, words: Sequence[str], clock: Clock = utc_now, out: IO[str] | None = None) -> Outcome:
    """Run a command in this process: what is only looked at costs a tenth so; `out`: where its answer goes."""
    said, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="\n") for _ in range(2))
    before = Path.cwd()
    settings = {**_SETTINGS, "PLANTRACK_DEBUG": ""}
    kept = {name: os.environ.get(name) for name in settings}
    os.chdir(folder)
    os.environ.update(settings)
    try:
        with contextlib.redirect_stdout(out or said), contextlib.redirect_stderr(err):
            code = main(list(words), clock)
    finally:
        os.chdir(before)
        for name, value in kept.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})
    return Outcome(int(code), *(_text(stream) for stream in (said, err)))


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    stream.seek(0)
    return stream.read()
