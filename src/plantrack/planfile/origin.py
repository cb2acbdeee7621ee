"""Where a plan file comes from: the hash of its bytes, and its state in git where there is one."""

import hashlib
import os
from pathlib import Path
from typing import Final

from plantrack.model.record import NamedTuple
from plantrack.planfile import git

#: Git's letters for a file that it does not follow, takes in or takes out.
_NOT_COMMITTED: Final = {"?", "A", "D"}


class Origin(NamedTuple):
    """What identifies the bytes of a plan file; git's part is None where git says nothing."""

    sha256: str
    #: The last commit that changed the file; None also for a file that is in no commit.
    git_commit: str | None
    #: Whether the file differs from what is committed.
    dirty: bool | None


def origin(path: Path, data: bytes) -> Origin:
    """Say where the bytes `data` of the file `path` come from; git may be missing or refuse."""
    sha256 = hashlib.sha256(data).hexdigest()
    status = _git(path, "status", "--porcelain", "--ignored=matching")
    if status is None:
        return Origin(sha256, None, None)
    states = {line[:1] for line in status.splitlines()}
    if "!" in states:  # the repository around it, a checkout perhaps, wants nothing of it
        return Origin(sha256, None, None)
    if states & _NOT_COMMITTED:
        return Origin(sha256, None, dirty=True)
    commit = _git(path, "log", "-1", "--format=%H")
    if commit is None:  # it took too long: nothing is known
        return Origin(sha256, None, None)
    return Origin(sha256, commit.strip() or None, bool(status) or not commit.strip())


def _git(path: Path, *words: str) -> str | None:
    """Ask git about one file."""
    absolute = Path(os.path.abspath(path))
    said = git.ask(absolute.parent, *words, "--", absolute.name)
    return None if said is None else said.decode("utf-8", errors="replace")
