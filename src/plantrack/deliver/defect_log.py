"""The log of what was the program's own fault: its owner's alone, of a bounded size, and never a failure itself."""

import contextlib
import os
import time
from collections.abc import Iterator
from pathlib import Path

from plantrack.errors import reason_of
from plantrack.model.named_tuple import NamedTuple
from plantrack.system import append_private, try_lock

#: As many bytes as the log has before it becomes the older one, which is kept beside it; and as an entry has at most.
_MOST, _MOST_OF_ENTRY = 1 << 18, 1 << 16
_NAME = "plantrack.log"
#: How long to wait for others who write to it, in seconds; then it may become a little longer.
_PATIENCE = 1.0


class Logged(NamedTuple):
    """The log that an entry went to, and why it did not where it could not (else empty)."""

    file: Path
    reason: str = ""


def log_file() -> Path:
    """Return where the log is, by the rules of the system for logs of a user."""
    from platformdirs import user_log_path

    return user_log_path("plantrack", appauthor=False) / _NAME


def log_defect(entry: str) -> Logged:
    """Add an entry to the log."""
    file = Path(_NAME)
    try:
        file = log_file()
        if not file.is_absolute():  # a login without a home
            return Logged(file, "no-home")
        os.makedirs(file.parent, mode=0o700, exist_ok=True)
        data = entry.encode("utf-8", "backslashreplace")[:_MOST_OF_ENTRY]
        with _alone(file.parent):
            _put_by(file, len(data))
            append_private(file, data)
    except Exception as error:  # noqa: BLE001 (also one of a library that is broken)
        return Logged(file, reason_of(error))
    return Logged(file)


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Be the only one who writes there, unless another takes too long."""
    until = time.monotonic() + _PATIENCE
    while (give_back := try_lock(folder)) is None and time.monotonic() < until:
        time.sleep(0.01)
    try:
        yield
    finally:
        if give_back is not None:
            give_back()


def _put_by(file: Path, more: int) -> None:
    """Make room for an entry: a log that is full takes the place of the one before it."""
    with contextlib.suppress(OSError):  # there is none yet; somebody reads it, on Windows
        if file.stat().st_size + more > _MOST:
            os.replace(file, file.with_suffix(".1.log"))
