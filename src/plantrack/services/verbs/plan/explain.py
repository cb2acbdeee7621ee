"""Explain a code of problems by an example that is checked on the spot."""

from collections.abc import Sequence
from pathlib import Path

from plantrack.model.views.plan import Lesson, Snippet

#: In the examples it stands above and below the lines that matter.
MARK = "#:"


def explain(code: str, folder: Path) -> Lesson:
    """Return the lesson of a code; `folder` has the examples, `P012.wrong.yaml` and `P012.right.yaml`.

    Raises: those of `check_files`.
    """
    from plantrack.planfile.load import check_files
    from plantrack.planfile.parsing.codes import SEVERITY

    wrong, right = (sorted(folder.glob(f"{code}.{kind}*.yaml")) for kind in ("wrong", "right"))
    problems = check_files(wrong, folder, lambda path: _name(path, folder)) if wrong else []
    return Lesson(
        code,
        SEVERITY[code],
        _snippets(wrong, folder),
        tuple(problem for problem in problems if problem.code == code),
        _snippets(right, folder),
    )


def _name(path: Path, folder: Path) -> str:
    """Call an example as a plan may be called, and what it includes as it does: `P320.wrong2.yaml` is `vi-du2.yaml`."""
    inside = path.relative_to(folder).as_posix()
    return inside if "/" in inside or inside == "." else f"vi-du{path.stem[-1:].strip('gt')}.yaml"


def _snippets(paths: Sequence[Path], folder: Path) -> tuple[Snippet, ...]:
    return tuple(Snippet(_name(path, folder), _lines(path)) for path in paths)


def _lines(path: Path) -> tuple[tuple[int, str], ...]:
    """Return the lines between marks; all of them where there is none."""
    text = path.read_bytes().decode("utf-8", "replace").rstrip("\n")
    shown, lines = MARK not in text, []
    for number, line in enumerate(text.split("\n"), 1):
        if line == MARK:
            shown = not shown
        elif shown:
            lines.append((number, line))
    return tuple(lines)
