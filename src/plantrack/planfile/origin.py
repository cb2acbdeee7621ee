"""Where a plan file comes from: the hash of its text, and its state in git where there is one."""

import os
from pathlib import Path
from typing import Final

from plantrack.model.fingerprint import fingerprint
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
    sha256 = fingerprint(data)
    status = _git(path, "status", "--porcelain", "--ignored=matching")
    if status.out is None:
        return Origin(sha256, None, None)
    states = {chr(line[0]) for line in status.out.splitlines()}
    if "!" in states:  # the repository around it, a checkout perhaps, wants nothing of it
        return Origin(sha256, None, None)
    if states & _NOT_COMMITTED:
        return Origin(sha256, None, dirty=True)
    said = _git(path, "log", "-1", "--format=%H")
    if said.out is None:  # it took too long: nothing is known
        return Origin(sha256, None, None)
    commit = said.out.decode().strip()
    return Origin(sha256, commit or None, not commit or (bool(states) and _differs(path)))


def refusal(path: Path) -> str:
    """Say why git tells nothing of a file, in its own words; nothing where there is no git or no repository."""
    return _git(path, "status", "--porcelain").refusal


def _differs(path: Path) -> bool:
    """Say whether a file differs from what is committed in more than the ends of its lines."""
    quietly = ("--quiet", "--ignore-cr-at-eol", "--no-ext-diff", "--no-textconv")
    return _git(path, "diff", *quietly, "HEAD").out is None


def _git(path: Path, *words: str) -> git.Said:
    """Ask git about one file."""
    absolute = Path(os.path.abspath(path))
    return git.ask(absolute.parent, *words, "--", absolute.name)
