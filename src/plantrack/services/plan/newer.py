"""Whether a plan file, or a file that it includes, is newer than what was applied; YAML is not opened."""

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from plantrack.services.desk import Desk
from plantrack.store import plans

#: Some file systems know the time of a change to two seconds only.
_COARSE_S = 2


def newer_file(desk: Desk, root: Path) -> str | None:
    """Name the first file of the plan that says something else than was applied; of the past nothing is said."""
    if desk.when.known_at is not None:
        return None
    files = _files(desk)
    return next((name for name, sha256, applied in files if _is_newer(root / name, sha256, applied)), None)


def _files(desk: Desk) -> Iterator[tuple[str, str, float]]:
    """Give each file of the current revision with its hash, and the moment that it was applied, in seconds."""
    last = plans.revisions(desk.db, desk.plan.id)[0]
    applied = datetime.fromisoformat(last.recorded_at).timestamp()
    yield last.file, last.sha256, applied
    yield from ((file, sha256, applied) for file, sha256 in plans.included(desk.db, last.plan, last.revision))


def _is_newer(path: Path, sha256: str, applied: float) -> bool:
    """Look at the time first: a file that nobody touched is not read."""
    try:
        seen = os.stat(path)
        # A file that was put in its place keeps its own time, and has a new one of the change.
        if max(seen.st_mtime, seen.st_ctime) <= applied - _COARSE_S:
            return False
        from plantrack.model.fingerprint import fingerprint  # seldom needed

        return fingerprint(path.read_bytes()) != sha256
    except OSError:  # the workspace may well be without its files
        return False
