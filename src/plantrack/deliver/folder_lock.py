"""One at a time: a lock on a folder, which leaves nothing behind and ends with its process, however that ends."""

import contextlib
import os
import time
from collections.abc import Iterator
from pathlib import Path

from plantrack.errors import Failure, failing_as

#: How long to wait for another run, and how often to look.
PATIENCE = 60.0
_PAUSE = 0.1


@contextlib.contextmanager
def folder_lock(folder: Path, patience: float | None = None) -> Iterator[None]:
    """Hold the lock of a folder; `mail-busy` when another run has it for longer than one waits.

    It is the system's own lock of the folder itself (`flock`): a folder that may only be read has one too. A system
    without it has no lock.
    """
    try:
        from fcntl import LOCK_EX, LOCK_NB, flock
    except ImportError:  # pragma: no cover (Windows)
        yield
        return
    with failing_as("folder-not-readable", folder=str(folder)):
        handle = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        until = time.monotonic() + (PATIENCE if patience is None else patience)
        while True:
            try:
                flock(handle, LOCK_EX | LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > until:
                    raise Failure("mail-busy", folder=str(folder)) from None
                time.sleep(_PAUSE)
        yield
    finally:
        os.close(handle)
