"""A file that a command writes: the old one or the new one, whatever happens meanwhile."""

import contextlib
import random
import shutil
import subprocess
from pathlib import Path

from plantrack.store.exchange.fact_lines import MARK
from tests.faults.case import NotHere, Stage, Wrong
from tests.faults.disks import SmallDisk
from tests.faults.processes import Outcome, ended, inside, run, start
from tests.faults.reads import OUTPUTS
from tests.faults.shim import counting, failing
from tests.faults.templates import OLD

Words = tuple[str, ...]
#: No page of what is written is tried beyond this.
_MOST_PAGES = 12


def _old(words: Words) -> str:
    """Return what stands in the file before: an export replaces nothing but another one."""
    return (MARK.decode() if words[0] == "export" else "") + OLD


class Outputs:
    """what `--output` writes in every format: on a full disk, killed, with a call that fails"""

    name = "outputs"
    few = 3

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.order = [*OUTPUTS]
        stage.lot(self.name).shuffle(self.order)
        self.whole: dict[Words, bytes] = {}
        try:
            self.disk: SmallDisk | None = SmallDisk(stage.folder / f"disk-{self.name}")
        except NotHere:
            self.disk = None

    def attempt(self, n: int) -> str:
        """Disturb a command that writes a file, and look at the file."""
        words, lot = self.order[n % len(self.order)], self.stage.lot(self.name, n)
        ways = [self._killed, *([self._on_full_disk] if self.disk else []), self._with_failing_call]
        way = ways[n // len(self.order) % len(ways)]
        place = (self.disk.folder if self.disk else self.stage.folder) / f"out-{n}"
        place.mkdir()
        file = place / f"out.{words[-1]}"
        file.write_text(_old(words))
        done, what = way((*words, "--output", str(file)), lot)
        self._judge(words, file, done)
        shutil.rmtree(place)
        return f"{' '.join(words)}: {what}: {done.code} {done.said}"

    def _judge(self, words: Words, file: Path, done: Outcome) -> None:
        """Hold that the file is the old one or the new one, as was said, and that nothing lies beside it."""
        whole, found = self._whole(words), file.read_bytes()
        old = _old(words).encode()
        allowed = [whole] if done.code == 0 else [old, whole] if done.is_killed else [old]
        if found not in allowed:
            raise Wrong(f"{len(found)} bytes of {len(whole)}, ended as {done}")
        left = [p.name for p in file.parent.iterdir() if p != file]
        if left and not done.is_killed:
            raise Wrong(f"left beside it: {left}, ended as {done}")

    def _whole(self, words: Words) -> bytes:
        if words not in self.whole:
            file = self.stage.folder / f"whole-{len(self.whole)}"
            done = inside(self._workspace, (*words, "--output", str(file)))
            assert done.code == 0, done
            self.whole[words] = file.read_bytes()
        return self.whole[words]

    @property
    def _workspace(self) -> Path:
        return self.stage.templates.named("worked")

    def _killed(self, words: Words, lot: random.Random) -> tuple[Outcome, str]:
        process = start(self._workspace, words)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(lot.uniform(0.2, 0.8))
        process.kill()
        return ended(process), "killed"

    def _on_full_disk(self, words: Words, lot: random.Random) -> tuple[Outcome, str]:
        assert self.disk is not None
        pages = lot.randrange(_MOST_PAGES)
        with self.disk.with_room(pages):
            return run(self._workspace, words), f"room for {pages} pages"

    def _with_failing_call(self, words: Words, lot: random.Random) -> tuple[Outcome, str]:
        at, how = lot.randrange(1, 9), lot.choice(["eio", "enospc", "short", "torn"])
        log = self.stage.folder / "log"
        log.unlink(missing_ok=True)
        settings = counting(self.stage.folder, ".plantrack-", log)
        return run(self._workspace, words, failing(settings, at, how)), f"call {at} {how}"

    def close(self) -> None:
        """Take the disk away."""
        if self.disk is not None:
            self.disk.close()
