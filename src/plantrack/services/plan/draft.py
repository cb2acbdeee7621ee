"""A plan file as it stands, read and found good: what `plan diff` compares and `plan apply` carries in."""

import hashlib
from pathlib import Path

from plantrack.model.plan import Plan
from plantrack.model.problem import Problem, ProblemsFound
from plantrack.model.record import NamedTuple
from plantrack.model.text import visible


class Draft(NamedTuple):
    """A plan file that was read and found good."""

    plan: Plan
    #: Its name from the workspace on, as it is shown and stored.
    file: str
    document: bytes
    sha256: str
    git_commit: str | None
    dirty: bool | None
    warnings: tuple[Problem, ...]
    #: The files that it includes, by the same kind of name, with their hashes.
    included: tuple[tuple[str, str], ...]


def read_draft(file: Path, root: Path) -> Draft:
    """Read a plan file; one with errors is `plan-has-problems`, with all of them."""
    from plantrack.planfile.document import read_bytes, read_document
    from plantrack.planfile.load import check_document
    from plantrack.planfile.origin import origin

    read: dict[str, str] = {}

    def noting(path: Path) -> bytes:
        data = read_bytes(path)
        read[shown_name(path, root)] = hashlib.sha256(data).hexdigest()
        return data

    document = read_document(file)
    plan, problems = check_document(file, document, root, noting)
    if plan is None:
        raise ProblemsFound("plan-has-problems", tuple(problems), file=str(file))
    came = origin(file, document)
    return Draft(
        plan, shown_name(file, root), document, came.sha256, came.git_commit, came.dirty, tuple(problems),
        tuple(read.items()),
    )  # fmt: skip


def shown_name(file: Path, root: Path) -> str:
    """Name a file from the workspace on, where it is in it."""
    return visible(str(file.relative_to(root)) if file.is_relative_to(root) else str(file))
