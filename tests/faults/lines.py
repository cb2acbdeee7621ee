"""A line to a server that is cut in the midst of a command: what it says of itself is so, and nothing is there twice."""

import contextlib
import random
from collections.abc import Callable
from typing import Final, NamedTuple
from unittest.mock import patch

from tests.faults.case import NotHere, Stage, Wrong
from tests.faults.processes import Outcome
from tests.support.line import Cut, Line, laid
from tests.support.office import Office, office
from tests.support.plan_edits import PLAN
from tests.support.postgres_server import missing, running_server

#: How a command may end that says that nothing was recorded, and how one that does not know.
NOTHING: Final = ("server-gone", "server-unreachable", "server-tls", "server-foreign")
UNKNOWN: Final = "server-gone-saving"
_RETRY: Final = "plantrack.store.postgres.retry"


class Typed(NamedTuple):
    """A command that is tried, and what must be there before it."""

    words: tuple[str, ...]
    writes: bool = True
    before: Callable[[Office], Outcome | None] = lambda _: None


def _add(at: Office) -> Outcome:
    return at.run("add", "Trước đó", "--area", "3")


def _other_plan(at: Office) -> None:
    """Change the plan's file, so that there is something to carry in."""
    file = at.folder / PLAN
    text = file.read_text("utf-8")
    lines = text.count("\n# ")
    file.write_text(f"{text}\n# {lines}\n", "utf-8")


#: `{}` is the label of the task that was opened before.
TYPED: Final = {
    "add": Typed(("add", "Họp", "--area", "3", "--to", "Cúc", "--new-person")),
    "update": Typed(("update", "{}", "-r", "đã họp", "-p", "40"), before=_add),
    "done": Typed(("done", "{}"), before=_add),
    "undo": Typed(("undo",), before=_add),
    "plan apply": Typed(("plan", "apply", "--reason", "thêm"), before=_other_plan),
    "list": Typed(("list", "--all"), writes=False),
    "weekly": Typed(("weekly",), writes=False),
}


def numbers(at: Office) -> tuple[int, int]:
    """Return how many commands and tasks there are; fails where a number is missing or was given twice."""
    found = []
    with at.opened() as db:
        for table in ("command", "task"):
            given = [n for (n,) in db.query(f"SELECT number FROM {table} ORDER BY number")]
            used = db.query("SELECT used FROM counter WHERE name = :name", {"name": table})
            if given != [*range(1, len(given) + 1)] or (used or [(0,)])[0][0] != len(given):
                raise Wrong(f"numbers of {table}: {given[-5:]}, counter {used}")
            found.append(len(given))
    return found[0], found[1]


def cut_through(at: Office, line: Line, typed: Typed, cut: Cut | None) -> tuple[Outcome, int]:
    """Type a command over a line that is cut; return how it ended, and how many commands came."""
    before = typed.before(at)
    label = before.out.strip() if before else ""
    old, _ = numbers(at)
    line.cut(cut)
    ended = at.run(*(word.format(label) for word in typed.words), at=at.address(line.port))
    new, _ = numbers(at)
    return ended, new - old


def judge(typed: Typed, ended: Outcome, came: int) -> None:
    """Hold that a command is there as it says."""
    allowed = {0: {int(typed.writes)}}.get(ended.code, {0})
    if ended.said == UNKNOWN:
        allowed = {0, 1}
    elif ended.code and ended.said not in NOTHING:
        raise Wrong(f"it ended with {ended}")
    if came not in allowed:
        raise Wrong(f"{came} commands came, and it said {ended}")
    if ended.code == 0 and typed.writes and "c" not in ended.err:
        raise Wrong(f"it does not say which command it was: {ended}")


class Lines:
    """lines to a server, cut behind any message or byte of either side, in the midst of commands"""

    name = "lines"
    few = 25

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.stack = contextlib.ExitStack()
        if why := missing():
            raise NotHere(why)
        folder = stage.templates.copy("planned", stage.templates.try_folder())
        server = self.stack.enter_context(running_server())
        self.at = self.stack.enter_context(office(server, folder))
        self.line = self.stack.enter_context(laid(server.port))
        # Nobody comes back whose line is cut for good.
        for name, seconds in {"_PAUSE": 0.01, "_LONGEST_PAUSE": 0.02, "_PATIENCE_SECONDS": 0.1}.items():
            self.stack.enter_context(patch(f"{_RETRY}.{name}", seconds))
        self.went: dict[str, dict[str, int]] = {}

    def attempt(self, n: int) -> str:
        """Cut the line of a command, drawn by lot."""
        lot = self.stage.lot(self.name, n)
        name = lot.choice([*TYPED])
        typed = TYPED[name]
        if name not in self.went:
            ended, came = cut_through(self.at, self.line, typed, None)
            judge(typed, ended, came)
            self.went[name] = dict(self.line.went)
        cut = _drawn(lot, self.went[name])
        ended, came = cut_through(self.at, self.line, typed, cut)
        try:
            judge(typed, ended, came)
        except Wrong as wrong:
            raise Wrong(f"{name}, {cut}: {wrong}") from wrong
        return f"{name}: {cut}: {ended.code} {ended.said}, {came} came"

    def close(self) -> None:
        """Stop the server; what it held must be whole."""
        try:
            checked = self.at.run("db", "check")
            if checked.code:
                raise Wrong(f"`db check` ended with {checked}")
        finally:
            self.stack.close()


def _drawn(lot: random.Random, went: dict[str, int]) -> Cut:
    """Return where the line is cut; half of the cuts are near the end, where it is recorded."""
    side = lot.choice([*went])
    many = went[side]
    after = lot.randint(1, many) if lot.random() < 0.5 else lot.randint(max(1, many - 25), many)
    if lot.random() < 0.3:
        return Cut(side, after * 60 + lot.randrange(60), "byte", lot.random() < 0.4)
    return Cut(side, after, for_good=lot.random() < 0.4)
