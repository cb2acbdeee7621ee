"""Git as a source of plan files: what it says is read, nothing is ever written to it."""

import os
import subprocess
from pathlib import Path
from typing import Final

from plantrack.errors import Failure

#: What ties git to a repository other than the file's own, as in a hook.
_ELSEWHERE: Final = {
    *("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR"),
    *("GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_NAMESPACE"),
}
_PATIENCE_S = 5


def ask(folder: Path, *words: str) -> bytes | None:
    """Ask git in a folder, without locks or programs that the repository's settings name; None where it refuses."""
    quiet = ("--no-pager", "--literal-pathspecs", "-c", "core.fsmonitor=false")
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *quiet, *words],
            env=_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_PATIENCE_S,
            check=True,
        )
    except (OSError, ValueError, subprocess.SubprocessError):
        return None
    return done.stdout


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in _ELSEWHERE}
    return {**kept, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}


class Past:
    """A revision of the repository that a folder is in, and the files as they were then."""

    def __init__(self, folder: Path, revision: str) -> None:
        """Find the revision; `revision-not-in-git` when git, or the revision, is not there."""
        self.folder = folder
        asked = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        self.commit = (ask(folder, *asked) or b"").decode().strip()
        if not self.commit:
            raise Failure("revision-not-in-git", revision=revision, folder=str(folder))

    def has(self, file: Path) -> bool:
        """Say whether a file was there."""
        return ask(self.folder, "cat-file", "-e", self._name(file)) is not None

    def neighbours(self, file: Path) -> list[Path]:
        """Give the plan files that stood in the folder of a file then."""
        listed = ask(
            self.folder, "ls-tree", "-z", "--name-only", self.commit, "--", f"{self._within(file.parent)}/"
        )
        names = (listed or b"").decode("utf-8", errors="replace").split("\0")
        return [file.parent / Path(n).name for n in names if Path(n).suffix in (".yaml", ".yml")]

    def read(self, file: Path) -> bytes:
        """Give a file as it was; `FileNotFoundError` when it was not there."""
        if not self.has(file):
            raise FileNotFoundError(str(file))
        found = ask(self.folder, "cat-file", "blob", self._name(file))
        if found is None:
            raise OSError("Not a file in that revision")
        return found

    def _name(self, file: Path) -> str:
        # Git knows paths with "/", from the folder that it is asked in.
        return f"{self.commit}:{self._within(file)}"

    def _within(self, path: Path) -> str:
        return f"./{Path(os.path.relpath(path, self.folder)).as_posix()}"
