"""A small disk that can be filled: one in memory, where it may be mounted."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.faults.case import NotHere

_SIZE = 16 << 20
_FILLER = "filler"
#: Room is given in pages.
PAGE = 4096


class SmallDisk:
    """A disk in memory."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        self._mount()

    def _mount(self) -> None:
        if sys.platform != "linux" or os.geteuid() != 0:
            raise NotHere("only root of a Linux machine mounts a disk")
        command = ["mount", "-t", "tmpfs", "-o", f"size={_SIZE}", "faults", str(self.folder)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise NotHere(f"no disk can be mounted: {done.stderr.strip()}")

    @contextlib.contextmanager
    def with_room(self, pages: int) -> Iterator[None]:
        """Fill the disk up to so many pages; afterwards there is room again."""
        filler = self.folder / _FILLER
        free = os.statvfs(self.folder)
        with filler.open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, max(PAGE, free.f_bavail * free.f_frsize - pages * PAGE))
        try:
            yield
        finally:
            filler.unlink()

    def close(self) -> None:
        """Take the disk away."""
        subprocess.run(["umount", str(self.folder)], capture_output=True, check=False)
