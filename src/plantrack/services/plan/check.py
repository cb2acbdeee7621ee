"""Check plan files."""

from collections.abc import Callable, Sequence
from pathlib import Path

from plantrack.model.views.plan import Checked


def check(files: Sequence[Path], root: Path | None, named: Callable[[Path], str] = str) -> Checked:
    """Give all problems of plan files, each called as `named` has it; no database is needed."""
    from plantrack.planfile.load import check_files

    once = list(dict.fromkeys(files))
    return Checked(tuple(map(named, once)), tuple(check_files(once, root, named)))
