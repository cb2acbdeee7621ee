"""Every call that a command makes on its files fails once."""

import random
from pathlib import Path
from typing import Final, NamedTuple

from plantrack.services.workspace import DATABASE
from tests.faults.case import Stage
from tests.faults.processes import Outcome, run
from tests.faults.shim import counting, failing
from tests.faults.work_case import WorkCase
from tests.faults.works import Work

#: The database with what stands beside it, and files that are not whole yet.
FILES: Final = f"{DATABASE}:.plantrack-"
_WRITES = ("write", "pwrite", "pwrite64")
#: How a call may fail.
_OF_WRITES, _OF_OTHERS = ("eio", "enospc", "short", "torn", "eintr"), ("eio", "eintr")


class FailingCall(NamedTuple):
    """A call of a command, and how it fails."""

    at: int
    call: str
    how: str


class IoErrors(WorkCase):
    """each call on the database and on files that are written fails once: EIO, ENOSPC, EINTR, half a write"""

    name = "io"

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self.points: dict[Work, list[FailingCall]] = {}

    def fault(self, work: Work, folder: Path, lot: random.Random, nth: int) -> tuple[Outcome, str]:
        """Let a call fail; all of them have their turn."""
        points = self._points(work)
        one = points[nth % len(points)]
        settings = counting(self.stage.folder, FILES, folder.parent / "calls")
        done = run(folder, work.words, failing(settings, one.at, one.how))
        return done, f"{one.call} {one.at} {one.how} of {len(points)}"

    def _points(self, work: Work) -> list[FailingCall]:
        if work not in self.points:
            with self.place(work) as folder:
                log = folder.parent / "calls"
                run(folder, work.words, counting(self.stage.folder, FILES, log))
                calls = log.read_text().split()
            self.points[work] = [
                FailingCall(at, call, how)
                for at, call in enumerate(calls, 1)
                for how in (_OF_WRITES if call in _WRITES else _OF_OTHERS)
            ]
            self.stage.lot(self.name, work.name).shuffle(self.points[work])
        return self.points[work]
