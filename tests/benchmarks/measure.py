"""Whole processes, interleaved: absolute times drift, so what is compared ran in the same round."""

import os
import statistics
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.benchmarks import launch

#: What would make a process another one than people have.
_UNSET = ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", "PYTHONPATH", "PLANTRACK_DEBUG")


class Command(NamedTuple):
    """A process to start, and where."""

    words: Sequence[str]
    folder: Path
    terminal: bool = False


class Run(NamedTuple):
    """What a process took: seconds, and megabytes at its peak."""

    wall: float
    cpu: float
    peak: float


class Spread(NamedTuple):
    """The median of some ratios, with their quartiles."""

    median: float
    low: float
    high: float


def environment() -> dict[str, str]:
    """Return the environment of every process that is measured."""
    kept = {name: value for name, value in os.environ.items() if name not in _UNSET}
    return {"LC_ALL": "C.UTF-8", **kept, "PLANTRACK_USER": "Ví dụ 001"}


def run(command: Command) -> Run:
    """Run a process; where it fails, so does the benchmark."""
    where = "terminal" if command.terminal else "pipe"
    words = [sys.executable, "-I", "-S", launch.__file__, where, *command.words]
    done = subprocess.run(
        words, cwd=command.folder, env=environment(), stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )  # fmt: skip
    wall, cpu, peak, code = done.stdout.split() or ("0", "0", "0", "1")
    if int(code) or done.returncode:
        raise SystemExit(f"{' '.join(command.words)}: exit {code}\n{done.stderr}")
    return Run(float(wall), float(cpu), int(peak) / 1024)


def interleaved(
    commands: Mapping[str, Callable[[], Command]], rounds: int, seconds: float
) -> dict[str, list[Run]]:
    """Run some processes by turns, after once unmeasured; in fewer rounds, down to three, where they take long.

    The first round is all there is where that alone takes more time than there is.
    """

    def turn() -> dict[str, Run]:
        return {name: run(make()) for name, make in commands.items()}

    first = turn()
    spent = sum(took.wall for took in first.values())
    turns = [first] if spent > seconds else [turn() for _ in range(max(3, min(rounds, int(seconds / spent))))]
    return {name: [of[name] for of in turns] for name in commands}


def ratios(ours: Sequence[Run], floor: Sequence[Run], less: Sequence[Run] | None = None) -> Spread:
    """Compare CPU times round by round; `less`: what is to be taken off ours first."""
    base = [r.cpu for r in less] if less else [0.0] * len(ours)
    return spread([(a.cpu - c) / b.cpu for a, b, c in zip(ours, floor, base, strict=True)])


def spread(values: Sequence[float]) -> Spread:
    """Return the median of some values, and their quartiles."""
    if len(values) == 1:
        return Spread(values[0], values[0], values[0])
    low, _, high = statistics.quantiles(values, n=4, method="inclusive")
    return Spread(statistics.median(values), low, high)
