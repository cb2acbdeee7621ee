"""Many who write and read one file at once, and one who copies it."""

import contextlib
import shutil
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import count, cycle
from pathlib import Path
from typing import Final, NamedTuple

from plantrack.services.workspace import DATABASE
from tests.faults.case import Stage, Wrong
from tests.faults.judge import check_sound
from tests.faults.picture import faults, opened
from tests.faults.processes import Outcome, run
from tests.faults.reads import READS
from tests.faults.worker import Worker

#: How many write.
WRITERS: Final = 16
_READERS: Final = 2
#: As long they work in one try.
SECONDS: Final = 10.0


class Said(NamedTuple):
    """What was typed, and how it ended."""

    words: tuple[str, ...]
    end: Outcome


class Together:
    """16 writers without a pause, two readers and a backup on one file"""

    name = "together"
    few = 1

    def __init__(self, stage: Stage, seconds: float = SECONDS, writers: int = WRITERS) -> None:
        self.stage = stage
        self.seconds = seconds
        self.writers = writers

    def attempt(self, n: int) -> str:
        """Let all work for a while, and count what was acknowledged."""
        folder = self.stage.templates.copy("worked", self.stage.templates.try_folder())
        before, said, wrong = _texts(folder), list[Said](), list[str]()
        with contextlib.ExitStack() as stack:
            workers = [stack.enter_context(Worker(folder)) for _ in range(self.writers)]
            for worker in workers:
                worker.run(("help",))  # from here on it is ready
            own: list[Iterator[None]] = [_writing(*one, said.append) for one in enumerate(workers)]
            own += [_reading(folder, reader, said.append) for reader in range(_READERS)]
            _work([*own, _backing_up(folder, said.append, wrong)], self.seconds)
        _judge(folder, before, said, wrong)
        shutil.rmtree(folder.parent)
        return f"{Counter(one.words[0] for one in said)}"

    def close(self) -> None:
        """Take nothing away: the folder of the run goes."""


Say = Callable[[Said], None]


def _work(everybody: list[Iterator[None]], seconds: float) -> None:
    """Let all go on, each in a thread, until time is up."""
    until = time.monotonic() + seconds

    def work(steps: Iterator[None]) -> None:
        while time.monotonic() < until:
            next(steps)

    running = [threading.Thread(target=work, args=(one,)) for one in everybody]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()


def _writing(writer: int, worker: Worker, say: Say) -> Iterator[None]:
    """Open tasks and tell of each, one command after the other."""

    def given(*words: str) -> Outcome:
        end = worker.run((*words, "--author", f"Người {writer}"))
        say(Said(words, end))
        return end

    for nth in count(1):
        label = given("add", f"Việc {writer}-{nth}", "--area", "3").out.strip()
        yield
        if label:
            given("update", label, "-r", f"kết quả {writer}-{nth}")
        yield


def _reading(folder: Path, reader: int, say: Say) -> Iterator[None]:
    for words in cycle(READS[reader::_READERS]):
        say(Said(words, run(folder, words)))
        yield


def _backing_up(folder: Path, say: Say, wrong: list[str]) -> Iterator[None]:
    """Back the database up over and over, and look at each copy."""
    copy = folder.parent / "copy.db"
    words = ("db", "backup", str(copy))
    while True:
        say(Said(words, run(folder, words)))
        wrong += [f"in the copy: {one}" for one in (faults(copy) if copy.exists() else ["it is not there"])]
        yield


def _texts(folder: Path) -> Counter[str]:
    """Return the titles and the results that there are."""
    with opened(folder / DATABASE) as driver:
        asked = "SELECT title FROM task UNION ALL SELECT result FROM status_update WHERE result IS NOT NULL"
        return Counter(text for (text,) in driver.execute(asked))


def _judge(folder: Path, before: Counter[str], said: list[Said], wrong: list[str]) -> None:
    """Hold that everything acknowledged is there once, and nothing else."""
    wrong += [f"{' '.join(one.words)}: {one.end}" for one in said if one.end.code]
    texts = {"add": 1, "update": 3}
    meant = Counter(
        one.words[texts[one.words[0]]] for one in said if one.words[0] in texts and not one.end.code
    )
    found = _texts(folder) - before
    if found != meant:
        wrong.append(f"lost {meant - found}, not acknowledged {found - meant}")
    labels = [one.end.out for one in said if one.words[0] == "add" and not one.end.code]
    if len({*labels}) != len(labels):
        wrong.append("a label was given twice")
    if wrong:
        raise Wrong("; ".join(wrong[:5]))
    check_sound(folder)
