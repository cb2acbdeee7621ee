"""What cases share that try each command that writes."""

import contextlib
import random
import shutil
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.faults.case import Stage
from tests.faults.judge import Reference, judge
from tests.faults.processes import Outcome, run
from tests.faults.works import WORKS, Work


class WorkCase:
    """Commands in an order drawn by lot, each in a copy of its workspace; a kind of fault says what happens to it."""

    name = ""
    few = 2
    works: Sequence[Work] = WORKS
    #: Whether a command may be there though it said otherwise.
    may_differ = False

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.references: dict[Work, Reference] = {}
        self.lives: dict[Work, float] = {}
        self.order = [work for work in self.works if not stage.of or work.command in stage.of]
        stage.lot(self.name).shuffle(self.order)

    def attempt(self, n: int) -> str:
        """Do a fault to a command, and look at what is left."""
        work, lot = self.order[n % len(self.order)], self.stage.lot(self.name, n)
        reference = self.references.setdefault(work, Reference(self.stage, work))
        with self.place(work) as folder:
            ended, what = self.fault(work, folder, lot, n // len(self.order))
            is_there = judge(reference, folder, ended, may_differ=self.may_differ)
        return f"{work.name}: {what}: {ended.code} {ended.said} {'there' if is_there else 'not there'}"

    def fault(self, work: Work, folder: Path, lot: random.Random, nth: int) -> tuple[Outcome, str]:
        """Do a fault, the nth to this command; return how it ended, and what was done."""
        raise NotImplementedError

    @contextlib.contextmanager
    def place(self, work: Work) -> Iterator[Path]:
        """Make a copy of the workspace that a command needs."""
        folder = self.stage.templates.copy(work.template, self.stage.templates.try_folder())
        yield folder
        shutil.rmtree(folder.parent)

    def life(self, work: Work) -> float:
        """Return how long a command lives that is let be."""
        if work not in self.lives:
            with self.place(work) as folder:
                begun = time.monotonic()
                run(folder, work.words)
                self.lives[work] = time.monotonic() - begun
        return self.lives[work]

    def close(self) -> None:
        """Take nothing away: the folder of the run goes."""
