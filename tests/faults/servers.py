"""Many who write to one server, which is killed and starts again, or leaves its place to another one."""

import contextlib
import random
import shutil
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Final, NamedTuple

from tests.faults.case import NotHere, Stage, Wrong
from tests.faults.lines import NOTHING, UNKNOWN, numbers
from tests.faults.processes import Outcome
from tests.faults.worker import Worker
from tests.support.office import Office, office
from tests.support.postgres_server import PostgresServer, missing, running_server

#: How many write, each a process.
WRITERS: Final = 16
#: As long they work in one try.
SECONDS: Final = 20.0
#: What is acknowledged is in the log by then: a process may die, the machine does not.
_SETTINGS: Final = {"synchronous_commit": "on"}
#: Besides, what may be said while a server comes back: all of it says that nothing was recorded.
_SAID: Final = (*NOTHING, "server-crowded", "server-standby", "database-locked")


class Said(NamedTuple):
    """A text that was typed, and how that ended."""

    text: str
    end: Outcome


class Servers:
    """16 writers on a server that is killed and starts again, over and over"""

    name = "servers"
    few = 1

    def __init__(self, stage: Stage, seconds: float = SECONDS, writers: int = WRITERS) -> None:
        if why := missing():
            raise NotHere(why)
        self.stage = stage
        self.seconds = seconds
        self.writers = writers

    def attempt(self, n: int) -> str:
        """Let all write for a while, and count what was acknowledged."""
        lot = self.stage.lot(self.name, n)
        folder = self.stage.templates.copy("planned", self.stage.templates.try_folder())
        with running_server(_SETTINGS) as server, office(server, folder) as at:
            return tried(at, at.address(), self.writers, self.seconds, _killing(server, lot, self.seconds))

    def close(self) -> None:
        """Take nothing away: the folder of the run goes."""


class Standby(Servers):
    """16 writers on a server that dies, and another one that takes over; one address names both"""

    name = "standby"

    def attempt(self, n: int) -> str:
        """Let all write for a while, and count what was acknowledged."""
        lot = self.stage.lot(self.name, n)
        folder = self.stage.templates.copy("planned", self.stage.templates.try_folder())
        with running_server(_SETTINGS) as server, office(server, folder) as at, _follower(server) as other:
            hosts = f"127.0.0.1:{server.port},127.0.0.1:{other.port}"
            both = f"postgresql://postgres@{hosts}/{at.database}?target_session_attrs=read-write"
            taken_over = at._replace(server=other)
            try:
                return tried(
                    taken_over, both, self.writers, self.seconds, _promoting(server, other, lot, self.seconds)
                )
            finally:  # it ends as it was begun, and waits for nobody
                server.settings["synchronous_standby_names"] = ""
                server.start()


@contextlib.contextmanager
def _follower(server: PostgresServer) -> Iterator[PostgresServer]:
    folder = Path(tempfile.mkdtemp(prefix="pt-pg-", dir=server.folder.parent))
    other = server.standby(folder)
    try:
        yield other
    finally:
        other.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _killing(server: PostgresServer, lot: random.Random, seconds: float) -> Iterator[float]:
    """Yield how long to wait before each kill; what was killed starts again."""
    until = time.monotonic() + seconds
    while time.monotonic() < until - 2:
        yield lot.uniform(0.7, 3.0)
        server.kill()
        yield lot.uniform(0, 1.0)
        server.start()


def _promoting(
    server: PostgresServer, other: PostgresServer, lot: random.Random, seconds: float
) -> Iterator[float]:
    yield lot.uniform(0.2, 0.6) * seconds
    server.kill()
    yield lot.uniform(0, 1.0)
    other.promote()


def tried(at: Office, address: str, writers: int, seconds: float, dying: Iterator[float]) -> str:
    """Let writers work while a server dies, and hold that it is there once what was acknowledged."""
    said = list[Said]()
    with contextlib.ExitStack() as stack:
        workers = [stack.enter_context(Worker(at.folder)) for _ in range(writers)]
        for worker in workers:
            worker.run(("help",))  # from here on it is ready
        until = time.monotonic() + seconds
        threads = [
            threading.Thread(target=_write, args=(number, worker, address, until, said))
            for number, worker in enumerate(workers)
        ]
        for thread in threads:
            thread.start()
        deaths = 0
        try:
            for pause in dying:
                time.sleep(pause)
                deaths += 1
        finally:
            for thread in threads:
                thread.join()
    _judge(at, said)
    ends = Counter(one.end.said or "done" for one in said)
    return f"{deaths // 2} deaths, {dict(ends.most_common())}"


def _write(number: int, worker: Worker, address: str, until: float, said: list[Said]) -> None:
    """Open tasks and tell of each, one command after the other."""

    def given(text: str, *words: str) -> str:
        end = worker.run(("--db", address, *words, "--author", f"Người {number}"))
        said.append(Said(text, end))
        if end.code:
            time.sleep(0.05)
        return end.out.strip()

    for nth in count(1):
        if label := given(title := f"Việc {number}-{nth}", "add", title, "--area", "3"):
            given(told := f"kết quả {number}-{nth}", "update", label, "-r", told)
        if time.monotonic() > until:
            return


def _judge(at: Office, said: list[Said]) -> None:
    wrong = list[str]()
    asked = "SELECT title FROM task UNION ALL SELECT result FROM status_update WHERE result IS NOT NULL"
    with at.opened() as db:
        found = Counter(text for (text,) in db.query(asked))
    for text, end in said:
        allowed = {1} if end.code == 0 else {0, 1} if end.said == UNKNOWN else {0}
        if found[text] not in allowed:
            wrong.append(f"{text} is there {found[text]} times, and was told so: {end}")
        if end.code and end.said not in (*_SAID, UNKNOWN):
            wrong.append(f"{text}: {end}")
    if more := {*found} - {text for text, _ in said}:
        wrong.append(f"nobody typed {more}")
    labels = [end.out for text, end in said if end.code == 0 and text.startswith("Việc")]
    if len({*labels}) < len(labels):
        wrong.append("a label was given twice")
    numbers(at)
    checked = at.run("db", "check")
    if checked.code:
        wrong.append(f"`db check` ended with {checked}")
    if wrong:
        raise Wrong("; ".join(wrong[:5]))
