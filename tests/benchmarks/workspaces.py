"""The workspaces that are measured: made once, kept, and written to only so that nobody notices."""

import json
import random
import shutil
import sqlite3
import sys
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from tests.benchmarks.data import DATABASE, RECORD, make, schema_hash
from tests.benchmarks.measure import Command, run
from tests.benchmarks.plan_files import plan_text

#: Up to so many tasks a copy is written to; among more, some dozens of rows are nothing.
_COPIED = 10_000
#: So many days old, data is still of today: what is overdue or lately said hardly changes.
_FRESH_DAYS = 14


class Workspaces:
    """Workspaces by their numbers of tasks."""

    def __init__(self, folder: Path, work: Path, program: str, updates_each: int) -> None:
        self.folder = folder
        self.work = work
        self.program = program
        self.updates_each = updates_each
        self._open = dict[int, list[int]]()
        self._copies = dict[int, Path]()

    def of(self, tasks: int) -> Path:
        """Return the workspace of so many tasks; where there is none of these days, it is made."""
        folder = self.folder / f"{tasks}x{self.updates_each}"
        if folder.exists() and not self._is_fresh(folder):
            shutil.rmtree(folder)
        if not folder.exists():
            print(f"making a workspace of {tasks:,} tasks", file=sys.stderr)
            made = folder.with_name(f"{folder.name}.making")
            shutil.rmtree(made, ignore_errors=True)
            make(made, tasks, self.updates_each, today=date.today().isoformat())
            made.rename(folder)
        return folder

    def _is_fresh(self, folder: Path) -> bool:
        made = json.loads((folder / RECORD).read_text(encoding="utf-8"))
        if made["schema"] != schema_hash():
            return False
        return (date.today() - date.fromisoformat(made["today"])).days <= _FRESH_DAYS

    def command(
        self,
        words: Sequence[str],
        tasks: int,
        *,
        writes: bool = False,
        terminal: bool = False,
        completed: bool = False,
    ) -> Command:
        """Return a command of the program in a workspace; `{task}`: an open one, `{past}`: the end of last month.

        `completed`: as a shell asks for what may stand at its end.
        """
        filled = [self._filled(word, tasks) for word in words]
        folder = self._to_write(tasks) if writes else self.of(tasks)
        asked = ["env", "PLANTRACK_COMPLETE=zsh"] if completed else []
        return Command([*asked, self.program, *filled], folder, terminal)

    def _filled(self, word: str, tasks: int) -> str:
        if word == "{past}":
            return (date.today().replace(day=1) - timedelta(days=1)).isoformat()
        return str(self._open_task(tasks)) if word == "{task}" else word

    def _open_task(self, tasks: int) -> int:
        """Return the number of an open task: each time another one, or one would have more said of it than others."""
        if tasks not in self._open:
            db = sqlite3.connect(self.of(tasks) / DATABASE)
            found = db.execute("SELECT number FROM task WHERE is_open = 1 AND plan LIKE 'vi-du-%' LIMIT 2000")
            self._open[tasks] = [number for (number,) in found]
            db.close()
        return random.choice(self._open[tasks])

    def _to_write(self, tasks: int) -> Path:
        if tasks > _COPIED:
            return self.of(tasks)
        if tasks not in self._copies:
            self._copies[tasks] = self.work / f"{tasks}"
            shutil.copytree(self.of(tasks), self._copies[tasks])
        return self._copies[tasks]

    def of_plan(self, activities: int) -> Path:
        """Return a folder with a plan file of so many activities."""
        folder = self.work / f"plan-{activities}"
        if not folder.exists():
            (folder / "plans").mkdir(parents=True)
            (folder / "plans" / "kh-lon.yaml").write_text(plan_text(activities), encoding="utf-8")
        return folder

    def of_plan_alone(self, name: str) -> Path:
        """Return a workspace without tasks, the same each time, in place of one that had this name."""
        first, folder = self.work / "plan-alone", self.work / name
        if not first.exists():
            run(Command([self.program, "init", str(first)], self.work))
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(first, folder)
        return folder

    def megabytes(self, tasks: int) -> float:
        """Return the size of a workspace's data."""
        return (self.of(tasks) / DATABASE).stat().st_size / 1e6
