"""Commands that make a folder of their own, killed: what is there is sound, and it can be done again."""

import contextlib
import shutil
import subprocess

from plantrack.services.workspace import DATABASE
from tests.faults.case import Stage, Wrong
from tests.faults.judge import check_sound
from tests.faults.processes import ended, inside, run, start


class Folders:
    """demo, killed at a moment drawn by lot"""

    name = "folders"
    few = 1

    def __init__(self, stage: Stage) -> None:
        self.stage = stage

    def attempt(self, n: int) -> str:
        """Kill the making of the example, and make it elsewhere."""
        folder = self.stage.templates.copy("empty", self.stage.templates.try_folder())
        after = self.stage.lot(self.name, n).uniform(0.2, 1.2)
        process = start(folder, ("demo", "vi-du"))
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(after)
        process.kill()
        done = ended(process)
        listed = inside(folder, ("-C", "vi-du", "list", "--all"))
        if done.code == 0 and listed.code:
            raise Wrong(f"acknowledged, and not there: {listed}")
        if listed.code not in (0, 3, 6) or (listed.code == 6 and listed.said != "database-unfinished"):
            raise Wrong(f"killed after {after:.3f} s it cannot be read: {listed}")
        if listed.code == 0:
            check_sound(folder / "vi-du")
        again = run(folder, ("demo", "vi-du-2"))
        if again.code or not (folder / "vi-du-2" / DATABASE).exists():
            raise Wrong(f"again: {again}")
        check_sound(folder / "vi-du-2")
        shutil.rmtree(folder.parent)
        return f"after {after:.3f} s: {done.code}, list {listed.code} {listed.said}"

    def close(self) -> None:
        """Take nothing away: the folder of the run goes."""
