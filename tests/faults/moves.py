"""A database that moves to a server or back, killed on its way: one of the two takes what is recorded, or none yet."""

import contextlib
import json
import shutil
import subprocess
import time
from pathlib import Path
from typing import Final, NamedTuple

from plantrack.services.workspace import DATABASE
from tests.faults.case import NotHere, Stage, Wrong
from tests.faults.processes import Outcome, ended, inside, start
from tests.support.postgres_server import missing, running_server

#: So many times a move is killed before it is let go on to its end.
_MOST_KILLS: Final = 3
#: So many times a command that waits for a lock is run.
_MOST_WAITS: Final = 5
#: What a place that is not worked in says to whoever records something: it is elsewhere, or not there yet.
_NOT_HERE: Final = (
    *("database-moved", "database-to-read", "database-missing", "no-database", "server-empty", "server-unfinished"),
)  # fmt: skip


class _Move(NamedTuple):
    """A database that moves: from where, to where, and the folder in which people work."""

    folder: Path
    source: str
    target: str

    def record(self, place: str, title: str) -> Outcome:
        return inside(self.folder, ("--db", place, "add", title, "--area", "3"))

    def titles(self, place: str) -> list[str]:
        done = inside(self.folder, ("--db", place, "list", "--all", "--format", "json"))
        if done.code:
            raise Wrong(f"what was moved cannot be read: {done}")
        return [task["title"] for task in json.loads(done.out)["data"]]


class Moves:
    """`db copy` that moves a database to a server or back, killed at any moment, and run again"""

    name = "moves"
    few = 4

    def __init__(self, stage: Stage) -> None:
        if why := missing():
            raise NotHere(why)
        self.stage = stage
        self.stack = contextlib.ExitStack()
        self.server = self.stack.enter_context(running_server())
        #: How long a move takes that nobody kills.
        self.takes = 2.0

    def attempt(self, n: int) -> str:
        """Kill a move some times, record in between where that is allowed, and let it come to its end."""
        lot = self.stage.lot(self.name, n)
        folder = self.stage.templates.copy("worked", self.stage.templates.try_folder())
        with self.server.database() as address:
            there = _Move(folder, str(folder / DATABASE), address)
            back = _Move(folder, address, str(folder / "back.db"))
            move, told = there, []
            if n % 2:
                self._finished(there)
                move = back
            recorded = list[str]()
            for kill in range(lot.randint(1, _MOST_KILLS)):
                copying = start(folder, ("db", "copy", move.source, move.target))
                with contextlib.suppress(subprocess.TimeoutExpired):
                    copying.wait(lot.uniform(0.2, self.takes))
                copying.kill()
                told.append(str(ended(copying).code))
                recorded += self._recorded(move, f"việc {n}-{kill}")
            worked_in = self._finished(move)
            found = sorted(title for title in move.titles(worked_in) if title.startswith(f"việc {n}-"))
            if recorded != found:
                raise Wrong(f"recorded were {recorded}, and there are {found}")
        shutil.rmtree(folder)
        return f"{'from' if n % 2 else 'to'} a server: ended as {', '.join(told)}; {len(recorded)} recorded"

    def _recorded(self, move: _Move, title: str) -> list[str]:
        """Record in the target, then in the source: return what was, by one of them at most."""
        ends = [move.record(place, f"{title} {i}") for i, place in enumerate((move.target, move.source))]
        done = [f"{title} {i}" for i, end in enumerate(ends) if end.code == 0]
        if len(done) > 1:
            raise Wrong(f"both take what is recorded: {ends}")
        if odd := [end for end in ends if end.code and end.said not in _NOT_HERE]:
            raise Wrong(f"refused as {odd}")
        return done

    def _finished(self, move: _Move) -> str:
        """Let a move come to its end, and hold that one place alone is worked in, which is returned.

        What an earlier run left on a server is refused, once the source has more; a file is made anew.
        """
        begun = time.monotonic()
        words = ("db", "copy", move.source, move.target)
        # A server notices only after a while that whoever held its lock was killed.
        ends_of_tries = (inside(move.folder, words) for _ in range(_MOST_WAITS))
        done = next((end for end in ends_of_tries if end.said != "database-locked"), Outcome(1))
        self.takes = time.monotonic() - begun + 1  # a process has to start, besides
        is_refused = done.said == "copy-target-left"
        if done.code and not is_refused and done.said != "database-moved":
            raise Wrong(f"the move ended with {done}")
        ends = [move.record(place, "sau cùng") for place in (move.source, move.target)]
        if [end.code == 0 for end in ends] != [is_refused, not is_refused]:
            raise Wrong(f"after the move ({done}): {ends}")
        worked_in = move.source if is_refused else move.target
        checked = inside(move.folder, ("--db", worked_in, "db", "check"))
        if checked.code:
            raise Wrong(f"`db check` ended with {checked}")
        return worked_in

    def close(self) -> None:
        """Stop the server."""
        self.stack.close()
