"""Check plan files."""

from collections.abc import Callable, Sequence
from pathlib import Path

from plantrack.model.problem import errors_first
from plantrack.model.views.plan import Checked


def check(
    files: Sequence[Path],
    root: Path | None,
    named: Callable[[Path], str] = str,
    *,
    errors_only: bool = False,
) -> Checked:
    """Return all problems of plan files, errors first, each called as `named` has it; no database is needed.

    Raises: those of `check_files`.
    """
    from plantrack.planfile.load import check_files

    once = list(dict.fromkeys(files))
    found = errors_first(check_files(once, root, named))
    shown = [p for p in found if p.severity == "error"] if errors_only else found
    return Checked(tuple(map(named, once)), tuple(shown), len(found) - len(shown))
