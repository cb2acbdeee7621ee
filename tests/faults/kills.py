"""SIGKILL at a moment drawn by lot, and at a system call."""

import contextlib
import os
import random
import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path

from tests.faults.case import NotHere, Stage
from tests.faults.processes import Outcome, ended, run, start
from tests.faults.work_case import WorkCase
from tests.faults.works import Work


class Kills(WorkCase):
    """every command that writes, killed at a moment drawn by lot"""

    name = "kills"
    #: The share of its life that a command may live for certain: it loads its modules then.
    begins = 0.4

    def fault(self, work: Work, folder: Path, lot: random.Random, nth: int) -> tuple[Outcome, str]:
        """Kill a process, be it by its end."""
        after = lot.uniform(self.begins, 1.02) * self.life(work)
        process = start(folder, work.words)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(after)
        process.kill()
        return ended(process), f"after {after:.3f} s"


#: The calls that change something, or on which the order of changes hangs.
_CALLS = (
    *("openat", "pwrite64", "write", "fsync", "fdatasync", "ftruncate", "unlink", "rename", "link", "mkdir"),
    *("pread64", "fcntl", "mmap", "fchown", "chmod", "close"),
)
#: The files that a command begins its work with.
_BEGINS = re.compile(r'plantrack\.db|"plans|/plans/|\.plantrack-|\.csv"|\.jsonl"|bieu-')


class Calls(WorkCase):
    """every command that writes, killed at its Nth system call (strace)"""

    name = "calls"

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self.points: dict[Work, list[tuple[str, int]]] = {}

    def fault(self, work: Work, folder: Path, lot: random.Random, nth: int) -> tuple[Outcome, str]:
        """Kill a process as it makes a call; all of its calls have their turn."""
        points = self._points(work)
        call, at = points[nth % len(points)]
        # Its filter (`--seccomp-bpf`) would be quicker, and injects no signal.
        killed = [
            "strace",
            "-f",
            "-qq",
            "-o",
            os.devnull,
            "-e",
            f"trace={call}",
            "-e",
            f"inject={call}:signal=KILL:when={at}",
        ]
        return run(folder, work.words, under=killed), f"{call} {at} of {len(points)} points"

    def _points(self, work: Work) -> list[tuple[str, int]]:
        """Return the calls that a command makes once it has looked at its workspace, in an order drawn by lot."""
        if work not in self.points:
            with self.place(work) as folder:
                log = folder.parent / "calls"
                refuse_no_strace(folder.parent)
                traced = ["strace", "-f", "--seccomp-bpf", "-o", str(log), "-e", f"trace={','.join(_CALLS)}"]
                run(folder, work.words, under=traced)
                lines = log.read_text("utf-8", "replace").splitlines()
            self.points[work] = _later(lines)
            self.stage.lot(self.name, work.name).shuffle(self.points[work])
        return self.points[work]


def _later(lines: list[str]) -> list[tuple[str, int]]:
    """Return the calls of the first process from the first one on that names a file of its, each with its number."""
    counts, found, has_begun = Counter[str](), list[tuple[str, int]](), False
    first = lines[0].split()[0]
    for line in lines:
        if (call := re.match(rf"{first} +(\w+)\(", line)) is None:
            continue
        counts[call[1]] += 1
        has_begun = has_begun or _BEGINS.search(line) is not None
        if has_begun:
            found.append((call[1], counts[call[1]]))
    return found


def refuse_no_strace(folder: Path) -> None:
    """Raise `NotHere` where no process can be traced."""
    if shutil.which("strace") is None:
        raise NotHere("there is no strace")
    tried = ["strace", "-f", "--seccomp-bpf", "-o", os.devnull, "-e", "trace=unlink", "true"]
    done = subprocess.run(tried, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NotHere(f"strace cannot trace: {done.stderr.strip()}")
