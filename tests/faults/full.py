"""A disk that is full: where the database is, where the answer goes, where what is not whole yet lies."""

import contextlib
import random
from collections.abc import Iterator
from pathlib import Path

from plantrack.services.workspace import DATABASE
from tests.faults.case import NotHere, Stage
from tests.faults.disks import SmallDisk
from tests.faults.io_errors import FILES
from tests.faults.processes import Outcome, ended, run, start
from tests.faults.shim import counting, failing
from tests.faults.work_case import WorkCase
from tests.faults.works import Work

#: With so many pages left nearly every command is done, and with none no log can be made.
_MOST_PAGES = 130
#: With so many a copy of the database can be made.
_FOR_COPIES = 700


class Full(WorkCase):
    """every command that writes, on a disk with room for none, some or all of it"""

    name = "full"

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        try:
            self.disk: SmallDisk | None = SmallDisk(stage.folder / f"disk-{self.name}")
        except NotHere:
            self.disk = None

    @contextlib.contextmanager
    def place(self, work: Work) -> Iterator[Path]:
        """Make a copy of a workspace on the small disk."""
        if self.disk is None:
            with super().place(work) as folder:
                yield folder
            return
        with self.stage.templates.at(self.disk.folder), super().place(work) as folder:
            yield folder

    def fault(self, work: Work, folder: Path, lot: random.Random, nth: int) -> tuple[Outcome, str]:
        """Let there be room for some pages only."""
        pages = lot.randrange(lot.choice([_MOST_PAGES, _MOST_PAGES, _FOR_COPIES]))
        if self.disk is None:
            return self._refusing(work, folder, 1 + pages)
        with self.disk.with_room(pages):
            return run(folder, work.words), f"room for {pages} pages"

    def _refusing(self, work: Work, folder: Path, at: int) -> tuple[Outcome, str]:
        """Refuse every write from some call on, where no disk can be had."""
        settings = counting(self.stage.folder, FILES, folder.parent / "calls")
        done = run(folder, work.words, failing(settings, at, "enospc", stays=True))
        return done, f"no write from call {at} on"

    def close(self) -> None:
        """Take the disk away."""
        if self.disk is not None:
            self.disk.close()


class FullStdout(WorkCase):
    """every command that writes, with nowhere for its answer to go, or for its temporary files"""

    name = "stdout"

    def fault(self, work: Work, folder: Path, lot: random.Random, nth: int) -> tuple[Outcome, str]:
        """Send the answer to a device that is always full, in JSON or as labels."""
        device = Path("/dev/full")
        if not device.exists():
            raise NotHere("there is no /dev/full")
        form = ("--format", "json") if lot.random() < 0.5 and "--output" not in work.words else ()
        with device.open("w") as full:
            words = (*work.words, *form) if _has_json(work) else work.words
            done = ended(start(folder, words, {"TMPDIR": "/dev/full"}, out=full))
        return done, f"{' '.join(form) or 'labels'}, {DATABASE} sound"


def _has_json(work: Work) -> bool:
    return work.command not in ("init", "plan new", "form make", "plan check")
