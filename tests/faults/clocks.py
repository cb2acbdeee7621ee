"""A clock that goes back, and ahead, between commands."""

import random
import shutil
from pathlib import Path
from typing import Final

from plantrack.services.workspace import DATABASE
from tests.faults.case import Stage, Wrong
from tests.faults.judge import check_sound
from tests.faults.picture import opened
from tests.faults.processes import run
from tests.faults.shim import built

_HOUR: Final = 3600
_DAY: Final = 24 * _HOUR
_COMMANDS: Final = 3


class Clocks:
    """commands under a clock that jumps back and ahead: moments increase, and nothing is lost or named twice"""

    name = "clocks"
    few = 1

    def __init__(self, stage: Stage) -> None:
        self.stage = stage

    def attempt(self, n: int) -> str:
        """Give some commands, each under a clock of its own."""
        lot = self.stage.lot(self.name, n)
        folder = self.stage.templates.copy("worked", self.stage.templates.try_folder())
        jumps = [_jump(lot) for _ in range(_COMMANDS)]
        for at, ahead in enumerate(jumps):
            self._given(folder, f"Việc {at}", ahead)
        check_sound(folder)
        self._hold(folder)
        shutil.rmtree(folder.parent)
        return f"{[round(ahead / _DAY, 2) for ahead in jumps]} days"

    def _given(self, folder: Path, title: str, ahead: int) -> None:
        """Open a task, and tell of it at once: what is told last is what stands."""
        clock = {"LD_PRELOAD": str(built(self.stage.folder)), "FAULTS_CLOCK": str(ahead)}
        added = run(folder, ("add", title, "--area", "3"), clock)
        told = run(folder, ("update", added.out.strip(), "-p", "40", "-r", title), clock)
        if (added.code, told.code) != (0, 0):
            raise Wrong(f"{ahead} s ahead: {added}, {told}")

    def _hold(self, folder: Path) -> None:
        with opened(folder / DATABASE) as driver:
            asked = "SELECT title, percent, opened_on <= updated_on FROM task WHERE title LIKE 'Việc _' ORDER BY number"
            found = driver.execute(asked).fetchall()
        meant = [(f"Việc {at}", 40, 1) for at in range(_COMMANDS)]
        if found != meant:
            raise Wrong(f"{found}, not {meant}")

    def close(self) -> None:
        """Take nothing away: the folder of the run goes."""


def _jump(lot: random.Random) -> int:
    """Return by how many seconds the clock is wrong: by little, by hours, by years."""
    return round(lot.choice([1, 90, 5 * _HOUR, 3 * _DAY, 400 * _DAY, 9000 * _DAY]) * lot.uniform(-1, 1))
