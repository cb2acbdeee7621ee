"""Two commands at once that speak of the same thing: both have read what was, and one waits for the other."""

import contextlib
import json
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from plantrack.services.workspace import DATABASE
from tests.faults.case import Stage, Wrong
from tests.faults.judge import check_sound
from tests.faults.picture import opened
from tests.faults.processes import Outcome, ended, inside, start

#: As long both may take to read what is there, before one of them may write.
_READING_S = 1.2


class Pair(NamedTuple):
    """Commands that are given at once, and what must come of them."""

    words: tuple[tuple[str, ...], ...]
    holds: Callable[[Path, Sequence[Outcome]], bool]
    #: In a database that is there, both are let read it before either may write.
    template: str = "worked"


def _codes(*codes: int) -> Callable[[Path, Sequence[Outcome]], bool]:
    """Return whether processes ended so, in any order."""
    return lambda _, ends: sorted(end.code for end in ends) == sorted(codes)


def _count(folder: Path, sql: str) -> int:
    with opened(folder / DATABASE) as driver:
        return int(driver.execute(sql).fetchone()[0])


def _both_edits(folder: Path, ends: Sequence[Outcome]) -> bool:
    """Both corrections stand, each of its own field."""
    (task,) = json.loads(inside(folder, ("show", "13", "--format", "json")).out)["data"]
    return _codes(0, 0)(folder, ends) and (task["title"], task["priority"]) == ("Một", "high")


def _same_field(folder: Path, ends: Sequence[Outcome]) -> bool:
    """Both corrections of a field are there, and the later one goes on from what the earlier one made of it."""
    with opened(folder / DATABASE) as driver:
        asked = (
            "SELECT old_value, new_value FROM change WHERE field = 'title' ORDER BY recorded_at DESC LIMIT 2"
        )
        (before, now), (_, between) = driver.execute(asked).fetchall()
    return _codes(0, 0)(folder, ends) and before == between and {between, now} == {"Một", "Hai"}


def _both_updates(folder: Path, ends: Sequence[Outcome]) -> bool:
    told = _count(folder, "SELECT COUNT(*) FROM status_update WHERE result IN ('một', 'hai')")
    return _codes(0, 0)(folder, ends) and told == 2


def _one_undo(folder: Path, ends: Sequence[Outcome]) -> bool:
    return (
        _codes(0, 4)(folder, ends)
        and _count(
            folder,
            "SELECT COUNT(*) FROM withdrawal WHERE command = (SELECT uid FROM command WHERE number = (SELECT MAX(number) FROM command))",
        )
        == 1
    )


def _one_import(folder: Path, ends: Sequence[Outcome]) -> bool:
    rows = _count(folder, "SELECT COUNT(*) FROM task WHERE title LIKE 'Việc nhập%'")
    return all(end.code in (0, 4) for end in ends) and rows == 2


def _one_reading(folder: Path, ends: Sequence[Outcome]) -> bool:
    told = _count(folder, "SELECT COUNT(*) FROM status_update WHERE result = 'đã gửi'")
    return all(end.code in (0, 4) for end in ends) and told == 1


def _one_revision(folder: Path, ends: Sequence[Outcome]) -> bool:
    """The plan's new file is one more revision."""
    return (
        all(end.code in (0, 4) for end in ends)
        and _count(folder, "SELECT MAX(revision) FROM plan_revision") == 4
    )


def _one_restored(folder: Path, ends: Sequence[Outcome]) -> bool:
    return all(end.code in (0, 4) for end in ends) and _count(folder, "SELECT COUNT(*) FROM command") == 65


def _two_tasks(folder: Path, ends: Sequence[Outcome]) -> bool:
    labels = sorted(int(end.out) for end in ends)
    return _codes(0, 0)(folder, ends) and labels == [22, 23]


def _one_made(folder: Path, ends: Sequence[Outcome]) -> bool:
    return _codes(0, 0)(folder, ends) and _count(folder, "SELECT COUNT(*) FROM plan_revision") == 1


def _one_name(folder: Path, ends: Sequence[Outcome]) -> bool:
    kept = _count(folder, "SELECT COUNT(DISTINCT label) = COUNT(*) FROM person")
    return all(end.code in (0, 4) for end in ends) and kept == 1


def _same(*words: str) -> tuple[tuple[str, ...], ...]:
    return (words, words)


_UNDO: Final = ("undo", "c40", "--yes")
PAIRS: Final = {
    "two edits": Pair((("edit", "13", "--title", "Một"), ("edit", "13", "--priority", "cao")), _both_edits),
    "one field": Pair((("edit", "13", "--title", "Một"), ("edit", "13", "--title", "Hai")), _same_field),
    "two updates": Pair((("update", "1", "-r", "một"), ("update", "1", "-r", "hai")), _both_updates),
    "two undos": Pair((_UNDO, _UNDO), _one_undo),
    "two imports": Pair(_same("import", "viec.csv", "--yes"), _one_import),
    "two form reads": Pair(_same("form", "read", "bieu-2.xlsx"), _one_reading),
    "two plan applies": Pair(_same("plan", "apply", "plans/kh-468-2024.yaml"), _one_revision),
    "two tasks": Pair(_same("add", "Việc", "--area", "3"), _two_tasks),
    "one new person": Pair(_same("assign", "13", "--to", "Cúc", "--new-person"), _one_name),
    "two restores": Pair(_same("import", "all.jsonl"), _one_restored, "exported"),
    "two inits": Pair(_same("init"), _one_made, "empty"),
}


class AtOnce:
    """two edits, undos, imports, form reads, plan applies … of the same thing at once"""

    name = "at-once"
    few = 2

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.order = [*PAIRS]
        stage.lot(self.name).shuffle(self.order)

    def attempt(self, n: int) -> str:
        """Start both, let them read, and then write."""
        name = self.order[n % len(self.order)]
        pair, lot = PAIRS[name], self.stage.lot(self.name, n)
        folder = self.stage.templates.copy(pair.template, self.stage.templates.try_folder())
        with _held(folder / DATABASE, lot.uniform(0, _READING_S)):
            running = [start(folder, words) for words in pair.words]
        ends = [ended(process) for process in running]
        if not pair.holds(folder, ends):
            raise Wrong(f"{name}: {ends}")
        check_sound(folder)
        shutil.rmtree(folder.parent)
        return f"{name}: {[(end.code, end.said) for end in ends]}"

    def close(self) -> None:
        """Take nothing away: the folder of the run goes."""


@contextlib.contextmanager
def _held(file: Path, seconds: float) -> Iterator[None]:
    """Hold the lock of a database for a while after what is started meanwhile."""
    if not file.exists():
        yield
        return
    with contextlib.closing(sqlite3.connect(file, isolation_level=None)) as driver:
        driver.execute("BEGIN IMMEDIATE")
        yield
        time.sleep(seconds)
        driver.execute("ROLLBACK")
