"""Output that is whole before its first byte goes out: in memory while it is small, else in a file without a name."""

import contextlib
import os
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import IO

from plantrack.errors import failing_as

#: As many bytes as are held in memory, and as are read at a time.
_IN_MEMORY, _AT_ONCE = 1 << 20, 1 << 16


def spooled(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Return what is made of pieces, in blocks, once its last piece is there; what fails on the way fails here.

    Raises: output-failed, where there is no room for it until then.
    """
    held, size, rest = list[bytes](), 0, iter(pieces)
    for piece in rest:
        held.append(piece)
        size += len(piece)
        if size > _IN_MEMORY:
            return _blocks(_file_of(chain([b"".join(held)], rest)))
    return iter([b"".join(held)])


def _file_of(pieces: Iterable[bytes]) -> IO[bytes]:
    """Write pieces into a file that is gone when it is closed, however the program ends."""
    import tempfile  # most output is small

    with failing_as("output-failed", file=_folder()):
        file = tempfile.TemporaryFile()  # noqa: SIM115 (who reads it closes it)
    try:
        for piece in pieces:
            with failing_as("output-failed", file=_folder()):
                file.write(piece)
        with failing_as("output-failed", file=_folder()):
            file.seek(0)
    except BaseException:
        with contextlib.suppress(OSError):  # what is not written yet
            file.close()
        raise
    return file


def _blocks(file: IO[bytes]) -> Iterator[bytes]:
    with file, failing_as("output-failed", file=_folder()):
        while block := file.read(_AT_ONCE):
            yield block


def _folder() -> str:
    """Return where such a file lies, as far as anybody has said; Windows says so in `TEMP`."""
    return os.environ.get("TMPDIR") or os.environ.get("TEMP") or "/tmp"
