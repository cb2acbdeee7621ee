"""Whether a fault left what may be left: a command with all its facts, or nothing of it."""

import io
import os
import re
import shutil
import tempfile
import zipfile
from collections.abc import Sequence
from functools import cached_property
from itertools import chain, combinations
from pathlib import Path
from typing import NamedTuple

from plantrack.services.workspace import DATABASE
from tests.faults.case import Stage, Wrong
from tests.faults.picture import Change, Picture, faults
from tests.faults.processes import Outcome, inside
from tests.faults.works import AFTER, Work

#: As old is what nobody is at any more.
_OLD_S = 7200
_BESIDE = ("-wal", "-shm", "-journal")


class State(NamedTuple):
    """What there is of a work: how the database changed, and what its files hold."""

    change: Change
    files: dict[str, bytes]


class Reference:
    """What a work leaves that meets no fault; made once, by the program itself."""

    def __init__(self, stage: Stage, work: Work) -> None:
        self.stage, self.work = stage, work
        self.picture = Picture(stage.templates.named(work.template) / DATABASE)

    @cached_property
    def states(self) -> dict[frozenset[int], State]:
        """Return what may be left, by the steps that were done: none, all, or some; always with what is typed afterwards."""
        steps = self.work.steps or (self.work.words,)
        some = chain.from_iterable(combinations(range(len(steps)), many) for many in range(len(steps) + 1))
        return {frozenset(done): self._state([steps[n] for n in done]) for done in some}

    @property
    def nothing(self) -> State:
        """Return what is left where nothing was done."""
        return self.states[frozenset()]

    @property
    def whole(self) -> State:
        """Return what is left where all was done."""
        return [*self.states.values()][-1]

    def _state(self, steps: Sequence[tuple[str, ...]]) -> State:
        folder = self.stage.templates.copy(self.work.template, self.stage.templates.try_folder())
        for words in steps:
            done = inside(folder, words)
            assert done.code == 0, (words, done)
        afterwards(folder, self.work)
        check_sound(folder)
        state = self.state(folder)
        shutil.rmtree(folder.parent)
        return state

    def state(self, folder: Path) -> State:
        """Return what there is in a folder."""
        files = {self._file_name(name): data for name, data in files_of(folder).items()}
        return State(self.picture.change(folder / DATABASE), files)

    def _file_name(self, name: str) -> str:
        """Return the name of a file without what is made anew; what is kept once more in a second has a number."""
        return re.sub(r"(upgrade-\d+|restore)-\d\.db$", r"\1.db", str(self.picture.named(name)))

    def is_alike(self, found: bytes | None, other: bytes | None) -> bool:
        """Return whether two files say the same: bytes, parts of a workbook, rows of a database."""
        if not (found and other and found[:16] == other[:16]):
            return found == other
        if found[:2] == b"PK":
            return _parts(found) == _parts(other)
        if found[:6] != b"SQLite":
            return found == other
        return self._change_to(found) == self._change_to(other)

    def _change_to(self, data: bytes) -> Change:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / DATABASE
            file.write_bytes(data)
            if wrong := faults(file):
                raise Wrong(f"a copy is unsound: {wrong}")
            return self.picture.change(file)


def files_of(folder: Path) -> dict[str, bytes]:
    """Return the files of a workspace, but for its database."""
    found = (
        p
        for p in folder.rglob("*")
        if p.is_file() and (p.parent, p.name[: len(DATABASE)]) != (folder, DATABASE)
    )
    return {str(p.relative_to(folder)): p.read_bytes() for p in found}


def _parts(workbook: bytes) -> list[str]:
    """Return the parts of a workbook, of which each is whole."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as packed:
        return packed.namelist() if packed.testzip() is None else []


def afterwards(folder: Path, work: Work) -> None:
    """Give good commands, after which nothing of any fault may lie about."""
    for left in folder.rglob(".plantrack-*.tmp"):
        os.utime(left, (left.stat().st_atime, left.stat().st_mtime - _OLD_S))
    ways = [way for way in (work.again, AFTER) if way]
    for words in ways:
        done = inside(folder, words)
        if done.code not in (0, 4) or (words == AFTER and done.code):
            raise Wrong(f"afterwards `plantrack {' '.join(words)}` ended with {done.code}: {done.err}")
    for place in {p.parent for p in folder.rglob(".plantrack-*.tmp")}:
        inside(folder, ("filter", "list", "--output", str(place / "then.json")))
        (place / "then.json").unlink()


def judge(reference: Reference, folder: Path, ended: Outcome, *, may_differ: bool = False) -> bool:
    """Hold that a work is whole or not there, as it said; return whether it is there.

    `may_differ`: what it said may not be so (a signal reached it when it was done).
    """
    work = reference.work
    afterwards(folder, work)
    left = [p.name for p in folder.rglob("*") if p.name.endswith((*_BESIDE, ".tmp"))]
    if left:
        raise Wrong(f"left afterwards: {left}")
    check_sound(folder)
    now = reference.state(folder)
    fits = {done for done, state in reference.states.items() if state.change == now.change}
    if not fits:
        raise Wrong(f"half-written, {ended}:\n{now.change.told(reference.whole.change)}")
    allowed = _expected(ended, {*reference.states}, may_differ=may_differ)
    if not fits & allowed and not (work.is_noted and ended.code == 0 and ended.err.count("\n") > 1):
        raise Wrong(
            f"there are the steps {fits} of {len(reference.states)} states, and it ended with {ended}"
        )
    _check_files(reference, now, is_done=ended.code == 0)
    return frozenset() not in fits


def _expected(ended: Outcome, states: set[frozenset[int]], *, may_differ: bool) -> set[frozenset[int]]:
    """Return which states there may be, as a command ended: what it acknowledged is there, what it refused is not."""
    nothing, whole = {frozenset[int]()}, {max(states, key=len)}
    if ended.code == 0:
        return whole
    if ended.is_killed or may_differ:
        return states - nothing if ended.out.strip() else states
    if ended.said == "saved-not-printed":
        return states - nothing
    return states - whole


def check_sound(folder: Path) -> None:
    """Hold that a database is sound, as the engine, the program and this suite see it."""
    file = folder / DATABASE
    if found := faults(file):
        raise Wrong(f"unsound: {found[:5]}")
    checked = inside(folder, ("db", "check"))
    if checked.code:
        raise Wrong(f"`db check` ended with {checked.code}: {checked.out}{checked.err}")


def _check_files(reference: Reference, now: State, *, is_done: bool) -> None:
    """Hold that every file is as it was, or as it is to be; where a command is done, as it is to be."""
    whole = reference.whole.files
    before = whole if is_done else reference.nothing.files
    for name in {*before, *whole, *now.files}:
        found, allowed = now.files.get(name), [files.get(name) for files in (before, whole)]
        if not any(reference.is_alike(found, other) for other in allowed):
            raise Wrong(f"neither old nor new: {name} ({len(found or b'')} bytes)")
