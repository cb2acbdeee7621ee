"""Check plan files."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from plantrack.model.plan import Plan
from plantrack.model.problem import Problem
from plantrack.model.views.plan import Checked


def check(files: Sequence[Path], root: Path | None) -> Checked:
    """Give all problems of plan files; no database is needed."""
    from plantrack.planfile.load import check_file

    checked = [(file, *check_file(file, root)) for file in files]
    problems = [p for _, _, found in checked for p in found]
    return Checked(tuple(str(f) for f in files), (*problems, *_same_plan(checked)))


def _same_plan(checked: Iterable[tuple[Path, Plan | None, list[Problem]]]) -> Iterator[Problem]:
    """Give a problem for each file that has the id of a plan before it."""
    first: dict[str, Path] = {}
    for file, plan, _ in checked:
        if plan is not None and first.setdefault(plan.id, file) != file:
            params = {"id": plan.id, "other": str(first[plan.id])}
            yield Problem(str(file), 0, 0, "error", "P320", params)
