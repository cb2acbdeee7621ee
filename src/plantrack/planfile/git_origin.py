"""What git knows of a plan file, and the file as it was in an earlier revision."""

import os
import subprocess
from pathlib import Path
from typing import Final

from plantrack.errors import Failure
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.text import visible
from plantrack.model.views.plan import GitState

#: What ties git to a repository other than the file's own, as in a hook.
_ELSEWHERE: Final = {
    *("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR"),
    *("GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_NAMESPACE"),
}
_PATIENCE_S = 5
#: What git ends with when it cannot go on; with less it answers "no".
_FATAL: Final = 128
_NO_REPOSITORY: Final = "not a git repository"
#: What git says of an object that a partial clone would fetch when it is needed.
_ELSEWHERE_SAID: Final = "promisor remote"


class Said(NamedTuple):
    """What git answers."""

    #: None where it gives nothing.
    out: bytes | None
    #: Why it refuses, in its own words; empty where it does not, where there is no git or no repository.
    refusal: str = ""


def ask(folder: Path, *words: str) -> Said:
    """Ask git in a folder, without locks or programs that the repository's settings name."""
    quiet = ("--no-pager", "--literal-pathspecs", "-c", "core.fsmonitor=false")
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *quiet, *words],
            env=_environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_PATIENCE_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Said(None, f"no answer in {_PATIENCE_S} s")
    except (OSError, ValueError, subprocess.SubprocessError):
        return Said(None)
    return Said(None, _refusal(done)) if done.returncode else Said(done.stdout)


def _refusal(done: "subprocess.CompletedProcess[bytes]") -> str:
    """Return why git would not look, in one line; that it found nothing is no refusal."""
    said = " ".join(done.stderr.decode("utf-8", errors="replace").split())
    return said if done.returncode >= _FATAL and _NO_REPOSITORY not in said else ""


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in _ELSEWHERE}
    # Git fetches nothing, not even what a partial clone has left elsewhere.
    return {**kept, "GIT_OPTIONAL_LOCKS": "0", "GIT_ALLOW_PROTOCOL": "", "LC_ALL": "C"}


class Past:
    """A revision of the repository that a folder is in, and the files as they were then."""

    def __init__(self, folder: Path, revision: str) -> None:
        """Find the revision; fails with `revision-not-in-git`, or with `git-refused` and git's reason."""
        self.folder = folder
        asked = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        said = ask(folder, *asked)
        self.commit = (said.out or b"").decode().strip()
        if said.refusal:
            raise Failure("git-refused", revision=revision, folder=str(folder), reason=visible(said.refusal))
        if not self.commit:
            raise Failure("revision-not-in-git", revision=revision, folder=str(folder))

    def has(self, file: Path) -> bool:
        """Return whether a file was there; fails with `git-not-here` where a partial clone has left it elsewhere."""
        said = ask(self.folder, "cat-file", "-e", self._name(file))
        if _ELSEWHERE_SAID in said.refusal:
            raise Failure("git-not-here", name=self._name(file), folder=str(self.folder))
        return said.out is not None

    def neighbours(self, file: Path) -> list[Path]:
        """Return the plan files that stood in the folder of a file then."""
        inside = f"{self._within(file.parent)}/"
        listed = ask(self.folder, "ls-tree", "-z", "--name-only", self.commit, "--", inside)
        names = (listed.out or b"").decode("utf-8", errors="replace").split("\0")
        return [file.parent / Path(n).name for n in names if Path(n).suffix in (".yaml", ".yml")]

    def read(self, file: Path) -> bytes:
        """Return a file as it was; `FileNotFoundError` when it was not there."""
        if not self.has(file):
            raise FileNotFoundError(str(file))
        found = ask(self.folder, "cat-file", "blob", self._name(file)).out
        if found is None:
            raise OSError("Not a file in that revision")
        return found

    def _name(self, file: Path) -> str:
        # Git knows paths with "/", from the folder that it is asked in.
        return f"{self.commit}:{self._within(file)}"

    def _within(self, path: Path) -> str:
        return f"./{Path(os.path.relpath(path, self.folder)).as_posix()}"


#: Git's letters for a file that it does not follow, takes in or takes out.
_NOT_COMMITTED: Final = {"?", "A", "D"}


def git_state(path: Path) -> GitState:
    """Return what git knows of a file; nothing where there is no git or no repository, or where it refuses."""
    status = _git(path, "status", "--porcelain", "--ignored=matching")
    if status.out is None:
        return GitState(None, None, status.refusal)
    states = {chr(line[0]) for line in status.out.splitlines()}
    if "!" in states:  # the repository around it, a checkout perhaps, wants nothing of it
        return GitState(None, None)
    if states & _NOT_COMMITTED:
        return GitState(None, dirty=True)
    said = _git(path, "log", "-1", "--format=%H")
    if said.out is None:  # it took too long: nothing is known
        return GitState(None, None)
    commit = said.out.decode().strip()
    return GitState(commit or None, not commit or (bool(states) and _differs(path)))


def _differs(path: Path) -> bool:
    """Return whether a file differs from what is committed in more than the ends of its lines."""
    quietly = ("--quiet", "--ignore-cr-at-eol", "--no-ext-diff", "--no-textconv")
    return _git(path, "diff", *quietly, "HEAD").out is None


def _git(path: Path, *words: str) -> Said:
    """Ask git about one file."""
    absolute = Path(os.path.abspath(path))
    return ask(absolute.parent, *words, "--", absolute.name)
