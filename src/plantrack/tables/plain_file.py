"""A file on disk, opened without ever waiting for it, and the same one each time."""

import os
import stat
from pathlib import Path
from typing import BinaryIO, Final

from plantrack.errors import Failure, reason_of
from plantrack.model.named_tuple import NamedTuple
from plantrack.system import open_at_once

MIB: Final = 1024 * 1024
_BLOCK: Final = MIB


class PlainFile(NamedTuple):
    """A regular file, and what shows that it is still the same one."""

    path: Path
    size: int
    stamp: tuple[int, ...]

    def open(self) -> BinaryIO:
        """Open it again; one that was written meanwhile is refused."""
        file, found = _opened(self.path)
        if found.stamp != self.stamp:
            file.close()
            raise Failure("table-changed", file=str(self.path))
        return file

    def begins(self, length: int = 4096) -> bytes:
        """Return its first bytes."""
        with self.open() as file:
            return file.read(length)

    def occurrences(self, *signs: bytes) -> list[int]:
        """Count how often each of some signs occurs, without holding the file."""
        longest = max(map(len, signs)) - 1
        counts, tail = [0] * len(signs), b""
        with self.open() as file:
            while block := file.read(_BLOCK):
                data = tail + block
                for place, sign in enumerate(signs):
                    # What lies in the tail alone was counted with the block before.
                    counts[place] += data.count(sign) - tail.count(sign)
                tail = data[-longest:] if longest else b""
        return counts


def find_plain_file(path: Path, limit_mib: int) -> PlainFile:
    """Return a file that is there, regular, not empty and not too large (`table-…` otherwise)."""
    file, found = _opened(path)
    file.close()
    if not found.size:
        raise Failure("table-empty", file=str(path))
    if found.size > limit_mib * MIB:
        raise Failure("table-too-large", file=str(path), size=limit_mib)
    return found


def _opened(path: Path) -> tuple[BinaryIO, PlainFile]:
    try:
        number = open_at_once(path)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        raise Failure("table-missing", file=str(path)) from None
    except OSError as error:
        raise Failure("table-unreadable", file=str(path), reason=reason_of(error)) from None
    state = os.fstat(number)
    if not stat.S_ISREG(state.st_mode):
        os.close(number)
        raise Failure("table-unreadable", file=str(path), reason="not-a-plain-file")
    found = PlainFile(path, state.st_size, (state.st_ino, state.st_size, state.st_mtime_ns))
    return open(number, "rb"), found
