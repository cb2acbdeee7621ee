"""One at a time: the lock of a folder, waited for as long as another run may take."""

import contextlib
import time
from collections.abc import Iterator
from pathlib import Path

from plantrack.errors import Failure, failing_as
from plantrack.system import try_lock

#: How long to wait for another run, and how often to look.
PATIENCE = 60.0
_PAUSE = 0.1


@contextlib.contextmanager
def folder_lock(folder: Path, patience: float | None = None) -> Iterator[None]:
    """Hold the lock of a folder; `mail-busy` when another run has it for longer than one waits."""
    until = time.monotonic() + (PATIENCE if patience is None else patience)
    while True:
        with failing_as("folder-not-readable", folder=str(folder)):
            give_back = try_lock(folder)
        if give_back is not None:
            break
        if time.monotonic() > until:
            raise Failure("mail-busy", folder=str(folder))
        time.sleep(_PAUSE)
    try:
        yield
    finally:
        give_back()
